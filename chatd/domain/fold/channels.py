"""How channels come, change and go."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold import open_channels
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.distinct import distinct_key, end_distinct, key_of
from chatd.domain.fold.leftovers import note_leftovers
from chatd.domain.fold.memberships import add_member
from chatd.domain.fold.metadata import forget_metadata
from chatd.domain.fold.openings import open_invitation
from chatd.domain.fold.pictures import forget_picture
from chatd.model import Channel, ChannelState, Invitation, Member, Retention
from chatd.store import tables
from chatd.store.requests import remember
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.ChannelCreated, txn: Transaction, sequence: int, time: int) -> None:
    created_at = event.channel.created_at or time
    channel = replace(event.channel, number=sequence, created_at=created_at)
    txn.put(tables.CHANNELS, sequence, value=channel)
    txn.put(tables.CHANNEL_URLS, channel.channel_url, value=sequence)
    txn.put(tables.CHANNEL_STATES, sequence, value=ChannelState(len(event.members)))
    _note_retention(txn, channel)
    if channel.is_open:
        open_channels.add(txn, sequence, event.operators)
    if channel.is_distinct:
        users = (*event.members, *(invitee.user for invitee in event.invitees))
        txn.put(tables.DISTINCT, *distinct_key(users, channel.custom_type), value=sequence)
    for user in event.members:
        member = Member(sequence, created_at, 0, created_at, user in event.operators)
        add_member(txn, sequence, user, member)
    for invitee in event.invitees:
        invitation = Invitation(channel.created_by, created_at, invitee.is_by_friend)
        open_invitation(txn, sequence, invitee.user, invitation)
    if event.req_id:
        remember(txn, channel.created_by, event.req_id, sequence)


@apply.register
def _(event: events.ChannelUpdated, txn: Transaction, sequence: int, time: int) -> None:
    before = txn.require(tables.CHANNELS, event.channel.number)
    if before.is_distinct:
        txn.delete(tables.DISTINCT, *key_of(txn, before))
    if event.channel.is_distinct:
        txn.put(tables.DISTINCT, *key_of(txn, event.channel), value=event.channel.number)
    txn.put(tables.CHANNELS, event.channel.number, value=event.channel)
    _note_retention(txn, event.channel)


@apply.register
def _(event: events.ChannelDeleted, txn: Transaction, sequence: int, time: int) -> None:
    channel = txn.require(tables.CHANNELS, event.channel)
    end_distinct(txn, channel)
    if channel.is_open:
        txn.delete(tables.OPEN_CHANNELS, event.channel)
    # A hundred at most. Members may be many: they are removed later, see `leftovers`.
    for key, _ in list(txn.scan(tables.OPERATORS, event.channel)):
        txn.delete(tables.OPERATORS, *key)
    txn.delete(tables.CHANNELS, event.channel)
    txn.delete(tables.CHANNEL_URLS, event.channel_url)
    txn.delete(tables.CHANNEL_STATES, event.channel)
    txn.delete(tables.RETAINED, event.channel)
    forget_picture(txn, event.channel)
    txn.delete(tables.COMMON_SETTINGS, event.channel)
    txn.delete(tables.PERMISSIONS, event.channel)
    forget_metadata(txn, event.channel)
    for key, _ in list(txn.scan(tables.PINS, event.channel)):
        txn.delete(tables.PINS, *key)
    note_leftovers(txn, event.channel)


@apply.register
def _(event: events.ChannelFrozen, txn: Transaction, sequence: int, time: int) -> None:
    channel = txn.require(tables.CHANNELS, event.channel)
    txn.put(tables.CHANNELS, event.channel, value=replace(channel, is_frozen=event.is_frozen))


def _note_retention(txn: Transaction, channel: Channel) -> None:
    if channel.retention != Retention(0, 0) or channel.is_ephemeral:
        txn.put(tables.RETAINED, channel.number)
    else:
        txn.delete(tables.RETAINED, channel.number)
