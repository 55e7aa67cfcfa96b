"""What is known of a person, and what they wrote: an export of the kind PERSON, section by section."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from chatd import events
from chatd.domain.channels.memberships import invited_channels
from chatd.domain.exports.rows import ALL, AT_ONCE, Place, Slice, channel_row
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.details import detailed
from chatd.domain.resources.notifications import push_preference_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user, user_resource
from chatd.model import Export, PushPreference
from chatd.store import tables
from chatd.store.transaction import Transaction

# Of some things there may be many; this many are listed.
MAX_LISTED: Final = 10_000


def profile(txn: Transaction, export: Export, place: Place) -> Slice:
    """One row: the user, with preferences, drafts and devices, whom they block, and where they are muted or banned."""
    user = export.wanted.user
    resource = user_resource(txn.require(tables.USERS, user))
    resource |= {
        "last_seen_at": txn.get(tables.LAST_SEEN, user) or -1,
        "push_preference": push_preference_resource(txn.get(tables.PUSH_PREFERENCES, user) or PushPreference()),
        "presence_visible_to": txn.get(tables.PRESENCE_PREFERENCES, user) or "everybody",
        "blocked_users": _blocked(txn, user),
        "devices": [_device(txn, number) for (_, number), _ in txn.scan(tables.PUSH_TOKENS_OF, user)],
        "drafts": [{"message": draft.text, "data": draft.data} for _, draft in txn.scan(tables.DRAFTS, user)],
        "muted_in": _sanctioned(txn, tables.USER_MUTES, user),
        "banned_from": _sanctioned(txn, tables.USER_BANS, user),
        "invited_to": [
            txn.require(tables.CHANNELS, number).channel_url for number in invited_channels(txn, user)[:MAX_LISTED]
        ],
    }
    return [resource], None


def channels(txn: Transaction, export: Export, place: Place) -> Slice:
    """The channels of which they are a member, without what others said there last."""
    found: list[Resource] = []
    user = export.wanted.user
    for left, ((_, number), _) in zip(
        range(AT_ONCE, -1, -1), txn.scan(tables.MEMBERSHIPS, user, start=place or None), strict=False
    ):
        if not left:
            return found, (number,)
        channel, member = txn.get(tables.CHANNELS, number), txn.get(tables.MEMBERS, number, user)
        if channel is not None and member is not None:
            row = channel_row(txn, channel) | {"last_message": None}
            found.append(row | {"joined_ts": member.joined_at, "user_last_read": member.read_at})
    return found, None


def messages(txn: Transaction, export: Export, place: Place) -> Slice:
    """What they have sent, the oldest first, but for what was deleted."""
    user = export.wanted.user

    def written(event: events.Event, sequence: int, time: int) -> Resource | None:
        if not isinstance(event, events.MessageSent) or event.message.sender != user:
            return None
        message = current_message(txn, sequence)
        channel = txn.get(tables.CHANNELS, event.message.channel)
        if message is None or message.is_removed or channel is None:
            return None
        return detailed(txn, message, channel, ALL)

    return _along_the_log(txn, export, place, written)


def activity(txn: Transaction, export: Export, place: Place) -> Slice:
    """What else they did, the oldest first: reactions, votes, polls, reports."""
    user = export.wanted.user

    def done(event: events.Event, sequence: int, time: int) -> Resource | None:
        said = _said(event, user)
        return None if said is None else {"at": time, **said}

    return _along_the_log(txn, export, place, done)


def _along_the_log(txn: Transaction, export: Export, place: Place, row: Any) -> Slice:
    found: list[Resource] = []
    first = place[0] if place else 1
    seen = first - 1
    for (sequence,), entry in islice(txn.scan(tables.LOG, start=(first,)), AT_ONCE):
        if sequence > export.last:
            return found, None
        seen = sequence
        resource = row(entry.event, sequence, entry.time)
        if resource is not None:
            found.append(resource)
    return found, None if seen - first + 1 < AT_ONCE else (seen + 1,)


def _said(event: events.Event, user: int) -> Resource | None:
    """What an event says that a user did, but for messages."""
    match event:
        case events.ReactionAdded(_, message, key, who) if who == user and key:
            return {"type": "reaction.added", "message_id": message, "reaction": key}
        case events.ReactionRemoved(_, message, key, who) if who == user and key:
            return {"type": "reaction.removed", "message_id": message, "reaction": key}
        case events.PollVoted(voter=who, poll=poll, options=options) if who == user:
            return {"type": "poll.voted", "poll_id": poll, "option_ids": list(options)}
        case events.PollCreated(poll) if poll.created_by == user:
            return {"type": "poll.created", "title": poll.title}
        case events.ReportMade(reporter=who) if who == user:
            named = {"channel_url": event.channel_url, "report_description": event.description}
            return {"type": "report.made", "report_category": event.category, **named}
        case _:
            return None


def _blocked(txn: Transaction, user: int) -> list[Resource]:
    items = islice(txn.scan(tables.BLOCKS, user), MAX_LISTED)
    return [basic_user(txn.require(tables.USERS, other)) for (_, other), _ in items]


def _device(txn: Transaction, number: int) -> Resource:
    device = txn.require(tables.PUSH_TOKENS, number)
    return {"token_type": device.kind, "token": device.token}


def _sanctioned(txn: Transaction, table: Any, user: int) -> list[Resource]:
    found = []
    for (_, until, number), _ in islice(txn.scan(table, user, start=(txn.now,)), MAX_LISTED):
        channel = txn.get(tables.CHANNELS, number)
        if channel is not None:
            found.append({"channel_url": channel.channel_url, "end_at": until})
    return found
