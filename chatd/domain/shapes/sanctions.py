"""Mutes, bans, slow mode."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from chatd.domain.shapes.users import BasicUser


class Mute(TypedDict):
    """Whether a user is muted in a channel, from when until when, and why."""

    is_muted: bool
    remaining_duration: int
    start_at: int
    end_at: int
    description: str


class MutedUser(BasicUser):
    """A user who is muted in a channel."""

    remaining_duration: int
    start_at: int
    end_at: int
    description: str


class MutedUsers(TypedDict):
    """A page of the users who are muted in a channel, by when that ends."""

    muted_list: list[MutedUser]
    total_mute_count: NotRequired[int]
    next: str


class Ban(TypedDict):
    """A user who may not be in a channel, from when until when, and why."""

    user: BasicUser
    start_at: int
    end_at: int
    description: str


class Bans(TypedDict):
    """A page of the users who are banned from a channel, by when that ends."""

    banned_list: list[Ban]
    total_ban_count: NotRequired[int]
    next: str


class ChannelOutline(TypedDict):
    """A channel in few words; `channel_type` is `group` or `open`. Of a private one strangers see only the URL."""

    channel_url: str
    channel_type: str
    name: str
    cover_url: str
    custom_type: str
    data: str
    created_at: int


class MutedChannel(ChannelOutline):
    """A channel in which a user is muted."""

    start_at: int
    end_at: int
    description: str


class MutedChannels(TypedDict):
    """A page of the channels in which a user is muted, by when that ends."""

    muted_channels: list[MutedChannel]
    next: str


class BannedChannel(TypedDict):
    """A channel from which a user is banned."""

    channel: ChannelOutline
    start_at: int
    end_at: int
    description: str


class SanctionSomewhere(TypedDict):
    """Who is banned from a channel, or muted in it, from when until when, and why."""

    user: BasicUser
    channel: ChannelOutline
    start_at: int
    end_at: int
    description: str


class AllBans(TypedDict):
    """A page of the bans from all channels."""

    banned_list: list[SanctionSomewhere]
    next: str


class AllMutes(TypedDict):
    """A page of the mutes in all channels."""

    muted_list: list[SanctionSomewhere]
    next: str


class BannedChannels(TypedDict):
    """A page of the channels from which a user is banned, by when that ends."""

    banned_channels: list[BannedChannel]
    next: str


class Pace(TypedDict):
    """So many messages of a user in so many seconds, and the same text so often; 0 is no limit."""

    messages: int
    seconds: int
    repeats: int
    repeat_seconds: int


class SlowMode(TypedDict):
    """How long members of a channel wait between two messages; 0 is not at all."""

    channel_url: str
    slow_mode_seconds: int
