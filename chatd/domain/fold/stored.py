"""Messages as the log has them, and as they are now."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from chatd import events
from chatd.model import Message
from chatd.store import tables
from chatd.store.transaction import Transaction


def scrubbed(message: Message) -> Message:
    """What remains of a deleted message: its place, nothing that was written."""
    return replace(
        message,
        text="",
        data="",
        custom_type="",
        mentioned=(),
        files=(),
        meta=(),
        poll=0,
        translations=(),
        about=(),
        forwarded_from=0,
        push=None,
        is_removed=True,
    )


def placed(message: Message, sequence: int, time: int) -> Message:
    """A message as its event holds it, with the number that the log gave it, and the time unless it has its own."""
    return replace(message, message_id=sequence, created_at=message.created_at or time)


def current_message(txn: Transaction, message_id: int) -> Message | None:
    """A message as it is now, also a removed one: from its own table when it was changed, else from the log."""
    return txn.once(_current, message_id)


def _current(txn: Transaction, message_id: int) -> Message | None:
    message = txn.get(tables.MESSAGES, message_id)
    if message is not None:
        return message
    entry = txn.get(tables.LOG, message_id)
    if entry is None or not isinstance(entry.event, events.MessageSent):
        return None
    return placed(entry.event.message, message_id, entry.time)


def edits_of(txn: Transaction, message: Message) -> Iterator[tuple[int, events.LogEntry, events.MessageUpdated]]:
    """The changes of a message as the log holds them, from the last one back: number, entry and event."""
    edit = message.edit
    while edit:
        entry = txn.require(tables.LOG, edit)
        assert isinstance(entry.event, events.MessageUpdated)
        yield edit, entry, entry.event
        edit = entry.event.message.edit
