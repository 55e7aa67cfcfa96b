"""What is told of channels and their members."""

from __future__ import annotations

from chatd import events
from chatd.domain.channels.urls import url_of
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.channels import channel_resource
from chatd.domain.resources.members import member_resource, operators_resource
from chatd.domain.resources.open_channels import open_channel_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.ChannelCreated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _with_members(txn, "channel.created", sequence, event.members)


@render.register
def _(event: events.ChannelUpdated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _with_members(txn, "channel.updated", event.channel.number, ())


@render.register
def _(event: events.ChannelDeleted, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "channel.deleted", "channel_url": event.channel_url}


@render.register
def _(event: events.ChannelFrozen, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    return {"type": "channel.frozen", "channel_url": channel.channel_url, "freeze": event.is_frozen}


@render.register
def _(event: events.OperatorsChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    return {
        "type": "operators.changed",
        "channel_url": channel.channel_url,
        "operators": operators_resource(txn, event.channel),
        "added": [basic_user(txn.require(tables.USERS, user)) for user in event.added],
        "removed": [basic_user(txn.require(tables.USERS, user)) for user in event.removed],
    }


@render.register
def _(event: events.MemberJoined, txn: Transaction, sequence: int, time: int) -> Resource | None:
    data = _with_members(txn, "member.joined", event.channel, event.users)
    if data and event.inviter:
        data["inviter"] = basic_user(txn.require(tables.USERS, event.inviter))
    return data


@render.register
def _(event: events.MemberLeft, txn: Transaction, sequence: int, time: int) -> Resource | None:
    # Who was away is told that they are out also when the channel has been deleted since: of that they are not told.
    users = [basic_user(txn.require(tables.USERS, user)) for user in event.users]
    return {
        "type": "member.left",
        "channel_url": url_of(txn, event.channel),
        "users": users,
        "reason": event.reason,
    }


@render.register
def _(event: events.ChannelRead, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    user_id = txn.require(tables.USERS, event.user).user_id
    return {
        "type": "channel.read",
        "channel_url": channel.channel_url,
        "user_id": user_id,
        "read_ts": event.read_at,
        "read_message_id": event.message or sequence,
    }


def _with_members(txn: Transaction, kind: str, number: int, users: tuple[int, ...]) -> Resource | None:
    """A publication that carries a channel as it is now and those of `users` who are its members."""
    channel = txn.get(tables.CHANNELS, number)
    if channel is None:
        return None
    state = txn.require(tables.CHANNEL_STATES, number)
    data: Resource = {
        "type": kind,
        "channel_url": channel.channel_url,
        "channel": open_channel_resource(txn, channel) if channel.is_open else channel_resource(txn, channel, state),
    }
    if users:
        found = ((user, txn.get(tables.MEMBERS, number, user)) for user in users)
        data["members"] = [
            member_resource(txn, channel, txn.require(tables.USERS, user), member) for user, member in found if member
        ]
    return data
