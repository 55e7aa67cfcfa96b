"""The bots among the samples, as Ann sees them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.sample import Sample
from tests.sdk.backend import Backend

pytestmark = pytest.mark.slow

DEADLINE_SECONDS = 20


def said(backend: Backend, user_id: str) -> list[str]:
    return [each["message"] for each in backend.history() if (each["user"] or {}).get("user_id") == user_id]


def until(reached: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_echo_says_it_again_and_later(backend: Backend, start: Callable[..., Sample]) -> None:
    start("echo")
    for message in ("/echo Tea is ready", "/remind 3s Drink it", "/remind me", "hello"):
        backend.say("ann", message)
    reminder = "Ann, you wanted to hear this: Drink it"
    until(lambda: reminder in said(backend, "echo"))
    answers = said(backend, "echo")
    assert {"Tea is ready", "In 3s, then.", reminder} <= set(answers)
    assert len(answers) == 4
    (told,) = (each for each in backend.history() if each["message"] == reminder)
    assert [user["user_id"] for user in told["mentioned_users"]] == ["ann"]


class Model(BaseHTTPRequestHandler):
    """Answers in four pieces, the last of them when it may; or breaks."""

    asked: dict[str, Any]
    goes_on = threading.Event()
    breaks = False

    def do_POST(self) -> None:
        Model.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Model.asked["key"] = self.headers["Authorization"]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for piece in ("Boil", " the", " water"):
            self._say({"choices": [{"delta": {"content": piece}}]})
        Model.goes_on.wait(DEADLINE_SECONDS)
        if not Model.breaks:
            self._say({"choices": [{"delta": {"content": " first."}}]})
            self.wfile.write(b"data: [DONE]\n\n")
        else:
            self.wfile.write(b"data: broken\n\n")

    def _say(self, told: Any) -> None:
        self.wfile.write(f"data: {json.dumps(told)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def model_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("breaks", "ending"),
    [(False, "Boil the water first."), (True, "Boil the water\n\nI cannot answer at the moment.")],
)
def test_the_assistant_writes_while_the_model_answers(
    backend: Backend, start: Callable[..., Sample], model_url: str, breaks: bool, ending: str
) -> None:
    Model.breaks = breaks
    Model.goes_on.clear()
    start("assistant", MODEL_URL=model_url, MODEL="small", MODEL_KEY="secret")
    backend.say("ann", "Bob, are you there?")
    backend.say("ann", "Sage, how do I make tea?")
    until(lambda: said(backend, "sage") and said(backend, "sage")[-1].endswith("…"))
    assert Model.asked["key"] == "Bearer secret"
    assert Model.asked["messages"][-1] == {"role": "user", "content": "Ann: Sage, how do I make tea?"}
    assert len(said(backend, "sage")) == 1 + breaks
    Model.goes_on.set()
    until(lambda: said(backend, "sage")[-1] == ending)
    assert len(said(backend, "sage")) == 1 + breaks
