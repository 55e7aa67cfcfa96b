"""Channels, as they look from outside."""

from __future__ import annotations

from chatd.domain.channels.access import operates_as
from chatd.domain.channels.settings import BEGINNING, END, HIDDEN_STATES, Place, hidden, seen_after, settings_of
from chatd.domain.channels.unread import unread, unread_mentions
from chatd.domain.fold.filters import rules_of
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.lasting import retention_of
from chatd.domain.moderation.rules import max_length, shows_past
from chatd.domain.moderation.sanctions import member_mute_of
from chatd.domain.resources.messages import message_resource
from chatd.domain.resources.notifications import channel_preference_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Channel, ChannelState, Invitation, Member
from chatd.store import tables
from chatd.store.transaction import Transaction


def channel_resource(txn: Transaction, channel: Channel, state: ChannelState, after: Place | None = None) -> Resource:
    """A group channel as everybody sees it: with the last message if that is after a place, or for who comes now."""
    creator = txn.get(tables.USERS, channel.created_by) if channel.created_by else None
    if after is None:
        after = BEGINNING if shows_past(txn, channel) else END
    longest = max_length(rules_of(txn, channel.custom_type))
    member_count = state.member_count + (txn.get(tables.INVITED_COUNTS, channel.number) or 0)
    return {
        "channel_url": channel.channel_url,
        "id": channel.number,
        "name": channel.name,
        "cover_url": channel.cover_url,
        "custom_type": channel.custom_type,
        "data": channel.data,
        "created_at": channel.created_at // 1000,
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
        "max_length_message": longest,
        **_survival(txn, channel),
        "sms_fallback": {"wait_seconds": -1, "exclude_user_ids": []},
        "last_message": _last_message(txn, channel, state, after),
        "channel": _outline(channel) | {"member_count": member_count, "max_length_message": longest},
    }


def _outline(channel: Channel) -> Resource:
    """What is said of a channel once more, where older clients look for it."""
    return {
        "name": channel.name,
        "channel_url": channel.channel_url,
        "cover_url": channel.cover_url,
        "data": channel.data,
        "custom_type": channel.custom_type,
        "created_at": channel.created_at // 1000,
    }


def _last_message(txn: Transaction, channel: Channel, state: ChannelState, after: Place) -> Resource | None:
    """The last message of a channel that keeps messages, unless it is not after a place."""
    if channel.is_ephemeral or not state.last_message or (state.last_message_at, state.last_message) <= after:
        return None
    last = current_message(txn, state.last_message)
    return message_resource(txn, last, channel) if last is not None else None


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
    after = seen_after(txn, user, channel.number)
    resource = channel_resource(txn, channel, state, after)
    own = settings_of(txn, user, channel.number, member.since)
    hidden_state = HIDDEN_STATES[hidden(own, state)]
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
        "ts_message_offset": after[0],
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
