"""Mutes and bans, as they look from outside."""

from __future__ import annotations

from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Channel, Sanction, User


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
    """A channel as it looks to somebody who may not be in it."""
    return {
        "channel_url": channel.channel_url,
        "channel_type": "open" if channel.is_open else "group",
        "name": channel.name,
        "cover_url": channel.cover_url,
        "custom_type": channel.custom_type,
        "data": channel.data,
        "created_at": channel.created_at // 1000,
    }
