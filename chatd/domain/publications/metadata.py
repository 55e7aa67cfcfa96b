"""What is told of the metadata and the counters of channels."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.ChannelMetadataChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _changed(txn, "channel.metadata_changed", event)


@render.register
def _(event: events.ChannelMetacountersChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _changed(txn, "channel.metacounters_changed", event)


def _changed(
    txn: Transaction, kind: str, event: events.ChannelMetadataChanged | events.ChannelMetacountersChanged
) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    return {
        "type": kind,
        "channel_url": channel.channel_url,
        "created": event.created,
        "updated": event.updated,
        "deleted": list(event.deleted),
    }
