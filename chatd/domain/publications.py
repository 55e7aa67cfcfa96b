"""What clients are told of each event."""

from __future__ import annotations

from functools import singledispatch

from chatd import events
from chatd.domain.details import thread_info
from chatd.domain.fold import current_message, placed
from chatd.domain.resources import (
    Resource,
    basic_user,
    channel_resource,
    member_resource,
    message_resource,
    user_resource,
)
from chatd.store import tables
from chatd.store.transaction import Transaction


@singledispatch
def render(event: events.Event, txn: Transaction, sequence: int, time: int) -> Resource | None:
    """What clients are told of an event; None when what it was about is no longer there."""
    raise TypeError(f"no publication for {type(event).__name__}")


@render.register
def _(event: events.UserCreated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    user = txn.require(tables.USERS, sequence)
    return {"type": "user.created", "user": user_resource(user)}


@render.register
def _(event: events.UserUpdated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "user.updated", "user": user_resource(event.user)}


@render.register
def _(event: events.UserDeleted, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "user.deleted", "user_id": event.user_id}


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
def _(event: events.MemberJoined, txn: Transaction, sequence: int, time: int) -> Resource | None:
    data = _with_members(txn, "member.joined", event.channel, event.users)
    if data and event.inviter:
        data["inviter"] = basic_user(txn.require(tables.USERS, event.inviter))
    return data


@render.register
def _(event: events.MemberLeft, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    users = [basic_user(txn.require(tables.USERS, user)) for user in event.users]
    return {"type": "member.left", "channel_url": channel.channel_url, "users": users, "reason": event.reason}


@render.register
def _(event: events.MessageSent, txn: Transaction, sequence: int, time: int) -> Resource | None:
    message = event.message
    channel = txn.get(tables.CHANNELS, message.channel)
    if channel is None or message.is_removed:
        return None
    data: Resource = {
        "type": "message.created",
        "channel_url": channel.channel_url,
        "message": message_resource(txn, placed(message, sequence, time), channel),
    }
    if message.parent:
        data["thread_info"] = thread_info(txn, message.parent)
    return data


@render.register
def _(event: events.MessageUpdated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    message = current_message(txn, event.message.message_id)
    channel = txn.get(tables.CHANNELS, event.message.channel)
    if channel is None or message is None or message.is_removed:
        return None
    resource = message_resource(txn, message, channel)
    return {"type": "message.updated", "channel_url": channel.channel_url, "message": resource}


@render.register
def _(event: events.MessageDeleted, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    data: Resource = {
        "type": "message.deleted",
        "channel_url": channel.channel_url,
        "message_id": event.message_id,
    }
    message = current_message(txn, event.message_id)
    if message is not None and message.parent:
        data |= {"parent_message_id": message.parent, "thread_info": thread_info(txn, message.parent)}
    return data


@render.register
def _(event: events.ReactionAdded, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _reaction(txn, "reaction.added", event, event.created_at or time)


@render.register
def _(event: events.ReactionRemoved, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _reaction(txn, "reaction.removed", event, time)


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
    }


@render.register
def _(event: events.SessionsRevoked, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


def _reaction(
    txn: Transaction, kind: str, event: events.ReactionAdded | events.ReactionRemoved, time: int
) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    message = current_message(txn, event.message_id)
    if channel is None or message is None or message.is_removed or not event.key:
        return None
    return {
        "type": kind,
        "channel_url": channel.channel_url,
        "message_id": event.message_id,
        "reaction": event.key,
        "user_id": txn.require(tables.USERS, event.user).user_id,
        "updated_at": time,
    }


@render.register
def _(event: events.RetentionChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


@render.register
def _(event: events.UserErased, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


@render.register
def _(event: events.MessagesExpired, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    return {
        "type": "messages.expired",
        "channel_url": channel.channel_url,
        "message_id": event.message_id,
        "created_at": event.created_at,
    }


@render.register
def _(event: events.MessagesErased, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    return {"type": "messages.erased", "channel_url": channel.channel_url, "message_ids": list(event.messages)}


def _with_members(txn: Transaction, kind: str, number: int, users: tuple[int, ...]) -> Resource | None:
    """A publication that carries a channel as it is now and those of `users` who are its members."""
    channel = txn.get(tables.CHANNELS, number)
    if channel is None:
        return None
    state = txn.require(tables.CHANNEL_STATES, number)
    data: Resource = {
        "type": kind,
        "channel_url": channel.channel_url,
        "channel": channel_resource(txn, channel, state),
    }
    if users:
        found = ((user, txn.get(tables.MEMBERS, number, user)) for user in users)
        data["members"] = [member_resource(txn.require(tables.USERS, user), member) for user, member in found if member]
    return data
