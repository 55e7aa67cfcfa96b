"""Removing messages for good: from the state by an event, and what was written in them from the log.

The log keeps its places, so that sequence numbers stay sound. What is left of a message says that one was there: in
which channel, by whom, when, under which `req_id`, so that a retry of its request never sends it again.
"""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.stored import current_message, edits_of, scrubbed
from chatd.domain.messages.discarding import discard
from chatd.domain.messages.poll_removal import delete_poll
from chatd.domain.messages.previews import discard_pictures, scrub_previews, shown_pictures
from chatd.domain.stream import emit, note
from chatd.model import Message
from chatd.store import tables
from chatd.store.transaction import Transaction

Key = tuple[int, int, int]
"""Of a message in TIMELINE: channel, time, message."""


def delete(txn: Transaction, message: Message) -> None:
    """Delete a message for everyone."""
    _remove(txn, events.MessageDeleted(message.channel, message.message_id), message.channel, [message])


def expire(txn: Transaction, keys: list[Key]) -> None:
    """Remove the oldest messages of a channel, which `keys` are, ascending."""
    messages = [_at(txn, key) for key in keys]
    channel, created_at, last = keys[-1]
    deleted = tuple(message.message_id for message in messages if message.is_removed)
    _remove(txn, events.MessagesExpired(channel, created_at, last, deleted), channel, messages)


def erase_messages(txn: Transaction, channel: int, messages: list[Message]) -> None:
    """Remove messages of a channel, wherever in it they are."""
    deleted = tuple(message.message_id for message in messages if message.is_removed)
    gone = tuple(message.message_id for message in messages)
    _remove(txn, events.MessagesErased(channel, gone, deleted), channel, messages)


def tell(txn: Transaction, channel: int, event: events.Event) -> None:
    """Write an event of a channel, which may have been deleted: then there is nobody to tell."""
    if txn.get(tables.CHANNELS, channel) is None:
        note(txn, event)
    else:
        emit(txn, event)


def scrub(txn: Transaction, message: Message) -> None:
    """Take what was written out of the log, the sending event and every edit, and have its files and its poll removed.

    `message` is as it was before.
    """
    discard(txn, message)
    if message.poll:
        delete_poll(txn, message.poll)
    for edit, entry, event in list(edits_of(txn, message)):
        bare_edit = replace(event, message=scrubbed(event.message))
        txn.put(tables.LOG, edit, value=replace(entry, event=bare_edit))
    entry = txn.require(tables.LOG, message.message_id)
    assert isinstance(entry.event, events.MessageSent)
    bare = events.MessageSent(scrubbed(entry.event.message))
    txn.put(tables.LOG, message.message_id, value=replace(entry, event=bare))


def _remove(txn: Transaction, event: events.Event, channel: int, messages: list[Message]) -> None:
    """Write the event by which messages go, and take out of the log what was in them."""
    pictures = [file for message in messages for file in shown_pictures(txn, message.message_id)]
    for message in messages:
        scrub_previews(txn, message.message_id)
    tell(txn, channel, event)
    discard_pictures(txn, tuple(pictures))
    for message in messages:
        scrub(txn, message)


def _at(txn: Transaction, key: Key) -> Message:
    message = current_message(txn, key[2])
    if message is None:
        raise LookupError(f"message {key[2]} is not in the log")
    return message
