"""Hits of filters: noted, counted, and punished when one user has too many."""

from __future__ import annotations

from typing import Final

from chatd import events
from chatd.domain.channels.access import operates
from chatd.domain.fold.filters import Rules
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.moderation.banning import ban
from chatd.domain.moderation.filters import Verdict, judged, penalty_of
from chatd.domain.moderation.muting import mute
from chatd.domain.stream import emit, note
from chatd.errors import MessageBlocked
from chatd.model import Channel, Penalty
from chatd.model.filters import BAN, KICK, NO_PENALTY
from chatd.store import tables
from chatd.store.transaction import Transaction

_REASON: Final = "Filtered too often."


def let_through(txn: Transaction, channel: Channel, user: int, text: str, rules: Rules) -> Verdict:
    """What becomes of a text that a user is about to send to a channel that has these settings.

    Raises MessageBlocked, which is noted already. Of another verdict that has an action, `note_hit` is to be called
    when the message has been sent.
    """
    verdict = judged(rules, text)
    if verdict.refusal:
        note_hit(txn, channel, user, verdict.action)
        raise MessageBlocked(verdict.refusal)
    return verdict


def note_hit(txn: Transaction, channel: Channel, user: int, action: str, message: int = 0, sent_at: int = 0) -> None:
    """Write that what a user was to send was filtered; when that was once too often, the user is punished.

    `message` is what was sent all the same, at `sent_at` in milliseconds.
    """
    penalty = penalty_of(txn, channel)
    is_last = _is_due(txn, user, penalty) and not operates(txn, channel, user)
    done = _penalty(channel, penalty) if is_last else ""
    note(txn, events.FilterHit(channel.number, user, action, is_last, message, sent_at, done))
    if is_last:
        _punish(txn, channel, user, done, penalty.seconds)


def _is_due(txn: Transaction, user: int, penalty: Penalty) -> bool:
    """Whether with one hit more a user has as many as there may be in the last seconds, in all channels."""
    if penalty.action == NO_PENALTY:
        return False
    begin = txn.now - penalty.duration * 1000
    recent = sum(1 for time in txn.get(tables.FILTER_HITS, user) or () if time > begin)
    return recent + 1 >= penalty.count


def _penalty(channel: Channel, penalty: Penalty) -> str:
    """What is done. From an open channel, which has no members, nobody is removed: they are muted."""
    if penalty.action == BAN:
        return "ban"
    return "kick" if penalty.action == KICK and not channel.is_open else "mute"


def _punish(txn: Transaction, channel: Channel, user: int, done: str, seconds: int) -> None:
    if done == "ban":
        ban(txn, None, channel, user, seconds, _REASON)
    elif done == "kick":
        emit(txn, events.MemberLeft(channel.number, (user,), "removed_by_admin"))
        note_act(txn, None, "member.removed", channel, About(user, reason=_REASON))
    else:
        mute(txn, None, channel, user, seconds, _REASON)
