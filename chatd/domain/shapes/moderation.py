"""What keeping order looks like: acts, reports, settings, permissions. Times are milliseconds."""

from __future__ import annotations

from typing import TypedDict

from chatd.domain.shapes.users import BasicUser


class Act(TypedDict):
    """An act of moderation. `actor` is null unless `actor_type` is `user`; `end_at` is -1 when it has no end."""

    act_id: int
    kind: str
    created_at: int
    actor_type: str
    actor: BasicUser | None
    user: BasicUser | None
    channel_url: str
    message_id: int
    reason: str
    detail: str
    end_at: int


class Acts(TypedDict):
    """A page of acts, the last first."""

    acts: list[Act]
    next: str


class ReportedMessage(TypedDict):
    """A message as it was when it was reported; `is_removed` is so now."""

    message_id: int
    channel_url: str
    message: str
    file_names: list[str]
    created_at: int
    is_removed: bool


class ReportedChannel(TypedDict):
    """Where something was reported; the `name` is that of now, empty when the channel is gone."""

    channel_url: str
    name: str


class Report(TypedDict):
    """A report. `reporting_user` is null for a backend and towards operators; those who were forgotten are null."""

    report_id: int
    report_type: str
    report_category: str
    report_description: str
    reporting_user: BasicUser | None
    offending_user: BasicUser | None
    reported_message: ReportedMessage | None
    channel: ReportedChannel | None
    created_at: int


class Reports(TypedDict):
    """A page of reports, the last first."""

    report_logs: list[Report]
    next: str
