"""What happens to channels."""

from __future__ import annotations

from chatd.events.told import OfChannel
from chatd.model import Channel, Record


class ChannelCreated(Record, frozen=True, tag=4):
    """A channel came into being with its first members; `channel.number` is 0 here."""

    channel: Channel
    members: tuple[int, ...]
    operators: tuple[int, ...] = ()
    req_id: str = ""


class ChannelUpdated(Record, frozen=True, tag=5):
    """A channel's settings changed; `channel` is the whole new record."""

    channel: Channel


class ChannelDeleted(OfChannel, frozen=True, tag=6):
    """A channel is gone with its messages."""

    channel_url: str
