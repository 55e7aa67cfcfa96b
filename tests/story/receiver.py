"""The other side of webhooks, bots and pushes: notes what comes, and whether it is signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

TAKING_SECONDS = 0.02
Answering = Callable[["Received"], bool]


class Received(NamedTuple):
    """What came to a path."""

    path: str
    delivery: str
    retry: int
    signature: str
    body: bytes

    @property
    def said(self) -> Any:
        """The JSON of it."""
        return json.loads(self.body)

    def is_signed(self, secret: str) -> bool:
        """Whether it comes from who knows the secret."""
        return hmac.compare_digest(self.signature, hmac.new(secret.encode(), self.body, hashlib.sha256).hexdigest())


class Receiver:
    """A server in threads. `answering` says for a path whether what came was taken; else the answer is 503."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.received: list[Received] = []
        self.answering: dict[str, Answering] = {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                came = _received(self)
                receiver.received.append(came)
                # Not taken at once, so that there is something in the middle of which the server is killed.
                time.sleep(TAKING_SECONDS)
                answer = receiver.answering.get(came.path)
                self.send_response(204 if answer is None or answer(came) else 503)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing is printed."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Take nothing more."""
        self._server.shutdown()
        self._server.server_close()

    def at(self, path: str) -> list[Received]:
        """What came to a path so far."""
        return [each for each in list(self.received) if each.path == path]

    def unmarked_twice(self, path: str) -> list[str]:
        """Deliveries that came more than once without saying so."""
        first = Counter(each.delivery for each in self.at(path) if each.retry == 0)
        return [delivery for delivery, count in first.items() if count > 1]


def _received(handler: BaseHTTPRequestHandler) -> Received:
    headers = handler.headers
    body = handler.rfile.read(int(headers["content-length"]))
    retry = int(headers.get("x-chatd-retry", "0"))
    return Received(
        handler.path, headers.get("x-chatd-delivery", ""), retry, headers.get("x-chatd-signature", ""), body
    )
