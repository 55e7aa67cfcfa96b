"""Old state + event = new state.

`apply` is the only code that writes state tables which follow from the log. It reads nothing but those tables and
the event, so folding the log into an empty store gives the same tables again (tests/domain/test_fold.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import singledispatch
from itertools import takewhile

from msgspec.structs import replace

from chatd import events
from chatd.domain import fold_threads
from chatd.model import Channel, ChannelState, FileUse, Member, Message, Retention, User
from chatd.store import tables
from chatd.store.requests import remember
from chatd.store.transaction import Transaction


def distinct_key(members: Iterable[int]) -> bytes:
    """The key under which a distinct channel of exactly these users is found."""
    return hashlib.sha256(b"".join(number.to_bytes(8, "big") for number in sorted(set(members)))).digest()


def scrubbed(message: Message) -> Message:
    """What remains of a deleted message: its place, nothing that was written."""
    return replace(message, text="", data="", custom_type="", mentioned=(), files=(), is_removed=True)


def bare_user(user: User) -> User:
    """What remains of an erased user: the number. No user can choose an empty id."""
    return User(user.number, "", "", "", user.created_at, is_active=False)


@singledispatch
def apply(event: events.Event, txn: Transaction, sequence: int, time: int) -> None:
    """Change the state tables by one event that the log holds under `sequence` at `time` (ms)."""
    raise TypeError(f"no fold for {type(event).__name__}")


@apply.register
def _(event: events.UserCreated, txn: Transaction, sequence: int, time: int) -> None:
    user = replace(event.user, number=sequence, created_at=event.user.created_at or time)
    txn.put(tables.USERS, sequence, value=user)
    txn.put(tables.USER_IDS, user.user_id, value=sequence)


@apply.register
def _(event: events.UserUpdated, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.USERS, event.user.number, value=event.user)


@apply.register
def _(event: events.UserDeleted, txn: Transaction, sequence: int, time: int) -> None:
    # The record stays without its contents: messages still name their sender's id.
    user = txn.require(tables.USERS, event.user)
    txn.put(tables.USERS, event.user, value=replace(bare_user(user), user_id=user.user_id))
    txn.delete(tables.USER_IDS, event.user_id)


@apply.register
def _(event: events.ChannelCreated, txn: Transaction, sequence: int, time: int) -> None:
    created_at = event.channel.created_at or time
    channel = replace(event.channel, number=sequence, created_at=created_at)
    txn.put(tables.CHANNELS, sequence, value=channel)
    txn.put(tables.CHANNEL_URLS, channel.channel_url, value=sequence)
    txn.put(tables.CHANNEL_STATES, sequence, value=ChannelState(len(event.members)))
    _note_retention(txn, channel)
    if channel.is_distinct:
        txn.put(tables.DISTINCT_CHANNELS, distinct_key(event.members), value=sequence)
    for user in event.members:
        member = Member(sequence, created_at, 0, created_at, user in event.operators)
        _add_member(txn, sequence, user, member)
    if event.req_id:
        remember(txn, channel.created_by, event.req_id, sequence)


@apply.register
def _(event: events.ChannelUpdated, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.CHANNELS, event.channel.number, value=event.channel)
    _note_retention(txn, event.channel)


@apply.register
def _(event: events.ChannelDeleted, txn: Transaction, sequence: int, time: int) -> None:
    _end_distinct(txn, txn.require(tables.CHANNELS, event.channel))
    for user in members_of(txn, event.channel):
        _remove_member(txn, event.channel, user, sequence)
    txn.delete(tables.CHANNELS, event.channel)
    txn.delete(tables.CHANNEL_URLS, event.channel_url)
    txn.delete(tables.CHANNEL_STATES, event.channel)
    txn.delete(tables.RETAINED, event.channel)
    if _has_messages(txn, event.channel):
        txn.put(tables.DELETED_CHANNELS, event.channel)


@apply.register
def _(event: events.MemberJoined, txn: Transaction, sequence: int, time: int) -> None:
    _end_distinct(txn, txn.require(tables.CHANNELS, event.channel))
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    for user in event.users:
        _add_member(txn, event.channel, user, Member(sequence, time, state.ordinal, time))
    count = state.member_count + len(event.users)
    txn.put(tables.CHANNEL_STATES, event.channel, value=replace(state, member_count=count))


@apply.register
def _(event: events.MemberLeft, txn: Transaction, sequence: int, time: int) -> None:
    _end_distinct(txn, txn.require(tables.CHANNELS, event.channel))
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    for user in event.users:
        _remove_member(txn, event.channel, user, sequence)
    count = state.member_count - len(event.users)
    txn.put(tables.CHANNEL_STATES, event.channel, value=replace(state, member_count=count))


@apply.register
def _(event: events.MessageSent, txn: Transaction, sequence: int, time: int) -> None:
    message = event.message
    state = txn.require(tables.CHANNEL_STATES, message.channel)
    at = message.created_at or time
    txn.put(tables.TIMELINE, message.channel, at, sequence)
    last, last_at = state.last_message, state.last_message_at
    if at >= last_at and not message.is_silent:
        last, last_at = sequence, at
    txn.put(
        tables.CHANNEL_STATES,
        message.channel,
        value=ChannelState(
            state.member_count, message.ordinal, last, last_at, state.message_count + 1, state.expired_ordinal
        ),
    )
    if message.sender:
        _read(txn, message.channel, message.sender, message.ordinal, at)
        if message.req_id:
            remember(txn, message.sender, message.req_id, sequence)
    if message.parent:
        txn.put(tables.TIMELINE, message.channel, at, sequence, value=not message.is_in_channel)
        fold_threads.add(txn, placed(message, sequence, time), time)
    for file in message.files:
        if file.file_id:
            txn.put(tables.FILES, file.file_id, value=FileUse(sequence, file))


@apply.register
def _(event: events.MessageUpdated, txn: Transaction, sequence: int, time: int) -> None:
    message = replace(event.message, updated_at=time, edit=sequence)
    txn.put(tables.MESSAGES, message.message_id, value=message)


@apply.register
def _(event: events.MessageDeleted, txn: Transaction, sequence: int, time: int) -> None:
    message = current_message(txn, event.message_id)
    if message is None:
        raise LookupError(f"message {event.message_id} is not in the log")
    txn.put(tables.MESSAGES, event.message_id, value=replace(scrubbed(message), updated_at=time))
    if message.parent:
        fold_threads.remove(txn, message, time)
    forget_parts(txn, message)
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    state = replace(state, message_count=state.message_count - 1)
    if state.last_message == event.message_id:
        last = _last_message(txn, event.channel)
        state = replace(state, last_message=last[1], last_message_at=last[0])
    txn.put(tables.CHANNEL_STATES, event.channel, value=state)


@apply.register
def _(event: events.ReactionAdded, txn: Transaction, sequence: int, time: int) -> None:
    # An erased user's reactions have no key any more, neither in the event that made one nor in that which took it.
    at = event.created_at or time
    if event.key:
        txn.put(tables.REACTIONS, event.message_id, event.key, event.user, value=at)


@apply.register
def _(event: events.ReactionRemoved, txn: Transaction, sequence: int, time: int) -> None:
    if event.key:
        txn.delete(tables.REACTIONS, event.message_id, event.key, event.user)


@apply.register
def _(event: events.ChannelRead, txn: Transaction, sequence: int, time: int) -> None:
    _read(txn, event.channel, event.user, event.ordinal, event.read_at)


@apply.register
def _(event: events.SessionsRevoked, txn: Transaction, sequence: int, time: int) -> None:
    """Sessions are no state of the log: their hashes are not in it."""


@apply.register
def _(event: events.RetentionChanged, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.RETENTION, value=event.retention)


@apply.register
def _(event: events.MessagesExpired, txn: Transaction, sequence: int, time: int) -> None:
    end = (event.created_at, event.message_id)
    messages = [
        key[2] for key, _ in takewhile(lambda item: item[0][1:] <= end, txn.scan(tables.TIMELINE, event.channel))
    ]
    ordinal = _remove_messages(txn, event.channel, messages, event.deleted, time)
    state = txn.get(tables.CHANNEL_STATES, event.channel)
    if state is not None:
        value = replace(state, expired_ordinal=max(state.expired_ordinal, ordinal))
        txn.put(tables.CHANNEL_STATES, event.channel, value=value)


@apply.register
def _(event: events.MessagesErased, txn: Transaction, sequence: int, time: int) -> None:
    _remove_messages(txn, event.channel, event.messages, event.deleted, time)


@apply.register
def _(event: events.UserErased, txn: Transaction, sequence: int, time: int) -> None:
    user = txn.require(tables.USERS, event.user)
    txn.put(tables.USERS, event.user, value=bare_user(user))
    txn.put(tables.ERASURES, sequence, value=event.user)
    # Until the log's earlier events of the user are scrubbed, and after, they lead to the same.
    txn.delete(tables.USER_IDS, "")


def placed(message: Message, sequence: int, time: int) -> Message:
    """A message as its event holds it, with the number that the log gave it, and the time unless it has its own."""
    return replace(message, message_id=sequence, created_at=message.created_at or time)


def current_message(txn: Transaction, message_id: int) -> Message | None:
    """A message as it is now, also a removed one: from its own table when it was changed, else from the log."""
    message = txn.get(tables.MESSAGES, message_id)
    if message is not None:
        return message
    entry = txn.get(tables.LOG, message_id)
    if entry is None or not isinstance(entry.event, events.MessageSent):
        return None
    return placed(entry.event.message, message_id, entry.time)


def forget_parts(txn: Transaction, message: Message) -> None:
    """Remove what is kept of a message outside of it: its reactions, and that it uses its files."""
    for key, _ in list(txn.scan(tables.REACTIONS, message.message_id)):
        txn.delete(tables.REACTIONS, *key)
    for file in message.files:
        if file.file_id:
            txn.delete(tables.FILES, file.file_id)


def edits_of(txn: Transaction, message: Message) -> Iterator[tuple[int, events.LogEntry, Message]]:
    """The edits of a message as the log holds them, from the last one back: number, entry, and the message then."""
    edit = message.edit
    while edit:
        entry = txn.require(tables.LOG, edit)
        assert isinstance(entry.event, events.MessageUpdated)
        yield edit, entry, entry.event.message
        edit = entry.event.message.edit


def _remove_messages(
    txn: Transaction, channel: int, messages: Iterable[int], deleted: tuple[int, ...], time: int
) -> int:
    """Remove messages from the state for good, of which some were deleted before; the highest of their ordinals."""
    ordinal = 0
    removed = set()
    for number in messages:
        message = current_message(txn, number)
        if message is None:
            raise LookupError(f"message {number} is not in the log")
        ordinal = max(ordinal, message.ordinal)
        removed.add(number)
        if message.parent and number not in deleted:
            fold_threads.remove(txn, message, time)
        forget_parts(txn, message)
        for edit, _, _ in edits_of(txn, message):
            txn.delete(tables.STREAMS, channel, edit)
        txn.delete(tables.STREAMS, channel, number)
        txn.delete(tables.MESSAGES, number)
        txn.delete(tables.TIMELINE, channel, message.created_at, number)
    _count_removed(txn, channel, removed, len(deleted))
    return ordinal


def _count_removed(txn: Transaction, channel: int, removed: set[int], deleted: int) -> None:
    """So many messages fewer, but for those that were deleted before; of a deleted channel perhaps the last ones."""
    state = txn.get(tables.CHANNEL_STATES, channel)
    if state is None:
        if not _has_messages(txn, channel):
            txn.delete(tables.DELETED_CHANNELS, channel)
        return
    state = replace(state, message_count=state.message_count - len(removed) + deleted)
    if state.last_message in removed:
        last = _last_message(txn, channel)
        state = replace(state, last_message=last[1], last_message_at=last[0])
    txn.put(tables.CHANNEL_STATES, channel, value=state)


def _has_messages(txn: Transaction, channel: int) -> bool:
    return next(txn.scan(tables.TIMELINE, channel), None) is not None


def _note_retention(txn: Transaction, channel: Channel) -> None:
    if channel.retention != Retention(0, 0):
        txn.put(tables.RETAINED, channel.number)
    else:
        txn.delete(tables.RETAINED, channel.number)


def _add_member(txn: Transaction, channel: int, user: int, member: Member) -> None:
    txn.put(tables.MEMBERS, channel, user, value=member)
    txn.put(tables.MEMBERSHIPS, user, channel)


def _remove_member(txn: Transaction, channel: int, user: int, sequence: int) -> None:
    member = txn.require(tables.MEMBERS, channel, user)
    txn.delete(tables.MEMBERS, channel, user)
    txn.delete(tables.MEMBERSHIPS, user, channel)
    txn.put(tables.TENURES, user, sequence, channel, value=member.since)


def _read(txn: Transaction, channel: int, user: int, ordinal: int, read_at: int) -> None:
    member = txn.require(tables.MEMBERS, channel, user)
    value = Member(
        member.since,
        member.joined_at,
        max(ordinal, member.read_ordinal),
        max(read_at, member.read_at),
        member.is_operator,
    )
    txn.put(tables.MEMBERS, channel, user, value=value)


def members_of(txn: Transaction, channel: int) -> list[int]:
    """The user numbers of a channel's members, ascending."""
    return [key[1] for key, _ in txn.scan(tables.MEMBERS, channel)]


def _end_distinct(txn: Transaction, channel: Channel) -> None:
    """Members are about to change, so a distinct channel ceases to be one."""
    if channel.is_distinct:
        txn.delete(tables.DISTINCT_CHANNELS, distinct_key(members_of(txn, channel.number)))
        txn.put(tables.CHANNELS, channel.number, value=replace(channel, is_distinct=False))


def _last_message(txn: Transaction, channel: int) -> tuple[int, int]:
    """Time and id of the newest message of a channel that counts as its last one, (0, 0) when there is none."""
    for (_, time, message_id), _ in txn.scan(tables.TIMELINE, channel, reverse=True):
        message = current_message(txn, message_id)
        if message is not None and not message.is_removed and not message.is_silent:
            return time, message_id
    return 0, 0
