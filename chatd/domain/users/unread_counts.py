"""How much a user has unread over all channels; those that the user hides are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal, NamedTuple, get_args

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.channels.filters import CustomTypes, SuperMode
from chatd.domain.channels.memberships import channels_of, invited_channels
from chatd.domain.channels.settings import Hidings
from chatd.domain.channels.unread import unread, unread_mentions
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import CustomType, OptionalUserId
from chatd.domain.resources.resource import Resource
from chatd.domain.users.people import acting_user
from chatd.model import Actor, Channel, ChannelState, Member
from chatd.model.settings import UNHIDDEN
from chatd.store import tables
from chatd.store.transaction import Transaction

ItemKey = Literal[
    "group_channel_unread_message_count",
    "non_super_group_channel_unread_message_count",
    "super_group_channel_unread_message_count",
    "group_channel_unread_mention_count",
    "non_super_group_channel_unread_mention_count",
    "super_group_channel_unread_mention_count",
    "group_channel_invitation_count",
    "non_super_group_channel_invitation_count",
    "super_group_channel_invitation_count",
]
ITEM_KEYS: Final[tuple[ItemKey, ...]] = get_args(ItemKey)


class UnreadCount(Input, frozen=True):
    """Whose unread messages or channels to count, and in which channels."""

    user_id: OptionalUserId = ""
    custom_types: CustomTypes | None = None
    super_mode: SuperMode = "all"


class UnreadItems(Input, frozen=True):
    """What to count, absent for everything, and in channels of which custom type."""

    user_id: OptionalUserId = ""
    custom_type: CustomType | None = None
    item_keys: Annotated[tuple[ItemKey, ...], Meta(max_length=len(ITEM_KEYS))] | None = None


class Unread(NamedTuple):
    """A channel with unread messages, as a member has it; without those that are not to be counted."""

    channel: Channel
    state: ChannelState
    member: Member
    messages: int
    counts_mentions: bool


@command("users.unread_message_count", Right.BOTH, Kind.READ, example={}, result=shapes.UnreadCount)
def unread_message_count(txn: Transaction, actor: Actor, input: UnreadCount) -> Resource:
    """Unread messages over all channels of a user."""
    user = acting_user(txn, actor, input.user_id).number
    return {"unread_count": sum(each.messages for each in unread_of(txn, user, input.custom_types, input.super_mode))}


@command("users.unread_channel_count", Right.BOTH, Kind.READ, example={}, result=shapes.UnreadCount)
def unread_channel_count(txn: Transaction, actor: Actor, input: UnreadCount) -> Resource:
    """Channels of a user that have unread messages."""
    user = acting_user(txn, actor, input.user_id).number
    return {
        "unread_count": sum(each.messages > 0 for each in unread_of(txn, user, input.custom_types, input.super_mode))
    }


@command(
    "users.unread_item_count",
    Right.BOTH,
    Kind.SCAN,
    example={"item_keys": ["group_channel_unread_mention_count", "group_channel_invitation_count"]},
    result=shapes.UnreadItems,
)
def unread_item_count(txn: Transaction, actor: Actor, input: UnreadItems) -> Resource:
    """Unread messages, unread mentions and open invitations of a user, in all channels, super channels and others."""
    user = acting_user(txn, actor, input.user_id).number
    custom_types = None if input.custom_type is None else (input.custom_type,)
    counts = dict.fromkeys(ITEM_KEYS, 0)
    for each in unread_of(txn, user, custom_types):
        mentions = 0
        if each.counts_mentions:
            mentions = unread_mentions(txn, each.channel.number, user, each.state, each.member)
        _add(counts, each.channel, "unread_message_count", each.messages)
        _add(counts, each.channel, "unread_mention_count", mentions)
    for number in invited_channels(txn, user):
        channel = txn.require(tables.CHANNELS, number)
        if _matches(channel, custom_types, "all"):
            _add(counts, channel, "invitation_count", 1)
    return {key: counts[key] for key in input.item_keys or ITEM_KEYS}


def unread_of(
    txn: Transaction, user: int, custom_types: tuple[str, ...] | None = None, super_mode: SuperMode = "all"
) -> Iterator[Unread]:
    """The channels of a user that have unread messages, but for those that the user hides."""
    hidings = Hidings(txn, user)
    for number in channels_of(txn, user):
        state = txn.require(tables.CHANNEL_STATES, number)
        member = txn.require(tables.MEMBERS, number, user)
        messages = unread(txn, number, state, member)
        if not messages or hidings.of(number, state) != UNHIDDEN:
            continue
        channel, own = txn.require(tables.CHANNELS, number), hidings.own(number)
        if _matches(channel, custom_types, super_mode):
            yield Unread(channel, state, member, messages if own.counts_messages else 0, own.counts_mentions)


def _matches(channel: Channel, custom_types: tuple[str, ...] | None, super_mode: SuperMode) -> bool:
    return (custom_types is None or channel.custom_type in custom_types) and (
        super_mode == "all" or channel.is_super == (super_mode == "super")
    )


def _add(counts: dict[ItemKey, int], channel: Channel, what: str, count: int) -> None:
    for kind in ("", "super_" if channel.is_super else "non_super_"):
        counts[f"{kind}group_channel_{what}"] += count  # type: ignore[index]
