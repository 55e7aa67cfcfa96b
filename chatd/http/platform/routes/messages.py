"""Messages of both kinds of channels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chatd.http.platform.routes.route import ChannelType, Route, route


def _of_any_channel(channel_type: ChannelType) -> Iterator[Route]:
    messages = f"/{channel_type}_channels/{{channel_url}}/messages"
    one = f"{messages}/{{message_id}}"
    yield route("POST", messages, "messages.send", channel_type=channel_type, names={"dedup_id": "req_id"})
    for method, path, command in (
        ("GET", messages, "messages.list"),
        ("GET", f"{messages}/total_count", "messages.count"),
        ("GET", f"{messages}/changelogs", "messages.changes"),
        ("GET", one, "messages.view"),
        ("PUT", one, "messages.update"),
        ("DELETE", one, "messages.delete"),
        ("POST", f"{one}/sorted_metaarray", "messages.create_metaarray"),
        ("PUT", f"{one}/sorted_metaarray", "messages.update_metaarray"),
        ("DELETE", f"{one}/sorted_metaarray", "messages.delete_metaarray"),
        ("POST", f"{one}/translation", "messages.translate"),
    ):
        yield route(method, path, command, channel_type=channel_type)


_MESSAGES: Final = "/group_channels/{channel_url}/messages"
_MESSAGE: Final = f"{_MESSAGES}/{{message_id}}"

ROUTES: Final = (
    route("GET", f"{_MESSAGES}/unread_count", "channels.unread_count"),
    route("PUT", f"{_MESSAGES}/mark_as_read", "channels.mark_read"),
    route("PUT", f"{_MESSAGES}/mark_as_delivered", "channels.mark_delivered"),
    *_of_any_channel("group"),
    *_of_any_channel("open"),
    route("GET", f"{_MESSAGE}/reactions", "reactions.list"),
    route("POST", f"{_MESSAGE}/reactions", "reactions.add"),
    route("DELETE", f"{_MESSAGE}/reactions", "reactions.remove"),
    route("POST", f"{_MESSAGE}/pin", "messages.pin"),
    route("DELETE", f"{_MESSAGE}/pin", "messages.unpin"),
    route("POST", "/migration/{target_channel_url}", "messages.migrate", names={"target_channel_url": "channel_url"}),
    route("GET", "/group_channels/{channel_url}/pinned_messages", "pins.list"),
    route("GET", "/search/messages", "messages.search"),
)
