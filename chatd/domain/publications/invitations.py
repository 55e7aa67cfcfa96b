"""What is told of invitations."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.channels import invited_channel_resource
from chatd.domain.resources.members import invited_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.UsersInvited, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    number = event.channel
    users = ((each.user, txn.get(tables.INVITATIONS, number, each.user)) for each in event.invitees)
    data: Resource = {
        "type": "member.invited",
        "channel_url": channel.channel_url,
        "members": [
            invited_resource(txn, channel, txn.require(tables.USERS, user), found) for user, found in users if found
        ],
    }
    if event.inviter:
        data["inviter"] = basic_user(txn.require(tables.USERS, event.inviter))
    return data


@render.register
def _(event: events.InvitationReceived, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    invitation = txn.get(tables.INVITATIONS, event.channel, event.user)
    if channel is None or invitation is None:
        return None
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    return {
        "type": "invitation.received",
        "channel_url": channel.channel_url,
        "channel": invited_channel_resource(txn, channel, state, invitation),
    }


@render.register
def _(event: events.InvitationsEnded, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    users = [basic_user(txn.require(tables.USERS, user)) for user in event.users]
    return {"type": f"invitation.{event.reason}", "channel_url": channel.channel_url, "users": users}


@render.register
def _(event: events.InvitationEnded, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "invitation.ended", "channel_url": event.channel_url, "reason": event.reason}


@render.register
def _(event: events.InvitationPreferenceChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    if not event.user:
        return None
    return {"type": "invitation_preference.changed", "auto_accept": event.auto_accept}


@render.register
def _(event: events.LeftoversRemoved, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None
