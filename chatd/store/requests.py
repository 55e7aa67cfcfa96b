"""Which event a request led to, so that a repeated one can be given the first result."""

from __future__ import annotations

from chatd import events
from chatd.store import tables
from chatd.store.keys import SAME_REQUEST_KEY, request_key
from chatd.store.transaction import Transaction


def remember(txn: Transaction, user: int, req_id: str, sequence: int) -> None:
    """Note that a user's request led to an event."""
    key = request_key(user, req_id)
    known = txn.get(tables.REQUESTS, key)
    txn.put(tables.REQUESTS, key, value=(sequence,) if known is None else (*known, sequence)[-SAME_REQUEST_KEY:])


def forget(txn: Transaction, user: int, req_id: str, sequence: int) -> None:
    """Note that an event no longer says which request led to it."""
    key = request_key(user, req_id)
    known = txn.get(tables.REQUESTS, key)
    left = tuple(each for each in known or () if each != sequence)
    if left:
        txn.put(tables.REQUESTS, key, value=left)
    else:
        txn.delete(tables.REQUESTS, key)


def requested(txn: Transaction, user: int, req_id: str) -> int | None:
    """The event that a user's request led to, None for a request that is new."""
    known = txn.get(tables.REQUESTS, request_key(user, req_id))
    for sequence in reversed(known or ()):
        entry = txn.get(tables.LOG, sequence)
        if entry is not None and _asked(entry.event) == (user, req_id):
            return sequence
    return None


def _asked(event: events.Event) -> tuple[int, str]:
    """Who asked for an event, and what they called it."""
    match event:
        case events.MessageSent(message):
            return message.sender, message.req_id
        case events.ChannelCreated(channel):
            return channel.created_by, event.req_id
        case events.MessageScheduled(user, _, req_id):
            return user, req_id
        case events.PollCreated(poll):
            return poll.created_by, event.req_id
        case _:
            return 0, ""
