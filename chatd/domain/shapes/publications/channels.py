"""What is told of channels."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from chatd.domain.shapes.channels import GroupChannel
from chatd.domain.shapes.open_channels import OpenChannel
from chatd.domain.shapes.users import Member


class ChannelCreated(TypedDict):
    """A group channel was made, with its first members."""

    type: Literal["channel.created"]
    channel_url: str
    channel: GroupChannel
    members: NotRequired[list[Member]]


class OpenChannelCreated(TypedDict):
    """An open channel was made. To those who are in it, so to nobody who is not there yet."""

    type: Literal["channel.created"]
    channel_url: str
    channel: OpenChannel


class ChannelUpdated(TypedDict):
    """A group channel has changed: this is what it is now, as everybody sees it."""

    type: Literal["channel.updated"]
    channel_url: str
    channel: GroupChannel


class OpenChannelUpdated(TypedDict):
    """An open channel has changed: this is what it is now. To those who are in it."""

    type: Literal["channel.updated"]
    channel_url: str
    channel: OpenChannel


class ChannelFrozen(TypedDict):
    """From now on only operators write in the channel, or everybody does again."""

    type: Literal["channel.frozen"]
    channel_url: str
    freeze: bool


class PermissionsChanged(TypedDict):
    """What members may do in the channel has changed: this is all that they may do and may not do now."""

    type: Literal["channel.permissions_changed"]
    channel_url: str
    permissions: dict[str, bool]


class ChannelDeleted(TypedDict):
    """The channel is gone, with its messages."""

    type: Literal["channel.deleted"]
    channel_url: str


class ChannelRead(TypedDict):
    """A member has read what was sent up to `read_ts`, all messages up to this id.

    Above 100 members only told to the reader's own devices.
    """

    type: Literal["channel.read"]
    channel_url: str
    user_id: str
    read_ts: int
    read_message_id: int


class ChannelDelivered(TypedDict):
    """What was sent up to `delivered_ts` has reached a device of a member."""

    type: Literal["channel.delivered"]
    channel_url: str
    user_id: str
    delivered_ts: int


class ChannelMarkedUnread(TypedDict):
    """A message is unread again, with all after it, and the counts as they are now. To the own devices."""

    type: Literal["channel.marked_unread"]
    channel_url: str
    message_id: int
    read_ts: int
    unread_message_count: int
    unread_mention_count: int


class ChannelHidden(TypedDict):
    """The channel is off the list. To the own devices, or to all members when a backend did it for all."""

    type: Literal["channel.hidden", "channel.unhidden"]
    channel_url: str
    hidden_state: str


class ChannelHistoryReset(TypedDict):
    """What was sent up to `ts_message_offset` is not seen any more. To the own devices, or to all members."""

    type: Literal["channel.history_reset"]
    channel_url: str
    ts_message_offset: int


class ChannelMetadataChanged(TypedDict):
    """Items of the channel's metadata were created, changed or deleted."""

    type: Literal["channel.metadata_changed"]
    channel_url: str
    created: dict[str, str]
    updated: dict[str, str]
    deleted: list[str]


class ChannelMetacountersChanged(TypedDict):
    """Counters of the channel were created, changed or deleted; the values are those from then on."""

    type: Literal["channel.metacounters_changed"]
    channel_url: str
    created: dict[str, int]
    updated: dict[str, int]
    deleted: list[str]
