"""Asking programs that backends have named, while somebody waits for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import trio

from chatd.errors import OutgoingFailed, Overloaded
from chatd.outgoing.client import Client
from chatd.outgoing.signing import signed

MAX_ANSWER_BYTES: Final = 64 * 1024
AT_ONCE: Final = 32
MAX_WAITING: Final = 100


class Caller:
    """Asks a few programs at a time."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._turns = trio.CapacityLimiter(AT_ONCE)

    async def call(self, url: str, secret: str, body: Mapping[str, Any]) -> bytes:
        """What a program answers, at most 64 KiB of it. Raises OutgoingFailed, Overloaded."""
        if self._turns.statistics().tasks_waiting >= MAX_WAITING:
            raise Overloaded("Too many programs are being asked; try again.")
        async with self._turns:
            answer = await self._client.post(signed(url, secret, body, MAX_ANSWER_BYTES))
        if not 200 <= answer.status < 300:
            raise OutgoingFailed(f"The program has answered with the status {answer.status}.")
        return answer.body
