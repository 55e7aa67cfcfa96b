"""Bots."""

from __future__ import annotations

from typing import TypedDict

from chatd.domain.shapes.channels import GroupChannel
from chatd.domain.shapes.messages import Message


class BotUser(TypedDict):
    """What a bot is as a user; `bot_token` is empty unless it was just issued."""

    bot_userid: str
    bot_nickname: str
    bot_profile_url: str
    bot_type: str
    bot_token: str
    bot_metadata: dict[str, str]
    bot_require_auth_for_profile_image: bool


class Bot(TypedDict):
    """A bot. With 0 as `channel_invitation_preference` it is a member at once when it is invited."""

    bot: BotUser
    bot_callback_url: str
    is_privacy_mode: bool
    enable_mark_as_read: bool
    show_member: bool
    channel_invitation_preference: int
    created_at: int


class Bots(TypedDict):
    """A page of bots."""

    bots: list[Bot]
    next: str


class BotChannels(GroupChannel):
    """The channels that a bot has joined, and the first of them itself."""

    channels: list[GroupChannel]


class BotMessage(TypedDict):
    """What a bot has sent."""

    message: Message
