"""What a channel is told of mutes and bans; who is banned hears of it before they are out."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.UserMuted, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _told(txn, "user.muted", event, start_at=time, end_at=event.until, description=event.reason)


@render.register
def _(event: events.UserUnmuted, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _told(txn, "user.unmuted", event)


@render.register
def _(event: events.UserBanned, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _told(txn, "user.banned", event, start_at=time, end_at=event.until, description=event.reason)


@render.register
def _(event: events.UserUnbanned, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _told(txn, "user.unbanned", event)


@render.register
def _(event: events.TracesRemoved, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


def _told(
    txn: Transaction,
    kind: str,
    event: events.UserMuted | events.UserUnmuted | events.UserBanned | events.UserUnbanned,
    **more: object,
) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    user = basic_user(txn.require(tables.USERS, event.user))
    return {"type": kind, "channel_url": channel.channel_url, "user": user, **more}
