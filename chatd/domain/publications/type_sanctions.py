"""What a user's own devices are told of mutes, bans and operatorships of custom types; channels only of mutes."""

from __future__ import annotations

from chatd import events
from chatd.domain.moderation.sanctions import mute_of
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.sanctions import sanction_resource
from chatd.domain.resources.users import basic_user
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.UserMutedInType, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _sanction("user.muted_in_type", event, time)


@render.register
def _(event: events.UserUnmutedInType, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "user.unmuted_in_type", "custom_type": event.custom_type}


@render.register
def _(event: events.UserBannedFromType, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _sanction("user.banned_from_type", event, time)


@render.register
def _(event: events.UserUnbannedFromType, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "user.unbanned_from_type", "custom_type": event.custom_type}


@render.register
def _(event: events.TypeOperatorAdded, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "type_operator.added", "custom_type": event.custom_type}


@render.register
def _(event: events.TypeOperatorRemoved, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "type_operator.removed", "custom_type": event.custom_type}


@render.register
def _(event: events.ExpulsionAdvanced, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


@render.register
def _(event: events.MuteTold, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return mute_told(txn, event.channel, event.user)


@render.register
def _(event: events.TellingAdvanced, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


def mute_told(txn: Transaction, number: int, user: int) -> Resource | None:
    """Whether a user is muted in a channel now, as if it had been said of this channel alone; None: it is no more."""
    channel = txn.get(tables.CHANNELS, number)
    if channel is None:
        return None
    mute = mute_of(txn, channel, user)
    told = {"channel_url": channel.channel_url, "user": basic_user(txn.require(tables.USERS, user))}
    if mute is None:
        return {"type": "user.unmuted", **told}
    return {"type": "user.muted", **told, **sanction_resource(mute)}


def _sanction(kind: str, event: events.UserMutedInType | events.UserBannedFromType, time: int) -> Resource:
    times = {"start_at": time, "end_at": event.until}
    return {"type": kind, "custom_type": event.custom_type, **times, "description": event.reason}
