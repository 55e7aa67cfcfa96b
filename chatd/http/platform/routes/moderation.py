"""Reports, filters, permissions, and what was done to keep order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chatd.http.platform.routes.route import ChannelType, Route, route

_USER: Final = "/report/users/{offending_user_id}"
_REPORT: Final = "/report/{report_id}"
_TYPES: Final = "/applications/settings_by_channel_custom_type"


def _reports_of(channel_type: ChannelType) -> Iterator[Route]:
    """Reports of channels of a kind, and of their messages."""
    channel = f"/report/{channel_type}_channels/{{channel_url}}"
    for path, kind in ((channel, "channel"), (f"{channel}/messages/{{message_id}}", "message")):
        yield route("POST", path, f"{kind}s.report", channel_type=channel_type)
        yield route("GET", path, "reports.list", channel_type=channel_type, fixed={"report_type": kind})


def _filtered_in(channel_type: ChannelType) -> Iterator[Route]:
    """Messages of channels of a kind that a filter has acted upon."""
    path = f"/report/{channel_type}_channels/{{channel_url}}/profanity_messages"
    yield route("GET", path, "filtered_messages.list", channel_type=channel_type)
    yield route("GET", f"{path}/{{message_id}}", "filtered_messages.view", channel_type=channel_type)


def _permissions_of(channel_type: ChannelType) -> Iterator[Route]:
    """What members may do in a channel of a kind."""
    path = f"/{channel_type}_channels/{{channel_url}}/permissions"
    yield route("GET", path, "permissions.view", channel_type=channel_type)
    yield route("PUT", path, "permissions.update", channel_type=channel_type)


ROUTES: Final = (
    route("GET", "/report", "reports.list"),
    route("GET", _REPORT, "reports.view"),
    route("PUT", _REPORT, "reports.update"),
    route("GET", _USER, "reports.list", fixed={"report_type": "user"}),
    route("POST", _USER, "users.report"),
    *_reports_of("group"),
    *_reports_of("open"),
    *_filtered_in("group"),
    *_filtered_in("open"),
    route("GET", "/applications/settings_global", "moderation.view"),
    route("PUT", "/applications/settings_global", "moderation.update"),
    route("GET", _TYPES, "moderation.list"),
    route("POST", _TYPES, "moderation.update"),
    route("GET", f"{_TYPES}/{{custom_type}}", "moderation.view"),
    route("PUT", f"{_TYPES}/{{custom_type}}", "moderation.update"),
    route("DELETE", f"{_TYPES}/{{custom_type}}", "moderation.remove"),
    route("GET", "/applications/permissions", "applications.permissions"),
    route("PUT", "/applications/permissions", "applications.update_permissions"),
    *_permissions_of("group"),
    *_permissions_of("open"),
    route("GET", "/audit_logs", "audit.list"),
)
