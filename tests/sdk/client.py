"""A client with an unmodified SDK, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from tests.sdk.backend import CHANNEL, Backend

DEADLINE_SECONDS = 30


class Client:
    """Runs `python_client.py` or `client.mjs` as a user, and reads the lines that it writes.

    It gets its session token from the backend itself.
    """

    def __init__(self, program: list[str], role: str, backend: Backend, user_id: str, port: int) -> None:
        where = f"http://127.0.0.1:{port}"
        tokens = f"{backend.served.url}/v3/users/{user_id}/token"
        command = [*program, role, where, tokens, backend.token, CHANNEL]
        self.user_id = user_id
        self.lines: list[dict[str, Any]] = []
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def wait_until(self, reached: Callable[[], bool]) -> None:
        """Until something is so, as long as the client runs."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not reached():
            assert self.process.poll() is None, "the client ended early"
            assert time.monotonic() < deadline, "the client is stuck"
            time.sleep(0.002)

    def wait_for_subscription(self, times: int) -> None:
        """Until the stream has been there so many times."""
        self.wait_until(lambda: len(self.subscribed) >= times)

    def wait_for_acknowledgements(self, count: int) -> None:
        """Until so many more messages were sent."""
        goal = len(self.acknowledged) + count
        self.wait_until(lambda: len(self.acknowledged) >= goal)

    def wait_for_end(self) -> None:
        """Until it has received the last message, disconnected and gone."""
        assert self.process.wait(DEADLINE_SECONDS) == 0
        self._reader.join()

    def start_sending(self) -> None:
        """Tell a sender that everybody is there."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def stop_sending(self) -> None:
        """Tell a sender to send nothing more, and wait until it has sent what it had begun to."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.wait_until(lambda: {"sent": "all"} in self.lines)

    @property
    def subscribed(self) -> list[bool]:
        """Of each time the stream was there: whether everything missed before was recovered."""
        return [line["recovered"] for line in self.lines if "recovered" in line]

    @property
    def acknowledged(self) -> list[tuple[int, str]]:
        """Message id and `req_id` of each acknowledgement."""
        return [(line["acknowledged"], line["req_id"]) for line in self.lines if "acknowledged" in line]

    @property
    def received(self) -> list[tuple[int, str]]:
        """Message id and `req_id` of each message on the stream."""
        return [(line["message_id"], line["req_id"]) for line in self.lines if "offset" in line]

    @property
    def offsets(self) -> list[int]:
        """Where in the stream they were."""
        return [line["offset"] for line in self.lines if "offset" in line]

    @property
    def sent_again(self) -> list[str]:
        """The `req_id` of each send that had to be repeated."""
        return [line["again"] for line in self.lines if "again" in line]
