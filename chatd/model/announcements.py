"""Announcements."""

from __future__ import annotations

import msgspec

from chatd.model.record import Record

SCHEDULED = "scheduled"
RUNNING = "running"
PAUSED = "paused"
STOPPED = "stopped"
CANCELED = "canceled"
COMPLETED = "completed"
INCOMPLETED = "incompleted"


class Announcement(Record, frozen=True):
    """A message that goes into many channels, some at a time; `number` is that of the event that created it.

    `sender` is 0 for none; with `is_admin` the message has no sender in any case. `target_at` says what its targets
    are: they are kept apart. `custom_types` are those of channels, none for all. It goes on from `cursor`: the last
    channel that was seen, or how many targets were. It rests from `cease_at` to `resume_at`, minutes of the day (UTC);
    -1 for never.
    `channel` are parameters of the channels that are made. `edit` is the event that holds what is said.
    """

    number: int
    unique_id: str
    sender: int
    is_admin: bool
    content: str
    target_at: str
    scheduled_at: int
    group: str = ""
    custom_type: str = ""
    data: str = ""
    channel_type: str = "distinct"
    custom_types: tuple[str, ...] = ()
    end_at: int = 0
    cease_at: int = -1
    resume_at: int = -1
    enable_push: bool = True
    mark_as_read: bool = True
    to_frozen: bool = True
    makes_channels: bool = False
    channel: dict[str, str] = msgspec.field(default_factory=dict)
    target_count: int = 0
    status: str = SCHEDULED
    cursor: int = 0
    sent_channels: int = 0
    sent_users: int = 0
    created_at: int = 0
    ended_at: int = 0
    edit: int = 0
