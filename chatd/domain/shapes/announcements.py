"""Announcements."""

from __future__ import annotations

from typing import TypedDict


class AnnouncementMessage(TypedDict):
    """What is announced; `type` is `MESG` or `ADMM`."""

    type: str
    user_id: str
    content: str
    custom_type: str
    data: str


class ChannelOptions(TypedDict):
    """What the channels that are made for an announcement are like."""

    name: str
    cover_url: str
    custom_type: str
    data: str


class Announcement(TypedDict):
    """A message for many channels, and how far it has come.

    `status` is `scheduled`, `running`, `on-hold`, `paused`, `stopped`, `canceled`, `completed` or `incompleted`. Users
    are counted once for each channel. `cease_at` and `resume_at` are `HHMM` (UTC), or empty.
    """

    unique_id: str
    announcement_group: str
    message: AnnouncementMessage
    enable_push: bool
    mark_as_read: bool
    target_at: str
    target_channel_type: str
    target_custom_type: str
    target_user_count: int
    target_channel_count: int
    sent_user_count: int
    sent_channel_count: int
    status: str
    scheduled_at: int
    completed_at: int
    end_at: int
    cease_at: str
    resume_at: str
    create_channel: bool
    create_channel_options: ChannelOptions
    send_to_frozen_channels: bool
    created_at: int


class Announcements(TypedDict):
    """A page of announcements, the newest first."""

    announcements: list[Announcement]
    next: str


class AnnouncementGroups(TypedDict):
    """A page of names of groups."""

    announcement_groups: list[str]
    next: str


class AnnouncementsOfPeriod(TypedDict):
    """To how many channels and users announcements were sent in a day, week or month; how often any was opened."""

    date: str
    sent_channel_count: int
    sent_user_count: int
    open_count: int


class AnnouncementStats(TypedDict):
    """Each day, week or month."""

    statistics: list[AnnouncementsOfPeriod]


class OpenRates(TypedDict):
    """How many have opened in each hour since it began, and up to it; rates are of all to whom it was sent."""

    open_counts: list[int]
    open_rates: list[float]
    cumulative_open_counts: list[int]
    cumulative_open_rates: list[float]


class OpenStatus(TypedDict):
    """Whether a member of a channel has opened what was announced there; `opened_at` is 0 when not."""

    channel_url: str
    user_id: str
    has_opened: bool
    opened_at: int


class OpenStatuses(TypedDict):
    """A page of receivers."""

    open_status: list[OpenStatus]
    next: str
