"""Who is to be told of a new message: by slices, so that a channel of tens of thousands holds up nobody."""

from __future__ import annotations

from typing import Final, NamedTuple

from chatd import events
from chatd.domain.deliveries.places import Place
from chatd.domain.deliveries.queue import enqueue
from chatd.domain.fold.stored import placed
from chatd.domain.moderation.blocks import has_blocked
from chatd.domain.push.devices import devices_of
from chatd.domain.push.templates import push_settings
from chatd.domain.resources.messages import asks_for_push
from chatd.domain.users.notifying import wants_push
from chatd.model import Delivery, Message, PushCursor
from chatd.model.push import APNS, GCM, HUAWEI
from chatd.model.webhooks import PUSH
from chatd.store import tables
from chatd.store.transaction import Transaction

CATEGORY: Final = "push"
# What is older comes from elsewhere, or waited for a server that was down: it is no news.
NEWS_MS: Final = 24 * 60 * 60 * 1000
EVENTS_AT_ONCE: Final = 200
# Looks into the store in one slice.
LOOKS_AT_ONCE: Final = 500


class Wanted(NamedTuple):
    """Somebody to tell of a message; which one says its number."""

    user: int
    sequence: int


class Plan(NamedTuple):
    """Whom to tell of what happened after one place of the log, and the place to go on from."""

    wanted: list[Wanted]
    before: PushCursor
    after: PushCursor


def push_cursor(txn: Transaction) -> PushCursor | None:
    """Up to where people were thought of; None where nobody ever had a device."""
    return txn.get(tables.PUSH_CURSOR)


def plan_pushes(txn: Transaction, before: PushCursor) -> Plan:
    """Whom to tell of what happened after a place of the log, as far as a slice of work goes."""
    after, wanted = before, list[Wanted]()
    for (sequence,), entry in txn.scan(tables.LOG, start=(before.sequence + 1,)):
        if sequence > before.sequence + EVENTS_AT_ONCE:
            break
        if isinstance(entry.event, events.MessageSent):
            message = placed(entry.event.message, sequence, entry.time)
            users, user = _who(txn, message, after.user)
            wanted += [Wanted(user, sequence) for user in users]
            if user:
                return Plan(wanted, before, PushCursor(after.sequence, user))
        after = PushCursor(sequence)
        if len(wanted) >= LOOKS_AT_ONCE:
            break
    return Plan(wanted, before, after)


def is_wanted(txn: Transaction, user: int, message: Message) -> bool:
    """Whether a user is still to be told of a message."""
    is_news = txn.now - message.created_at <= NEWS_MS and push_settings(txn).is_enabled
    if not is_news or not asks_for_push(message) or txn.get(tables.CHANNELS, message.channel) is None:
        return False
    return wants_push(txn, user, message.channel, message) and not has_blocked(txn, user, message.sender)


def enqueue_pushes(txn: Transaction, plan: Plan) -> None:
    """Have devices told what was planned, unless that was done."""
    if txn.get(tables.PUSH_CURSOR) != plan.before:
        return
    left_out = unreachable(txn)
    for user, sequence in plan.wanted:
        for number, device in devices_of(txn, user):
            if device.kind not in left_out:
                enqueue(txn, Place(PUSH, number, sequence, 0), Delivery(CATEGORY, txn.now))
    txn.put(tables.PUSH_CURSOR, value=plan.after)


def unreachable(txn: Transaction) -> frozenset[str]:
    """Kinds of devices that cannot be told anything: their service does not know the application."""
    known = {
        GCM: txn.get(tables.FCM_ACCOUNT) is not None,
        APNS: next(txn.scan(tables.APNS_PROVIDERS), None) is not None,
        HUAWEI: txn.get(tables.HMS_APP) is not None,
    }
    return frozenset(kind for kind, is_known in known.items() if not is_known)


def _who(txn: Transaction, message: Message, after: int) -> tuple[list[int], int]:
    """Members with devices who want to be told, with numbers after `after`; where to go on after, 0 when done.

    Members and users with devices are both in order, so who is both is found by going from one to the other.
    """
    found, user = list[int](), after + 1
    channel = txn.get(tables.CHANNELS, message.channel)
    if channel is None or channel.is_open or txn.now - message.created_at > NEWS_MS:
        return found, 0
    for _ in range(LOOKS_AT_ONCE):
        holder = next(txn.scan(tables.PUSH_TOKENS_OF, start=(user,)), None)
        member = holder and next(txn.scan(tables.MEMBERS, message.channel, start=(holder[0][0],)), None)
        if holder is None or member is None:
            return found, 0
        user = member[0][1]
        if user == holder[0][0]:
            found += [user] if is_wanted(txn, user, message) else []
            user += 1
    return found, user - 1
