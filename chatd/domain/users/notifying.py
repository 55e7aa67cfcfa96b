"""Whether a user wants to be notified of a message on a device while away: what push notifications ask."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from chatd.domain.channels.settings import hidden, settings_of
from chatd.domain.resources.notifications import TRIGGERS
from chatd.model import Message, OwnSettings, PushPreference
from chatd.model.notifications import ALL, OFF
from chatd.model.settings import HIDDEN
from chatd.store import tables
from chatd.store.transaction import Transaction

_DAY = 24 * 60


def wants_push(txn: Transaction, user: int, channel: int, message: Message) -> bool:
    """Whether a user is to be notified of a message of a channel now, at the time of the transaction.

    Not its sender, nobody who is no member or has read it, nor of what the user does not see or has put away for good.
    Whether the message asks for notifications, and whether the user is online, is for the caller to know.
    """
    member = txn.get(tables.MEMBERS, channel, user)
    if member is None or not txn.require(tables.USERS, user).is_active:
        return False
    if message.sender == user or message.is_silent or message.is_removed:
        return False
    own = settings_of(txn, user, channel, member.since)
    state = txn.require(tables.CHANNEL_STATES, channel)
    if max(member.read_ordinal, state.expired_ordinal) >= message.ordinal or hidden(own, state) == HIDDEN:
        return False
    if (message.created_at, message.message_id) <= (own.offset_at, own.offset):
        return False
    preference = push_preference(txn, user)
    if preference.blocks_bots and message.sender and txn.require(tables.USERS, message.sender).is_bot:
        return False
    mentions = message.mention_type == "channel" or user in message.mentioned
    return _triggers(preference, own, message, mentions=mentions) and not is_quiet(preference, txn.now)


def push_preference(txn: Transaction, user: int) -> PushPreference:
    """When a user wants to be notified, in all channels."""
    return txn.get(tables.PUSH_PREFERENCES, user) or PushPreference()


def is_quiet(preference: PushPreference, now: int) -> bool:
    """Whether a user wants no notification at a moment, in milliseconds."""
    if preference.is_snoozed and preference.snoozed_from <= now < preference.snoozed_until:
        return True
    if not preference.do_not_disturb:
        return False
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(preference.timezone))
    minute = local.hour * 60 + local.minute
    if not preference.weekly:
        return _is_within(minute, preference.start, preference.end)
    in_week = local.weekday() * _DAY + minute
    return any(_is_in_week(in_week, each.day * _DAY + each.start, each.end - each.start) for each in preference.weekly)


def _triggers(preference: PushPreference, own: OwnSettings, message: Message, *, mentions: bool) -> bool:
    """Whether a message is one of those that a user wants to be notified of; what a channel says goes before."""
    trigger = TRIGGERS[own.push] if own.push else preference.trigger
    if preference.trigger == OFF or trigger == OFF:
        return False
    if mentions:
        return True
    return trigger == ALL and (preference.replies or not message.parent)


def _is_within(minute: int, start: int, end: int) -> bool:
    return (minute - start) % _DAY < ((end - start) % _DAY or _DAY)


def _is_in_week(minute: int, start: int, length: int) -> bool:
    return (minute - start) % (7 * _DAY) < (length % _DAY or _DAY)
