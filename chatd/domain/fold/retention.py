"""How messages that are kept no longer go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold import badges, threads
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.leftovers import note_emptied
from chatd.domain.fold.messages import forget_parts
from chatd.domain.fold.own import note_lost
from chatd.domain.fold.stored import current_message, edits_of
from chatd.domain.fold.timeline import last_message
from chatd.model import Message
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.RetentionChanged, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.RETENTION, value=event.retention)


@apply.register
def _(event: events.MessagesExpired, txn: Transaction, sequence: int, time: int) -> None:
    end = (event.created_at, event.message_id)
    messages = [
        key[2] for key, _ in takewhile(lambda item: item[0][1:] <= end, txn.scan(tables.TIMELINE, event.channel))
    ]
    ordinal = _remove_messages(txn, event.channel, messages, event.deleted, time, badges.expire)
    state = txn.get(tables.CHANNEL_STATES, event.channel)
    if state is not None:
        value = replace(state, expired_ordinal=max(state.expired_ordinal, ordinal))
        txn.put(tables.CHANNEL_STATES, event.channel, value=value)


@apply.register
def _(event: events.MessagesErased, txn: Transaction, sequence: int, time: int) -> None:
    _remove_messages(txn, event.channel, event.messages, event.deleted, time, badges.erase)


def _remove_messages(
    txn: Transaction,
    channel: int,
    messages: Iterable[int],
    deleted: tuple[int, ...],
    time: int,
    uncount: Callable[[Transaction, Message, bool], None],
) -> int:
    """Remove messages from the state for good, of which some were deleted before; the highest of their ordinals.

    `uncount` is told of each, and whether it was deleted before.
    """
    ordinal = 0
    removed = set()
    for number in messages:
        message = current_message(txn, number)
        if message is None:
            raise LookupError(f"message {number} is not in the log")
        ordinal = max(ordinal, message.ordinal)
        removed.add(number)
        if message.parent and number not in deleted:
            threads.remove(txn, message, time)
        uncount(txn, message, number in deleted)
        forget_parts(txn, message)
        note_lost(txn, number, is_gone=True)
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
        note_emptied(txn, channel)
        return
    state = replace(state, message_count=state.message_count - len(removed) + deleted)
    if state.last_message in removed:
        last = last_message(txn, channel)
        state = replace(state, last_message=last[1], last_message_at=last[0])
    txn.put(tables.CHANNEL_STATES, channel, value=state)
