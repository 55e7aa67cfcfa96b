"""Reactions to messages."""

from __future__ import annotations

from typing import Final

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import check_permitted, member_channel, membership, visible_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.emojis.known import check_reaction
from chatd.domain.fields import ChannelUrl, MessageId, OptionalUserId
from chatd.domain.messages.details import reactions
from chatd.domain.messages.messages import find_message, seen_message
from chatd.domain.messages.reaction_keys import Key, check_key
from chatd.domain.moderation.blocks import check_speaking
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user
from chatd.errors import TooManyItems
from chatd.model import Actor, Channel, User
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_KEYS: Final = 100


class Change(Input, frozen=True):
    """A reaction of the caller, or of the user whom a backend names: the name of an emoji, or the emoji itself."""

    channel_url: ChannelUrl
    message_id: MessageId
    reaction: Key
    user_id: OptionalUserId = ""


class List(Input, frozen=True):
    """The message whose reactions to list."""

    channel_url: ChannelUrl
    message_id: MessageId
    list_users: bool = False


@command(
    "reactions.add",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message", "reaction": "heart"},
    result=shapes.ReactionChange,
)
def add(txn: Transaction, actor: Actor, input: Change) -> Resource:
    """React to a message; who has done so already with this key has."""
    channel, user = _reacting(txn, actor, input)
    check_speaking(txn, channel, user.number)
    before = txn.get(tables.REACTIONS, input.message_id, input.reaction, user.number)
    if before is None:
        check_permitted(txn, user.number, channel, "react")
        check_reaction(txn, input.reaction)
        _check_room(txn, input)
        emit(txn, events.ReactionAdded(channel.number, input.message_id, input.reaction, user.number))
    return _done("ADD", user, input, before or txn.now)


@command(
    "reactions.remove",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message", "reaction": "heart"},
    result=shapes.ReactionChange,
)
def remove(txn: Transaction, actor: Actor, input: Change) -> Resource:
    """Take a reaction back; where there is none, nothing changes."""
    channel, user = _reacting(txn, actor, input)
    if txn.get(tables.REACTIONS, input.message_id, input.reaction, user.number) is not None:
        emit(txn, events.ReactionRemoved(channel.number, input.message_id, input.reaction, user.number))
    return _done("DELETE", user, input, txn.now)


@command(
    "reactions.list",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message", "list_users": True},
    result=shapes.Reactions,
)
def list_reactions(txn: Transaction, actor: Actor, input: List) -> Resource:
    """By key the number of users who reacted with it, or who they are."""
    channel = visible_channel(txn, actor, input.channel_url)
    found = reactions(txn, seen_message(txn, actor.user, channel, input.message_id).message_id)
    return {each["key"]: each["user_ids"] if input.list_users else len(each["user_ids"]) for each in found}


def _reacting(txn: Transaction, actor: Actor, input: Change) -> tuple[Channel, User]:
    """The channel, and the member who reacts."""
    channel = member_channel(txn, actor, input.channel_url)
    user = acting_user(txn, actor, input.user_id)
    membership(txn, channel.number, user.number)
    find_message(txn, channel, input.message_id)
    check_key("reaction", input.reaction)
    return channel, user


def _check_room(txn: Transaction, input: Change) -> None:
    """Raise TooManyItems when another key would be one too many."""
    if next(txn.scan(tables.REACTIONS, input.message_id, input.reaction), None) is not None:
        return
    count, key = 0, ""
    while found := next(txn.scan(tables.REACTIONS, input.message_id, start=(key, 2**64 - 1)), None):
        count, key = count + 1, found[0][1]
    if count >= MAX_KEYS:
        raise TooManyItems(f"A message has at most {MAX_KEYS} different reactions.")


def _done(operation: str, user: User, input: Change, time: int) -> Resource:
    return {
        "user_id": user.user_id,
        "operation": operation,
        "success": True,
        "reaction": input.reaction,
        "msg_id": input.message_id,
        "updated_at": time,
    }
