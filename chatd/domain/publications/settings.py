"""What members are told of what is set for their channels."""

from __future__ import annotations

from chatd import events
from chatd.domain.channels.settings import HIDDEN_STATES
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.model.settings import HIDDEN, HIDDEN_UNTIL_MESSAGE, UNHIDDEN
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register(events.ChannelHidden)
@render.register(events.ChannelHiddenForAll)
def _hidden(
    event: events.ChannelHidden | events.ChannelHiddenForAll, txn: Transaction, sequence: int, time: int
) -> Resource | None:
    state = HIDDEN_STATES[HIDDEN_UNTIL_MESSAGE if event.allow_auto_unhide else HIDDEN]
    return _told(txn, event.channel, "channel.hidden", hidden_state=state)


@render.register(events.ChannelUnhidden)
@render.register(events.ChannelUnhiddenForAll)
def _unhidden(
    event: events.ChannelUnhidden | events.ChannelUnhiddenForAll, txn: Transaction, sequence: int, time: int
) -> Resource | None:
    return _told(txn, event.channel, "channel.unhidden", hidden_state=HIDDEN_STATES[UNHIDDEN])


@render.register(events.HistoryReset)
@render.register(events.HistoryResetForAll)
def _reset(
    event: events.HistoryReset | events.HistoryResetForAll, txn: Transaction, sequence: int, time: int
) -> Resource | None:
    return _told(txn, event.channel, "channel.history_reset", ts_message_offset=time)


def _told(txn: Transaction, number: int, kind: str, **more: object) -> Resource | None:
    channel = txn.get(tables.CHANNELS, number)
    return None if channel is None else {"type": kind, "channel_url": channel.channel_url, **more}
