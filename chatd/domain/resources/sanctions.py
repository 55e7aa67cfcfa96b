"""Mutes and bans, as they look from outside."""

from __future__ import annotations

from chatd.domain.channels.access import may_know
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Actor, Channel, Sanction, User
from chatd.store.transaction import Transaction


def sanction_resource(sanction: Sanction) -> Resource:
    """From when until when, and why."""
    return {"start_at": sanction.start, "end_at": sanction.until, "description": sanction.reason}


def mute_resource(sanction: Sanction | None, now: int) -> Resource:
    """Whether somebody is muted, and for how many milliseconds more."""
    if sanction is None:
        return {"is_muted": False, "remaining_duration": 0, "start_at": 0, "end_at": 0, "description": ""}
    return {"is_muted": True, "remaining_duration": sanction.until - now} | sanction_resource(sanction)


def muted_user_resource(user: User, sanction: Sanction, now: int) -> Resource:
    """A user of the list of those who are muted."""
    return basic_user(user) | {"remaining_duration": sanction.until - now} | sanction_resource(sanction)


def ban_resource(user: User, sanction: Sanction) -> Resource:
    """A ban of a user."""
    return {"user": basic_user(user)} | sanction_resource(sanction)


def outline(channel: Channel) -> Resource:
    """A channel in a few words, as somebody sees it who may know of it."""
    return {
        **_address(channel),
        "name": channel.name,
        "cover_url": channel.cover_url,
        "custom_type": channel.custom_type,
        "data": channel.data,
        "created_at": channel.created_at // 1000,
    }


def outline_for(txn: Transaction, actor: Actor, channel: Channel) -> Resource:
    """The same for the caller: of a channel that they may not know of, only where and since when it is."""
    if may_know(txn, actor, channel):
        return outline(channel)
    nothing = dict.fromkeys(("name", "cover_url", "custom_type", "data"), "")
    return {**_address(channel), **nothing, "created_at": channel.created_at // 1000}


def _address(channel: Channel) -> Resource:
    return {"channel_url": channel.channel_url, "channel_type": "open" if channel.is_open else "group"}
