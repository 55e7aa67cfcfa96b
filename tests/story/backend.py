"""A backend: calls the Platform API over real sockets, and goes on when the server was gone for a moment."""

from __future__ import annotations

import http.client
import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote, urlencode

from tests.served import Served

PATIENCE_SECONDS = 30.0
AT_ONCE = 8


class Refused(Exception):
    """An answer that is an error, with its code."""

    def __init__(self, status: int, answer: Any) -> None:
        super().__init__(f"{status}: {answer}")
        self.code = answer["code"]


class Backend:
    """An application's backend. Each thread has a connection of its own."""

    def __init__(self, served: Served) -> None:
        self._port = served.port
        self._token = served.command("token", "create", "main").splitlines()[-1].split()[-1]
        self._local = threading.local()

    def __call__(self, method: str, path: str, **body: Any) -> Any:
        """One call. Raises Refused, and, when it is not repeated, OSError or HTTPException if the server goes away."""
        return self.surely(method, path, **body) if method == "GET" else self._once(method, path, body)

    def surely(self, method: str, path: str, **body: Any) -> Any:
        """One call, again and again until the server answers: of something that may be repeated."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self._once(method, path, body)
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def pages(self, path: str, name: str, **query: Any) -> Iterator[Any]:
        """All items of a list."""
        token = ""
        while True:
            page = self("GET", f"{path}?{urlencode(query | {'limit': 100, 'token': token})}")
            yield from page[name]
            token = page["next"]
            if not token:
                return

    def load(self, url: str) -> bytes:
        """A file, by its address alone."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self._port}{url}", timeout=20) as answer:
            loaded: bytes = answer.read()
            return loaded

    def _once(self, method: str, path: str, body: dict[str, Any]) -> Any:
        try:
            return self._ask(method, path, json.dumps(body) if body else None)
        except (OSError, http.client.HTTPException):
            self._local.__dict__.pop("connection", None)
            raise

    def _ask(self, method: str, path: str, body: str | None) -> Any:
        connection = self._local.__dict__.setdefault(
            "connection", http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        )
        headers = {"Api-Token": self._token, "Content-Type": "application/json"}
        connection.request(method, f"/v3{path}", body, headers)
        answer = connection.getresponse()
        found = json.loads(answer.read())
        if answer.status != 200:
            raise Refused(answer.status, found)
        return found


def side_by_side(function: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    """The results of a function for each item, several at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(function, items))


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait for something. Raises AssertionError when it does not come."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def segment(text: str) -> str:
    """A segment of a path."""
    return quote(text, safe="")
