"""How what users keep for themselves changes: drafts, saved messages, threads that they follow."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.stored import current_message
from chatd.model import Draft, Following, Message
from chatd.store import tables
from chatd.store.transaction import Transaction


def forget_own(txn: Transaction, user: int) -> None:
    """Remove the drafts and the saved messages of a user who is no more."""
    for key, _ in list(txn.scan(tables.DRAFTS, user)):
        txn.delete(tables.DRAFTS, *key)
    for (_, message), _ in list(txn.scan(tables.SAVED, user)):
        _unsave(txn, user, message)


def follow(txn: Transaction, reply: Message, *, is_first: bool) -> None:
    """Who replies follows the thread and has read it; who began it follows it from the first reply on."""
    parent = current_message(txn, reply.parent) if is_first else None
    if parent is not None and parent.sender and txn.get(tables.FOLLOWED, parent.sender, reply.parent) is None:
        _follow(txn, parent.sender, reply.parent, Following(reply.channel))
        if not _is_somebody(txn, parent.sender):
            txn.put(tables.DELETED_USERS, parent.sender)
    before = txn.get(tables.FOLLOWED, reply.sender, reply.parent) or Following(reply.channel)
    read = max((before.read_at, before.read_reply), (reply.created_at, reply.message_id))
    _follow(txn, reply.sender, reply.parent, Following(reply.channel, True, *read))


def unfollow(txn: Transaction, user: int, parent: int) -> None:
    """Forget whether a user follows a thread, and how far they have read it, if that is known."""
    txn.delete(tables.FOLLOWED, user, parent)
    txn.delete(tables.FOLLOWERS, parent, user)


def note_lost(txn: Transaction, message_id: int, *, is_gone: bool) -> None:
    """A message was deleted, or `is_gone` for good: that it was saved, and what reactions were, is to go, or all."""
    kept = (tables.SAVERS, tables.REACTED, tables.FOLLOWERS) if is_gone else (tables.SAVERS, tables.REACTED)
    if any(next(txn.scan(table, message_id), None) is not None for table in kept):
        txn.put(tables.LOST_MESSAGES, message_id, value=is_gone)


@apply.register
def _(event: events.DraftChanged, txn: Transaction, sequence: int, time: int) -> None:
    key = (event.user, event.channel, event.parent)
    if event.text or event.data:
        txn.put(tables.DRAFTS, *key, value=Draft(event.text, event.data, time, sequence))
    else:
        txn.delete(tables.DRAFTS, *key)


@apply.register
def _(event: events.MessageSaved, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.SAVED, event.user, event.message_id, value=sequence)
    txn.put(tables.SAVED_ORDER, event.user, sequence, value=event.message_id)
    txn.put(tables.SAVERS, event.message_id, event.user)


@apply.register
def _(event: events.MessageUnsaved, txn: Transaction, sequence: int, time: int) -> None:
    _unsave(txn, event.user, event.message_id)


@apply.register
def _(event: events.ThreadFollowed, txn: Transaction, sequence: int, time: int) -> None:
    before = txn.get(tables.FOLLOWED, event.user, event.message_id)
    last = next(txn.scan(tables.REPLIES, event.message_id, reverse=True), None)
    if before is None or (event.is_followed and not before.is_followed):
        # What was said before is not news.
        read = last[0][1:] if last is not None else (0, 0)
        value = Following(event.channel, event.is_followed, *read)
    else:
        value = replace(before, is_followed=event.is_followed)
    _follow(txn, event.user, event.message_id, value)


@apply.register
def _(event: events.ThreadRead, txn: Transaction, sequence: int, time: int) -> None:
    before = txn.require(tables.FOLLOWED, event.user, event.message_id)
    value = replace(before, read_at=event.read_at, read_reply=event.reply)
    _follow(txn, event.user, event.message_id, value)


@apply.register
def _(event: events.BookmarksRemoved, txn: Transaction, sequence: int, time: int) -> None:
    for user in event.savers:
        _unsave(txn, user, event.message_id)
    for user in event.followers:
        unfollow(txn, user, event.message_id)
    for number in event.reacted:
        txn.delete(tables.REACTED, event.message_id, number)
    is_gone = txn.require(tables.LOST_MESSAGES, event.message_id)
    txn.delete(tables.LOST_MESSAGES, event.message_id)
    note_lost(txn, event.message_id, is_gone=is_gone)


def _follow(txn: Transaction, user: int, parent: int, value: Following) -> None:
    txn.put(tables.FOLLOWED, user, parent, value=value)
    txn.put(tables.FOLLOWERS, parent, user)


def _is_somebody(txn: Transaction, user: int) -> bool:
    """Whether a user was not deleted, which in the log of one who was erased may be unknown until they are."""
    return txn.get(tables.USER_IDS, txn.require(tables.USERS, user).user_id) == user


def _unsave(txn: Transaction, user: int, message: int) -> None:
    txn.delete(tables.SAVED_ORDER, user, txn.require(tables.SAVED, user, message))
    txn.delete(tables.SAVED, user, message)
    txn.delete(tables.SAVERS, message, user)
