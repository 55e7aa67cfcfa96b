"""Reports, and what was done to keep order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chatd.http.platform.routes.route import ChannelType, Route, route

_USER: Final = "/report/users/{offending_user_id}"


def _reports_of(channel_type: ChannelType) -> Iterator[Route]:
    """Reports of channels of a kind, and of their messages."""
    channel = f"/report/{channel_type}_channels/{{channel_url}}"
    for path, kind in ((channel, "channel"), (f"{channel}/messages/{{message_id}}", "message")):
        yield route("POST", path, f"{kind}s.report", channel_type=channel_type)
        yield route("GET", path, "reports.list", channel_type=channel_type, fixed={"report_type": kind})


ROUTES: Final = (
    route("GET", "/report", "reports.list"),
    route("GET", _USER, "reports.list", fixed={"report_type": "user"}),
    route("POST", _USER, "users.report"),
    *_reports_of("group"),
    *_reports_of("open"),
    route("GET", "/audit_logs", "audit.list"),
)
