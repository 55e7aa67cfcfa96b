"""How far a user has read a thread: nothing is written for those who follow it when somebody replies."""

from __future__ import annotations

from itertools import islice
from typing import Final

from chatd.domain.channels.settings import seen_after
from chatd.model import Following
from chatd.store import tables
from chatd.store.transaction import Transaction

# Of more unread replies it is not said how many there are.
MOST_UNREAD: Final = 100


def unread_replies(txn: Transaction, user: int, parent: int, following: Following) -> int:
    """Replies to a message after the last one that the user has read or does not see, counted up to 100."""
    time, reply = max((following.read_at, following.read_reply), seen_after(txn, user, following.channel))
    start = (time, reply + 1)
    return sum(1 for _ in islice(txn.scan(tables.REPLIES, parent, start=start), MOST_UNREAD))
