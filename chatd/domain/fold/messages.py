"""How messages come, change and go."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold import badges, polls, previews, threads
from chatd.domain.fold.channel_pace import note_paced
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.file_bytes import add_bytes
from chatd.domain.fold.files import release_file, use_file
from chatd.domain.fold.memberships import mark_read
from chatd.domain.fold.own import note_lost
from chatd.domain.fold.pace import note_last
from chatd.domain.fold.slow_mode import note_sent
from chatd.domain.fold.stored import current_message, placed, scrubbed
from chatd.domain.fold.timeline import last_message
from chatd.model import ChannelState, Message
from chatd.store import tables
from chatd.store.requests import remember
from chatd.store.transaction import Transaction


def forget_parts(txn: Transaction, message: Message) -> None:
    """Remove what is kept of a message outside of it: reactions, pin, preview, poll, files, and so on."""
    txn.delete(tables.PINS, message.channel, message.message_id)
    previews.forget_preview(txn, message)
    txn.delete(tables.FILTERED, message.channel, message.created_at, message.message_id)
    if message.poll:
        polls.hide(txn, message)
    for key, _ in list(txn.scan(tables.REACTIONS, message.message_id)):
        txn.delete(tables.REACTIONS, *key)
    for file in message.files:
        for part in file.parts():
            release_file(txn, message, part)
    add_bytes(txn, message.sender, message.files, -1)
    if message.expires_at:
        txn.delete(tables.DISAPPEARING, message.expires_at, message.message_id)


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
        _note_sender(txn, message, sequence, time)
    if message.parent:
        txn.put(tables.TIMELINE, message.channel, at, sequence, value=not message.is_in_channel)
        threads.add(txn, placed(message, sequence, time), time)
    badges.mention(txn, message)
    if message.poll:
        polls.show(txn, message, sequence)
    for file in message.files:
        for part in file.parts():
            use_file(txn, message.channel, sequence, part)
    if message.files:
        add_bytes(txn, message.sender, message.files)
    if message.expires_at:
        txn.put(tables.DISAPPEARING, message.expires_at, sequence)


def _note_sender(txn: Transaction, message: Message, sequence: int, time: int) -> None:
    """Note what follows for the sender: when they wrote last, up to where they have read, what they called it."""
    channel = txn.require(tables.CHANNELS, message.channel)
    note_sent(txn, channel, message.sender, time)
    note_paced(txn, channel, message.sender, time)
    note_last(txn, message.sender, sequence)
    if not message.leaves_unread:
        mark_read(txn, message.channel, message.sender, message.ordinal, message.created_at or time)
    if message.req_id:
        remember(txn, message.sender, message.req_id, sequence)


@apply.register
def _(event: events.MessageUpdated, txn: Transaction, sequence: int, time: int) -> None:
    message = replace(event.message, edit=sequence)
    if event.is_edit:
        message = replace(message, updated_at=time)
    before = current_message(txn, message.message_id)
    if before is None:
        raise LookupError(f"message {message.message_id} is not in the log")
    if (before.mentioned, before.mention_type) != (message.mentioned, message.mention_type):
        badges.mention(txn, before, -1)
        badges.mention(txn, message)
    txn.put(tables.MESSAGES, message.message_id, value=message)
    previews.edited(txn, message)


@apply.register
def _(event: events.MessageDeleted, txn: Transaction, sequence: int, time: int) -> None:
    message = current_message(txn, event.message_id)
    if message is None:
        raise LookupError(f"message {event.message_id} is not in the log")
    txn.put(tables.MESSAGES, event.message_id, value=replace(scrubbed(message), updated_at=time))
    if message.parent:
        threads.remove(txn, message, time)
    badges.miss(txn, message)
    forget_parts(txn, message)
    note_lost(txn, event.message_id, is_gone=False)
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    state = replace(state, message_count=state.message_count - 1)
    if state.last_message == event.message_id:
        last = last_message(txn, event.channel)
        state = replace(state, last_message=last[1], last_message_at=last[0])
    txn.put(tables.CHANNEL_STATES, event.channel, value=state)
