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
        txn.put(tables.FOLLOWED, parent.sender, reply.parent, value=Following(reply.channel))
    before = txn.get(tables.FOLLOWED, reply.sender, reply.parent) or Following(reply.channel)
    read = max((before.read_at, before.read_reply), (reply.created_at, reply.message_id))
    txn.put(tables.FOLLOWED, reply.sender, reply.parent, value=Following(reply.channel, True, *read))


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
    txn.put(tables.FOLLOWED, event.user, event.message_id, value=value)


@apply.register
def _(event: events.ThreadRead, txn: Transaction, sequence: int, time: int) -> None:
    before = txn.require(tables.FOLLOWED, event.user, event.message_id)
    value = replace(before, read_at=event.read_at, read_reply=event.reply)
    txn.put(tables.FOLLOWED, event.user, event.message_id, value=value)


def _unsave(txn: Transaction, user: int, message: int) -> None:
    txn.delete(tables.SAVED_ORDER, user, txn.require(tables.SAVED, user, message))
    txn.delete(tables.SAVED, user, message)
