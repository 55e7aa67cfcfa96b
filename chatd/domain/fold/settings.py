"""How what members set for their channels changes."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.model import OwnSettings
from chatd.model.settings import HIDDEN, HIDDEN_UNTIL_MESSAGE, UNHIDDEN
from chatd.store import tables
from chatd.store.transaction import Transaction

NONE: Final = OwnSettings()


@apply.register
def _(event: events.ChannelHidden, txn: Transaction, sequence: int, time: int) -> None:
    own = txn.get(tables.OWN_SETTINGS, event.user, event.channel) or NONE
    value = _hidden(txn, own, event.channel, sequence, event.allow_auto_unhide)
    txn.put(tables.OWN_SETTINGS, event.user, event.channel, value=value)


@apply.register
def _(event: events.ChannelUnhidden, txn: Transaction, sequence: int, time: int) -> None:
    own = txn.get(tables.OWN_SETTINGS, event.user, event.channel) or NONE
    # What was hidden for all is not so for who has said otherwise since.
    by = sequence if txn.get(tables.COMMON_SETTINGS, event.channel) else 0
    value = replace(own, hidden=UNHIDDEN, hidden_by=by, hidden_at=0)
    if value == NONE:
        txn.delete(tables.OWN_SETTINGS, event.user, event.channel)
    else:
        txn.put(tables.OWN_SETTINGS, event.user, event.channel, value=value)


@apply.register
def _(event: events.HistoryReset, txn: Transaction, sequence: int, time: int) -> None:
    own = txn.get(tables.OWN_SETTINGS, event.user, event.channel) or NONE
    value = replace(own, offset=sequence, offset_at=time)
    txn.put(tables.OWN_SETTINGS, event.user, event.channel, value=value)


@apply.register
def _(event: events.ChannelHiddenForAll, txn: Transaction, sequence: int, time: int) -> None:
    common = txn.get(tables.COMMON_SETTINGS, event.channel) or NONE
    value = _hidden(txn, common, event.channel, sequence, event.allow_auto_unhide)
    txn.put(tables.COMMON_SETTINGS, event.channel, value=value)


@apply.register
def _(event: events.ChannelUnhiddenForAll, txn: Transaction, sequence: int, time: int) -> None:
    common = txn.get(tables.COMMON_SETTINGS, event.channel) or NONE
    value = replace(common, hidden=UNHIDDEN, hidden_by=sequence, hidden_at=0)
    txn.put(tables.COMMON_SETTINGS, event.channel, value=value)


@apply.register
def _(event: events.HistoryResetForAll, txn: Transaction, sequence: int, time: int) -> None:
    common = txn.get(tables.COMMON_SETTINGS, event.channel) or NONE
    value = replace(common, offset=sequence, offset_at=time)
    txn.put(tables.COMMON_SETTINGS, event.channel, value=value)
    # Nobody has unread what nobody sees.
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    txn.put(tables.CHANNEL_STATES, event.channel, value=replace(state, expired_ordinal=state.ordinal))


def _hidden(
    txn: Transaction, settings: OwnSettings, channel: int, sequence: int, allow_auto_unhide: bool
) -> OwnSettings:
    hidden = HIDDEN_UNTIL_MESSAGE if allow_auto_unhide else HIDDEN
    ordinal = txn.require(tables.CHANNEL_STATES, channel).ordinal
    return replace(settings, hidden=hidden, hidden_by=sequence, hidden_at=ordinal)
