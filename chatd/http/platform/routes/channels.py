"""What channels of both kinds have: operators, metadata, counters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chatd.http.platform.routes.route import ChannelType, Route, route


def _of_any_channel(channel_type: ChannelType) -> Iterator[Route]:
    channel = f"/{channel_type}_channels/{{channel_url}}"
    operators, metadata, counters = f"{channel}/operators", f"{channel}/metadata", f"{channel}/metacounter"
    yield route("GET", operators, "operators.list", channel_type=channel_type)
    yield route("POST", operators, "operators.add", channel_type=channel_type, is_void=True)
    yield route("DELETE", operators, "operators.remove", channel_type=channel_type, is_void=True)
    for path, noun, item in ((metadata, "channel_metadata", "metadata"), (counters, "metacounters", "metacounter")):
        one = f"{path}/{{key}}"
        yield route("GET", path, f"{noun}.view", channel_type=channel_type)
        yield route("POST", path, f"{noun}.create", channel_type=channel_type)
        yield route("PUT", path, f"{noun}.update", channel_type=channel_type)
        yield route("DELETE", path, f"{noun}.delete", channel_type=channel_type)
        yield route("GET", one, f"{noun}.view", channel_type=channel_type)
        yield route("PUT", one, f"{noun}.update", channel_type=channel_type, item=item)
        yield route("DELETE", one, f"{noun}.delete", channel_type=channel_type)


ROUTES: Final = (*_of_any_channel("group"), *_of_any_channel("open"))
