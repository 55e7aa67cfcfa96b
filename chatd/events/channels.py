"""What happens to channels."""

from __future__ import annotations

from chatd.events.told import OfChannel
from chatd.model import Channel, Invitee, Record


class ChannelCreated(Record, frozen=True, tag=4):
    """A channel came into being with its first members; `channel.number` is 0 here. Invitees are told as ever."""

    channel: Channel
    members: tuple[int, ...]
    operators: tuple[int, ...] = ()
    req_id: str = ""
    invitees: tuple[Invitee, ...] = ()


class ChannelUpdated(Record, frozen=True, tag=5):
    """A channel's settings changed; `channel` is the whole new record."""

    channel: Channel


class ChannelDeleted(OfChannel, frozen=True, tag=6):
    """A channel is gone with its messages."""

    channel_url: str


class ChannelFrozen(OfChannel, frozen=True, tag=35):
    """Only operators may write in a channel from now on, or everybody again."""

    is_frozen: bool
