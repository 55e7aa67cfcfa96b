"""Channels, as they look from outside."""

from __future__ import annotations

from chatd.domain.channels.access import operates_as
from chatd.domain.channels.settings import HIDDEN_STATES, hidden, settings_of
from chatd.domain.channels.unread import unread, unread_mentions
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.lasting import retention_of
from chatd.domain.moderation.sanctions import member_mute_of
from chatd.domain.resources.messages import MAX_MESSAGE_LENGTH, message_resource
from chatd.domain.resources.notifications import channel_preference_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Channel, ChannelState, Invitation, Member
from chatd.store import tables
from chatd.store.transaction import Transaction


def channel_resource(txn: Transaction, channel: Channel, state: ChannelState) -> Resource:
    """A group channel as everybody sees it."""
    creator = txn.get(tables.USERS, channel.created_by) if channel.created_by else None
    is_shown = state.last_message and not channel.is_ephemeral
    last = current_message(txn, state.last_message) if is_shown else None
    created_at = channel.created_at // 1000
    member_count = state.member_count + (txn.get(tables.INVITED_COUNTS, channel.number) or 0)
    return {
        "channel_url": channel.channel_url,
        "id": channel.number,
        "name": channel.name,
        "cover_url": channel.cover_url,
        "custom_type": channel.custom_type,
        "data": channel.data,
        "created_at": created_at,
        "created_by": basic_user(creator) if creator and creator.user_id else None,
        "is_distinct": channel.is_distinct,
        "is_public": channel.is_public,
        "is_super": channel.is_super,
        "is_ephemeral": channel.is_ephemeral,
        "is_broadcast": channel.is_broadcast,
        "is_exclusive": channel.is_exclusive,
        "is_discoverable": channel.is_public and channel.is_discoverable,
        "is_access_code_required": bool(channel.access_code),
        **_pace(channel),
        "ignore_profanity_filter": False,
        "is_created": True,
        "member_count": member_count,
        "joined_member_count": state.member_count,
        "unread_message_count": 0,
        "unread_mention_count": 0,
        "max_length_message": MAX_MESSAGE_LENGTH,
        **_survival(txn, channel),
        "sms_fallback": {"wait_seconds": -1, "exclude_user_ids": []},
        "last_message": message_resource(txn, last, channel) if last else None,
        "channel": {
            "name": channel.name,
            "channel_url": channel.channel_url,
            "cover_url": channel.cover_url,
            "data": channel.data,
            "custom_type": channel.custom_type,
            "created_at": created_at,
            "member_count": member_count,
            "max_length_message": MAX_MESSAGE_LENGTH,
        },
    }


def _pace(channel: Channel) -> Resource:
    """Whether only operators write, and how long others wait between two messages."""
    return {"freeze": channel.is_frozen, "slow_mode_seconds": channel.slow_seconds}


def _survival(txn: Transaction, channel: Channel) -> Resource:
    """How long messages are kept, and how many."""
    retention = retention_of(txn, channel)
    return {
        "message_survival_seconds": retention.seconds,
        "message_survival_count": retention.count,
        "disappearing_message": {
            "is_triggered_by_message_read": False,
            "message_survival_seconds": retention.seconds,
        },
    }


def own_channel_resource(
    txn: Transaction, channel: Channel, state: ChannelState, member: Member, user: int
) -> Resource:
    """A group channel as one of its members, the user, sees it."""
    resource = channel_resource(txn, channel, state)
    own = settings_of(txn, user, channel.number, member.since)
    hidden_state = HIDDEN_STATES[hidden(own, state)]
    if (state.last_message_at, state.last_message) <= (own.offset_at, own.offset):
        resource["last_message"] = None
    resource |= {
        "unread_message_count": unread(txn, channel.number, state, member) if own.counts_messages else 0,
        "unread_mention_count": unread_mentions(txn, channel.number, user, state, member) if own.counts_mentions else 0,
        "member_state": "joined",
        "my_role": "operator" if operates_as(txn, channel, user, member) else "none",
        "hidden_state": hidden_state,
        "is_hidden": hidden_state != "unhidden",
        "is_muted": member_mute_of(txn, channel, user, member) is not None,
        "joined_ts": member.joined_at,
        "user_last_read": member.read_at,
        "ts_message_offset": own.offset_at,
    }
    preference = channel_preference_resource(own)
    resource |= {name: preference[name] for name in ("is_push_enabled", "count_preference", "push_trigger_option")}
    return resource


def invited_channel_resource(
    txn: Transaction, channel: Channel, state: ChannelState, invitation: Invitation
) -> Resource:
    """A group channel as a user sees it who is invited: without what was said there."""
    resource = channel_resource(txn, channel, state)
    resource |= {
        "last_message": None,
        "member_state": "invited",
        "my_role": "none",
        "invited_at": invitation.invited_at,
    }
    if invitation.inviter:
        resource["inviter"] = basic_user(txn.require(tables.USERS, invitation.inviter))
    return resource
