"""What is told of channels and their members."""

from __future__ import annotations

from itertools import islice
from typing import Final

from chatd import events
from chatd.domain.resources.resource import Resource
from chatd.domain.webhooks.parts import channel_of, told_channel, told_members, told_user, told_users
from chatd.domain.webhooks.payloads import Telling, payload
from chatd.model import Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

# So far back among what happened in a channel it is looked for what it was like before a change.
_LOOKED_BACK: Final = 500
_CHANGES: Final = (
    "name",
    "cover_url",
    "custom_type",
    "data",
    "is_distinct",
    "is_public",
    "is_discoverable",
    "is_super",
)


@payload.register
def _(event: events.ChannelCreated, txn: Transaction, telling: Telling) -> Resource:
    maker = told_user(txn, event.channel.created_by)
    place = _place(txn, telling.sequence, telling)
    match telling.category:
        case "group_channel:join":
            return {"joined_at": telling.time, "inviter": maker, "users": told_users(txn, event.members)} | place
        case "group_channel:invite":
            invitees = told_users(txn, (each.user for each in event.invitees))
            return {"invited_at": telling.time, "inviter": maker, "invitees": invitees} | place
        case "open_channel:create":
            return {"created_at": telling.time, "operators": told_users(txn, event.operators)} | place
        case _:
            return {"created_at": telling.time, "inviter": maker} | place


@payload.register
def _(event: events.ChannelUpdated, txn: Transaction, telling: Telling) -> Resource:
    before = _before(txn, event.channel.number, telling.sequence)
    changes = [
        {"key": key, "old": getattr(before, key), "new": getattr(event.channel, key)}
        for key in _CHANGES
        if before is not None and getattr(before, key) != getattr(event.channel, key)
    ]
    place = _place(txn, event.channel.number, telling)
    return {"changed_at": telling.time, "changes": changes, "inviter": None} | place


@payload.register
def _(event: events.ChannelFrozen, txn: Transaction, telling: Telling) -> Resource:
    place = _place(txn, event.channel, telling)
    place["channel"]["freeze"] = event.is_frozen
    return {"changed_at": telling.time, "freeze": event.is_frozen} | place


@payload.register
def _(event: events.ChannelDeleted, txn: Transaction, telling: Telling) -> Resource:
    return {"removed_at": telling.time} | _place(txn, event.channel, telling)


@payload.register
def _(event: events.UsersInvited, txn: Transaction, telling: Telling) -> Resource:
    invitees = told_users(txn, (each.user for each in event.invitees))
    told = {"invited_at": telling.time, "inviter": told_user(txn, event.inviter), "invitees": invitees}
    return told | _place(txn, event.channel, telling)


@payload.register
def _(event: events.InvitationsEnded, txn: Transaction, telling: Telling) -> Resource:
    users = told_users(txn, event.users)
    return {"declined_invite_at": telling.time, "users": users} | _place(txn, event.channel, telling)


@payload.register
def _(event: events.MemberJoined, txn: Transaction, telling: Telling) -> Resource:
    told = {"joined_at": telling.time, "inviter": told_user(txn, event.inviter), "users": told_users(txn, event.users)}
    return told | _place(txn, event.channel, telling)


@payload.register
def _(event: events.MemberLeft, txn: Transaction, telling: Telling) -> Resource:
    told = {"left_at": telling.time, "reason": event.reason, "users": told_users(txn, event.users)}
    return told | _place(txn, event.channel, telling)


@payload.register
def _(event: events.OperatorsChanged, txn: Transaction, telling: Telling) -> Resource:
    added = telling.category == "operators:register_by_operator"
    channel = channel_of(txn, event.channel)
    return {
        "requested_at": telling.time,
        "requester": None,
        "channel_type": "open" if channel.is_open else "group",
        "channel": told_channel(txn, event.channel),
        "operators": told_users(txn, event.added if added else event.removed),
    }


def _place(txn: Transaction, channel: int, telling: Telling) -> Resource:
    return told_members(txn, channel, telling.webhook) | {"channel": told_channel(txn, channel)}


def _before(txn: Transaction, channel: int, sequence: int) -> Channel | None:
    """What a channel was like before an event; None when that was too long ago to be found."""
    found = txn.scan(tables.STREAMS, channel, start=(sequence - 1,), reverse=True)
    for (_, earlier), _ in islice(found, _LOOKED_BACK):
        event = txn.require(tables.LOG, earlier).event
        if isinstance(event, events.ChannelUpdated | events.ChannelCreated):
            return event.channel
    return None
