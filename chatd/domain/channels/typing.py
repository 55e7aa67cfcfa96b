"""Typing: told to who is there now, never stored."""

from __future__ import annotations

from chatd.domain import shapes
from chatd.domain.channels.access import member_channel, membership
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, UserIds
from chatd.domain.moderation.blocks import is_cut_off
from chatd.domain.moderation.sanctions import member_mute_of
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import SMALL_CHANNEL
from chatd.domain.users.people import acting_user
from chatd.errors import MissingParameter
from chatd.model import Actor, Publication
from chatd.store import tables
from chatd.store.transaction import Transaction


class Typing(Input, frozen=True):
    """Whether the caller, or the users whom a backend names, are writing in a channel."""

    channel_url: ChannelUrl
    typing: bool = True
    user_ids: UserIds = ()


@command(
    "channels.typing",
    Right.BOTH,
    Kind.SIGNAL,
    roles=MEMBERS,
    example={"channel_url": "garden", "typing": True},
    result=shapes.Empty,
)
def typing(txn: Transaction, actor: Actor, input: Typing) -> list[Publication]:
    """Tell the channel who is writing. Not told in channels of more than 100 members, nor of who may not write."""
    channel = member_channel(txn, actor, input.channel_url)
    if actor.user is None and not input.user_ids:
        raise MissingParameter("user_ids")
    users = [acting_user(txn, actor, user_id) for user_id in input.user_ids or ("",)]
    if txn.require(tables.CHANNEL_STATES, channel.number).member_count > SMALL_CHANNEL:
        return []
    told = []
    for user in users:
        is_muted = member_mute_of(txn, channel, user.number, membership(txn, channel.number, user.number)) is not None
        if is_muted or is_cut_off(txn, channel, user.number):
            continue
        data = {
            "type": "typing",
            "channel_url": channel.channel_url,
            "user_id": user.user_id,
            "nickname": user.nickname,
            "typing": input.typing,
        }
        told.append(Publication(txn.application, 0, data, channel.number))
    return told
