"""A request on a stream of HTTP/2, and what has come of it."""

from __future__ import annotations

from typing import Final

import trio

MAX_ANSWER_BYTES: Final = 16 * 1024


class NotProcessed(Exception):
    """The server has not looked at the request: it may be made again without being made twice."""


class Broken(Exception):
    """The connection or the stream ended before the answer: whether the request was looked at is not known."""


class Exchange:
    """`left` of the body is still to be sent. `done` is set when there is an answer or a `failure`."""

    def __init__(self, body: bytes) -> None:
        self.left = body
        self.status = 0
        self.body = bytearray()
        self.failure: Exception | None = None
        self.done = trio.Event()

    def take(self, data: bytes) -> None:
        """Bytes of the answer's body; of more than 16 KiB the rest is dropped."""
        self.body += data[: MAX_ANSWER_BYTES - len(self.body)]

    def fail(self, failure: Exception) -> None:
        """There is no answer, and will be none."""
        if not self.done.is_set():
            self.failure = failure
            self.done.set()

    def answer(self) -> tuple[int, bytes]:
        """Status and body. Raises NotProcessed, Broken."""
        if self.failure is not None:
            raise self.failure
        return self.status, bytes(self.body)
