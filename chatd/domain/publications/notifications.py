"""What a user's own devices are told of how the user is notified."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.notifications import channel_preference_resource, push_preference_resource
from chatd.domain.resources.resource import Resource
from chatd.model import OwnSettings
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.PushPreferenceChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "push_preference.changed", "push_preference": push_preference_resource(event.preference)}


@render.register
def _(event: events.ChannelPreferenceChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    own = OwnSettings(push=event.push, sound=event.sound, counts=event.counts)
    said = {"type": "channel.preference_changed", "channel_url": channel.channel_url}
    return said | channel_preference_resource(own)
