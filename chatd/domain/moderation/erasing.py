"""What the log holds of people beside their acts: why somebody was muted or banned, which moderators wrote."""

from __future__ import annotations

from collections.abc import Set

from msgspec.structs import replace

from chatd import events
from chatd.store import tables
from chatd.store.transaction import Transaction


def concerns_sanction(event: events.Event, users: Set[int]) -> bool:
    """Whether an event is a mute or a ban of users, or by them."""
    return isinstance(event, events.UserMuted | events.UserBanned) and (event.user in users or event.moderator in users)


def erase_reason(txn: Transaction, event: events.UserMuted | events.UserBanned, sequence: int) -> None:
    """Take the reason from the state, if that is still what this event said."""
    table = tables.MUTES if isinstance(event, events.UserMuted) else tables.BANS
    sanction = txn.get(table, event.channel, event.user)
    if sanction is not None and sanction.sequence == sequence:
        txn.put(table, event.channel, event.user, value=replace(sanction, reason=""))
