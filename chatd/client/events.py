"""What the server tells, for whoever listens."""

from __future__ import annotations

from collections import deque
from typing import Literal, TypedDict, final

import trio

from chatd.client.failures import Overrun
from chatd.client.schema import Publication

# What may wait for somebody who is slow.
MOST_WAITING = 10_000


@final
class StreamReset(TypedDict):
    """Something was missed here, and will not be told any more."""

    type: Literal["stream.reset"]


# `type` says which it is.
Event = Publication | StreamReset


def channel_of(event: Publication) -> str:
    """The URL of the channel in which it happened; "" when it is of none."""
    if "channel_url" in event:
        return event["channel_url"]
    return ""


def moves(event: Publication, user_id: str) -> bool:
    """Whether somebody has become a member of a channel, or is one no more."""
    match event["type"]:
        case "member.joined":
            return any(member["user_id"] == user_id for member in event.get("members", ()))
        case "member.left":
            return any(user["user_id"] == user_id for user in event["users"])
    return False


class Events:
    """`async for event in events`: in order, from when this was made on. Raises Overrun when too many wait."""

    def __init__(self) -> None:
        self._waiting: deque[Event] = deque()
        self._came = trio.Event()
        self._has_ended = False

    def put(self, event: Event) -> None:
        """Something has happened. Who is so far behind that it has no place hears what waits, and then of that."""
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(event)
        else:
            self._has_ended = True
        self._came.set()

    def __aiter__(self) -> Events:
        return self

    async def __anext__(self) -> Event:
        while not self._waiting:
            if self._has_ended:
                raise Overrun(f"More than {MOST_WAITING} events were waiting here.")
            self._came = trio.Event()
            await self._came.wait()
        await trio.lowlevel.checkpoint()
        return self._waiting.popleft()
