"""Chats of people with a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from chatd.client import Channel, Chat
from tests.sdk.backend import CHANNEL, Backend


@asynccontextmanager
async def chat_of(backend: Backend, user_id: str, url: str = "") -> AsyncIterator[Chat]:
    """One, which may last 40 seconds; `url`: another way to the server."""
    with trio.fail_after(40):
        async with Chat(url or backend.served.url, backend.session(user_id)) as chat:
            yield chat


async def kitchens(*chats: Chat) -> list[Channel]:
    """The channel in which all are, as each of them sees it."""
    return [await chat.channels.find(CHANNEL) for chat in chats]
