"""How replies change threads: the part of the fold for messages that have a parent.

A thread stays when its parent is deleted: the replies are others' messages. A deleted reply is in it no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from chatd.domain.fold.own import follow
from chatd.model import Message, Thread
from chatd.store import tables
from chatd.store.transaction import Transaction

# Of so many users a thread says that they replied most.
MOST: Final = 5

_NONE: Final = Thread(0, 0, 0)


def add(txn: Transaction, reply: Message, time: int) -> None:
    """A reply was sent at `time` (ms), which its own may lie before."""
    parent, sender = reply.parent, reply.sender
    before = txn.get(tables.THREADS, parent)
    thread = before or _NONE
    count = (txn.get(tables.REPLIERS, parent, sender) or 0) + 1
    txn.put(tables.REPLIES, parent, reply.created_at, reply.message_id)
    txn.put(tables.REPLIERS, parent, sender, value=count)
    # Nobody else's number has changed, so whoever is among the first now was, or is the sender.
    others = (each for each in thread.most if each[0] != sender)
    last = max(thread.last_replied_at, reply.created_at)
    value = Thread(thread.reply_count + 1, last, time, _first((*others, (sender, count))))
    txn.put(tables.THREADS, parent, value=value)
    follow(txn, reply, is_first=before is None)


def remove(txn: Transaction, reply: Message, time: int) -> None:
    """A reply was deleted at `time` (ms)."""
    parent = reply.parent
    txn.delete(tables.REPLIES, parent, reply.created_at, reply.message_id)
    count = txn.require(tables.REPLIERS, parent, reply.sender) - 1
    if count:
        txn.put(tables.REPLIERS, parent, reply.sender, value=count)
    else:
        txn.delete(tables.REPLIERS, parent, reply.sender)
    last = next(txn.scan(tables.REPLIES, parent, reverse=True), None)
    if last is None:
        txn.delete(tables.THREADS, parent)
        return
    most = _first((key[1], number) for key, number in txn.scan(tables.REPLIERS, parent))
    thread = txn.require(tables.THREADS, parent)
    txn.put(tables.THREADS, parent, value=Thread(thread.reply_count - 1, last[0][1], time, most))


def _first(repliers: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Those who replied most; of equals those who came to the application first."""
    return tuple(sorted(repliers, key=lambda each: (-each[1], each[0]))[:MOST])
