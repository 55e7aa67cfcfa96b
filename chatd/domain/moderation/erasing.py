"""What the log holds of people beside their acts: why somebody was muted or banned, which moderators wrote."""

from __future__ import annotations

from collections.abc import Set

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.filters import type_key
from chatd.model import Sanction
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

Imposed = events.UserMuted | events.UserBanned | events.UserMutedInType | events.UserBannedFromType


def concerns_sanction(event: events.Event, users: Set[int]) -> bool:
    """Whether an event is a mute or a ban of users, or by them."""
    if isinstance(event, events.UserMutedInType | events.UserBannedFromType):
        return event.user in users
    return isinstance(event, events.UserMuted | events.UserBanned) and (event.user in users or event.moderator in users)


def erase_reason(txn: Transaction, event: Imposed, sequence: int) -> None:
    """Take the reason from the state, if that is still what this event said."""
    table, key = _place(event)
    sanction = txn.get(table, *key)
    if sanction is not None and sanction.sequence == sequence:
        txn.put(table, *key, value=replace(sanction, reason=""))


def _place(event: Imposed) -> tuple[Table[Sanction], tuple[int | bytes, int]]:
    match event:
        case events.UserMuted(channel, user):
            return tables.MUTES, (channel, user)
        case events.UserBanned(channel, user):
            return tables.BANS, (channel, user)
        case events.UserMutedInType(user, custom_type):
            return tables.TYPE_MUTES, (type_key(custom_type), user)
        case events.UserBannedFromType(user, custom_type):
            return tables.TYPE_BANS, (type_key(custom_type), user)
