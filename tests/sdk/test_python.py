"""The unmodified `centrifuge-python` against chatd."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import httpx
import pytest

from chatd import ids
from tests.sdk.backend import Backend
from tests.sdk.client import Client
from tests.sdk.conversations import answers, converse, opens
from tests.sdk.survival import survive_cuts, survive_kills
from tests.served import Served

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
CLIENT = [sys.executable, str(HERE / "python_client.py")]
CONVERSATION = [sys.executable, str(HERE / "python_conversation.py")]


def test_nothing_is_lost_or_doubled_when_the_server_is_killed(served: Served) -> None:
    survive_kills(served, [CLIENT])


def test_nothing_is_lost_or_doubled_when_the_network_is_cut(served: Served) -> None:
    survive_cuts(served, [CLIENT])


def test_the_stream_from_the_server_and_errors_by_code(shared: Backend) -> None:
    answers(shared, CONVERSATION)


def test_an_unknown_token_ends_it_and_an_expired_one_is_renewed(shared: Backend) -> None:
    assert converse(shared, CONVERSATION, "nonsense") == ["disconnected 3500"]
    soon = ids.now_ms() + 300
    expired = shared.session("ann", expires_at=soon)
    while ids.now_ms() <= soon:
        time.sleep(0.01)
    told = converse(shared, CONVERSATION, expired, shared.session("ann"))
    assert told[:2] == ["asked for a token", "connected ann"]


def test_revoked_sessions_are_closed_at_once(served: Served) -> None:
    backend = Backend(served)
    backend.people("ann", "bob")
    with Client(CLIENT, "receive", backend, "ann", served.port) as client:
        client.wait_for_subscription(1)
        backend.call("DELETE", "/users/ann/token")
        client.wait_until(lambda: {"disconnected": 3500} in client.lines)
        assert "chatd_connections 0.0" in httpx.get(f"{served.url}/metrics", timeout=10, verify=False).text


def test_an_open_channel(shared: Backend) -> None:
    opens(shared, [sys.executable, str(HERE / "python_open.py")])
