"""How what users say of notifications and counts changes."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.settings import NONE
from chatd.model import PushPreference
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.PushPreferenceChanged, txn: Transaction, sequence: int, time: int) -> None:
    if event.preference == PushPreference():
        txn.delete(tables.PUSH_PREFERENCES, event.user)
    else:
        txn.put(tables.PUSH_PREFERENCES, event.user, value=event.preference)


@apply.register
def _(event: events.ChannelPreferenceChanged, txn: Transaction, sequence: int, time: int) -> None:
    own = txn.get(tables.OWN_SETTINGS, event.user, event.channel) or NONE
    value = replace(own, push=event.push, sound=event.sound, counts=event.counts)
    if value == NONE:
        txn.delete(tables.OWN_SETTINGS, event.user, event.channel)
    else:
        txn.put(tables.OWN_SETTINGS, event.user, event.channel, value=value)
