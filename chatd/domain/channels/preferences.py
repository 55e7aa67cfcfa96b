"""How a member is notified of a channel, and what of it is counted."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import member_channel, membership
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, OptionalUserId
from chatd.domain.fold.settings import NONE
from chatd.domain.resources.notifications import COUNTS, TRIGGERS, channel_preference_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user
from chatd.domain.users.push_preference import Sound
from chatd.model import Actor, OwnSettings
from chatd.store import tables
from chatd.store.transaction import Transaction


class View(Input, frozen=True):
    """The channel, and for backends the member."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""


class UpdatePush(Input, frozen=True):
    """How to notify the member; `default` is as the user wants it in all channels. `enable` is older: all or none."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""
    push_trigger_option: Literal["default", "all", "mention_only", "off"] | None = None
    push_sound: Sound | None = None
    enable: bool | None = None


class UpdateCounts(Input, frozen=True):
    """What of the channel to count; `false` is an older name of `off`."""

    channel_url: ChannelUrl
    count_preference: Literal["all", "unread_message_count_only", "unread_mentioned_count_only", "off", "false"]
    user_id: OptionalUserId = ""


@command(
    "channels.view_push_preference",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"channel_url": "garden"},
    result=shapes.ChannelPushPreference,
)
def view_push(txn: Transaction, actor: Actor, input: View) -> Resource:
    """How a member is notified of a channel."""
    return _push_resource(_own(txn, *_member(txn, actor, input.channel_url, input.user_id)))


@command(
    "channels.update_push_preference",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "push_trigger_option": "mention_only"},
    result=shapes.ChannelPushPreference,
)
def update_push(txn: Transaction, actor: Actor, input: UpdatePush) -> Resource:
    """Say how a member is notified of a channel."""
    user, channel = _member(txn, actor, input.channel_url, input.user_id)
    before = _own(txn, user, channel)
    option = input.push_trigger_option
    if option is None and input.enable is not None:
        option = "all" if input.enable else "off"
    push = before.push if option is None else TRIGGERS.index(option)
    sound = before.sound if input.push_sound is None else input.push_sound
    return _push_resource(_set(txn, user, channel, replace(before, push=push, sound=sound)))


@command(
    "channels.view_count_preference",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"channel_url": "garden"},
    result=shapes.CountPreference,
)
def view_counts(txn: Transaction, actor: Actor, input: View) -> Resource:
    """What of a channel is counted for a member."""
    return {"count_preference": COUNTS[_own(txn, *_member(txn, actor, input.channel_url, input.user_id)).counts]}


@command(
    "channels.update_count_preference",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "count_preference": "unread_mentioned_count_only"},
    result=shapes.CountPreference,
)
def update_counts(txn: Transaction, actor: Actor, input: UpdateCounts) -> Resource:
    """Say what of a channel is counted for a member; the rest is 0, in the channel and in totals."""
    user, channel = _member(txn, actor, input.channel_url, input.user_id)
    wanted = "off" if input.count_preference == "false" else input.count_preference
    changed = replace(_own(txn, user, channel), counts=COUNTS.index(wanted))
    return {"count_preference": COUNTS[_set(txn, user, channel, changed).counts]}


def _member(txn: Transaction, actor: Actor, channel_url: str, user_id: str) -> tuple[int, int]:
    """The numbers of the user and of the channel, of which the user is a member."""
    channel = member_channel(txn, actor, channel_url).number
    user = acting_user(txn, actor, user_id).number
    membership(txn, channel, user)
    return user, channel


def _own(txn: Transaction, user: int, channel: int) -> OwnSettings:
    return txn.get(tables.OWN_SETTINGS, user, channel) or NONE


def _set(txn: Transaction, user: int, channel: int, changed: OwnSettings) -> OwnSettings:
    if changed != _own(txn, user, channel):
        emit(txn, events.ChannelPreferenceChanged(user, channel, changed.push, changed.sound, changed.counts))
    return changed


def _push_resource(own: OwnSettings) -> Resource:
    said = channel_preference_resource(own)
    return {
        "push_trigger_option": said["push_trigger_option"],
        "push_sound": said["push_sound"],
        "enable": said["is_push_enabled"],
    }
