"""What the samples in Python ask of the Platform API: users who are bots, and session tokens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

from chatd.client import Backend
from chatd.client.errors import AlreadyExists
from chatd.samples import settings


async def make_bot(user_id: str, nickname: str, channel_urls: Iterable[str]) -> None:
    """A bot that is connected, and a member of these channels."""
    profile = {"bot_userid": user_id, "bot_nickname": nickname, "bot_profile_url": "", "bot_type": "sample"}
    async with Backend(settings.url(), settings.api_token()) as backend:
        with suppress(AlreadyExists):
            await backend.request("POST", "/bots", profile | {"bot_callback_url": "", "is_privacy_mode": False})
        if joined := list(channel_urls):
            await backend.request("POST", f"/bots/{user_id}/channels", {"channel_urls": joined})


def tokens_of(user_id: str) -> Callable[[], Awaitable[str]]:
    """What gives a new session token of this user each time."""

    async def get_token() -> str:
        async with Backend(settings.url(), settings.api_token()) as backend:
            return await backend.users.issue_token(user_id)

    return get_token
