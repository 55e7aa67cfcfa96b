"""Deleting polls, and taking what was written in them out of the log."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from msgspec.structs import replace

from chatd import events
from chatd.domain.stream import emit, note
from chatd.events import LogEntry
from chatd.model import Poll
from chatd.store import tables
from chatd.store.transaction import Transaction

# Votes that go with one event.
VOTES_AT_ONCE: Final = 1000


def bare_poll(poll: Poll) -> Poll:
    """What remains of a deleted poll in the log."""
    return replace(poll, title="", data={})


def bare_event(event: events.Event) -> events.Event:
    """An event of a poll without what was written."""
    match event:
        case events.PollCreated(poll):
            return replace(event, poll=bare_poll(poll), options=("",) * len(event.options))
        case events.PollUpdated():
            return replace(event, changed=bare_poll(event.changed))
        case events.PollOptionAdded() | events.PollOptionUpdated():
            return replace(event, text="")
        case _:
            return event


def delete_poll(txn: Transaction, number: int, at_once: int = VOTES_AT_ONCE) -> None:
    """Delete a poll, if it is still there: its channel is told, or only its maker when no message shows it.

    Up to `at_once` votes go with it, the rest later.
    """
    state, poll = txn.get(tables.POLL_STATES, number), txn.get(tables.POLLS, number)
    if state is None or poll is None:
        return
    for sequence, entry in list(_texts(txn, state.last_text)):
        txn.put(tables.LOG, sequence, value=replace(entry, event=bare_event(entry.event)))
    channel = state.channel if txn.get(tables.CHANNELS, state.channel) is not None else 0
    emit(txn, events.PollDeleted(number, channel, poll.created_by, _until(txn, number, at_once)))


def remove_votes(txn: Transaction) -> bool:
    """Remove some votes of deleted polls. False when there are none."""
    first = next(txn.scan(tables.DELETED_POLLS), None)
    if first is None:
        return False
    (number,) = first[0]
    note(txn, events.PollDeleted(number, 0, 0, _until(txn, number)))
    return True


def _until(txn: Transaction, poll: int, at_once: int = VOTES_AT_ONCE) -> int:
    users = [key[1] for key, _ in islice(txn.scan(tables.POLL_CHOICES, poll), at_once)]
    return users[-1] if users else 0


def _texts(txn: Transaction, sequence: int) -> Iterator[tuple[int, LogEntry]]:
    """The events that hold what was written in a poll, from the last one back."""
    while sequence:
        entry = txn.require(tables.LOG, sequence)
        yield sequence, entry
        assert not isinstance(entry.event, events.MessageSent)
        sequence = getattr(entry.event, "before", 0)
