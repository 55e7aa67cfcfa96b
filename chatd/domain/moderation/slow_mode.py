"""Slow mode: who has written in a channel waits before the next message."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import operates
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.moderation.authority import moderated_channel
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import OPERATORS
from chatd.domain.stream import emit
from chatd.errors import RateLimited
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

# Six hours.
SlowSeconds = Annotated[int, Meta(ge=0, le=21_600)]


class Update(Input, frozen=True):
    """How long members wait between two messages; 0 is not at all."""

    channel_url: ChannelUrl
    slow_mode_seconds: SlowSeconds


@command(
    "slow_mode.update",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "slow_mode_seconds": 30},
    result=shapes.SlowMode,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Have who writes in a channel wait before the next message; operators do not wait."""
    channel = moderated_channel(txn, actor, input.channel_url)
    if channel.slow_seconds != input.slow_mode_seconds:
        emit(txn, events.ChannelUpdated(replace(channel, slow_seconds=input.slow_mode_seconds)))
        note_act(txn, actor, "channel.slowed", channel, About(detail=str(input.slow_mode_seconds)))
    return {"channel_url": channel.channel_url, "slow_mode_seconds": input.slow_mode_seconds}


def check_slow_mode(txn: Transaction, actor: Actor, channel: Channel, sender: int) -> None:
    """Raise RateLimited when a client has to wait before it sends to a channel. Operators and backends never do."""
    if not channel.slow_seconds or actor.user is None or operates(txn, channel, sender):
        return
    sent_at = txn.get(tables.LAST_SENT, channel.number, sender)
    wait = 0 if sent_at is None else sent_at + 1000 * channel.slow_seconds - txn.now
    if wait > 0:
        seconds = -(-wait // 1000)
        raise RateLimited(f"The channel is in slow mode: wait for {seconds} seconds.", seconds)
