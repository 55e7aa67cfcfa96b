"""Mutes and bans, in both kinds of channels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chatd.http.platform.routes.route import ChannelType, Route, route


def _of_any_channel(channel_type: ChannelType) -> Iterator[Route]:
    path = f"/{channel_type}_channels/{{channel_url}}"
    shown = "channels.view" if channel_type == "group" else "open_channels.view"
    yield route("POST", f"{path}/mute", "mutes.add", channel_type=channel_type, shown_by=shown)
    for method, rest, command in (
        ("GET", "/mute", "mutes.list"),
        ("GET", "/mute/{user_id}", "mutes.view"),
        ("DELETE", "/mute/{user_id}", "mutes.remove"),
        ("GET", "/ban", "bans.list"),
        ("POST", "/ban", "bans.add"),
        ("GET", "/ban/{user_id}", "bans.view"),
        ("PUT", "/ban/{user_id}", "bans.update"),
        ("DELETE", "/ban/{user_id}", "bans.remove"),
    ):
        yield route(method, path + rest, command, channel_type=channel_type)


ROUTES: Final = (
    *_of_any_channel("group"),
    *_of_any_channel("open"),
    route("GET", "/users/{user_id}/mute", "mutes.list_channels"),
    route("GET", "/users/{user_id}/ban", "bans.list_channels"),
)
