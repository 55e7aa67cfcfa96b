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


def _of_types() -> Iterator[Route]:
    """The same in all channels of a custom type."""
    for noun, commands in (("ban", "type_bans"), ("mute", "type_mutes"), ("operators", "type_operators")):
        path = f"/applications/settings_by_channel_custom_type/{{custom_type}}/{noun}"
        for method, verb in (("GET", "list"), ("POST", "add"), ("DELETE", "remove")):
            yield route(method, path, f"{commands}.{verb}")
    for word, commands in (("banned", "type_bans"), ("muted", "type_mutes"), ("operating", "type_operators")):
        yield route("POST", f"/users/{{user_id}}/{word}_channel_custom_types", f"{commands}.add_of_user")


ROUTES: Final = (
    *_of_any_channel("group"),
    *_of_any_channel("open"),
    *_of_types(),
    route("GET", "/users/{user_id}/mute", "mutes.list_channels"),
    route("GET", "/users/{user_id}/ban", "bans.list_channels"),
)
