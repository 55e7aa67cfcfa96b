"""What the samples in Python ask of the Platform API: users who are bots, and their tokens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpx

from chatd.samples import settings

DEADLINE_SECONDS = 20.0
ALREADY_EXISTS = 400_202


async def call(method: str, path: str, **parameters: Any) -> Any:
    """One call; fails as httpx does, and for what is there already answers with that error."""
    headers = {"Api-Token": settings.api_token()}
    async with httpx.AsyncClient(base_url=f"{settings.url()}/v3", headers=headers, timeout=DEADLINE_SECONDS) as http:
        answer = await http.request(method, path, json=parameters)
    told = answer.json()
    if not answer.is_success and told.get("code") != ALREADY_EXISTS:
        answer.raise_for_status()
    return told


async def make_bot(user_id: str, nickname: str, channel_urls: Iterable[str]) -> None:
    """A bot that is connected, and a member of these channels."""
    profile = {"bot_userid": user_id, "bot_nickname": nickname, "bot_profile_url": "", "bot_type": "sample"}
    await call("POST", "/bots", **profile, bot_callback_url="", is_privacy_mode=False)
    if joined := list(channel_urls):
        await call("POST", f"/bots/{user_id}/channels", channel_urls=joined)


def tokens_of(user_id: str) -> Callable[[], Awaitable[str]]:
    """What gives a new session token of this user each time."""

    async def get_token() -> str:
        return str((await call("POST", f"/users/{user_id}/token"))["token"])

    return get_token
