"""Freezing a channel: only operators write in it."""

from __future__ import annotations

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import operated_channel
from chatd.domain.channels.channels import whole
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import OPERATORS
from chatd.domain.stream import emit
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction


class Freeze(Input, frozen=True):
    """Whether a channel is to be frozen."""

    channel_url: ChannelUrl
    freeze: bool


@command(
    "channels.freeze",
    Right.BOTH,
    Kind.WRITE,
    people=("members",),
    roles=OPERATORS,
    example={"channel_url": "garden", "freeze": True},
    result=shapes.GroupChannel,
)
def freeze(txn: Transaction, actor: Actor, input: Freeze) -> Resource:
    """Let only operators write in a channel, or everybody again."""
    channel = operated_channel(txn, actor, input.channel_url)
    if channel.is_frozen != input.freeze:
        emit(txn, events.ChannelFrozen(channel.number, input.freeze))
        note_act(txn, actor, "channel.frozen" if input.freeze else "channel.unfrozen", channel, About())
    return whole(txn, txn.require(tables.CHANNELS, channel.number))
