"""The session: every request reaches its handler, gets an error, or ends the connection."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, cast

import pytest
import trio
import trio.testing
from hypothesis import given

from chatd.gateway.connection import Connection, State
from chatd.gateway.poller import Poller
from chatd.gateway.rates import CommandRates
from chatd.gateway.session import MAX_CHANNEL_BYTES, Handler, Session
from chatd.wire.codecs import WEBSOCKET_JSON
from chatd.wire.codes import Disconnect
from chatd.wire.messages import Position
from tests.wire import records

IN_CHANNEL = {"subscribe", "publish", "history", "presence", "presence_stats", "sub_refresh"}
ANSWERED = IN_CHANNEL | {"rpc", "refresh", "unsubscribe"}


class Recorder:
    """Stands in for poller and handler: `events` is what the session has done."""

    def __init__(self) -> None:
        self.slice_ends = time.perf_counter() + 3600
        self.events: list[tuple[Any, ...]] = []
        self.paused = 0

    def owe(self, connection: Connection, frame: bytes) -> None:
        message = json.loads(records.payload(frame))
        self.events.append(("error", message["id"], message["error"]["code"]))

    def close(self, connection: Connection, why: Disconnect) -> None:
        connection.state = State.CLOSING
        self.events.append(("close", why.code))

    def begin_slice(self) -> None:
        self.slice_ends = time.perf_counter() + 3600

    def pause(self, connection: Connection, reason: int) -> None:
        self.paused |= reason

    def resume(self, connection: Connection, reason: int) -> None:
        self.paused &= ~reason

    def guard(self, connection: Connection, function: Callable[..., None], argument: object) -> None:
        function(connection, argument)

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda connection, *rest: self.events.append((name, *rest))


def handled(payload: bytes, state: State = State.OPEN) -> list[tuple[Any, ...]]:
    """What becomes of a message."""
    recorder = Recorder()
    session = Session(cast("Poller", recorder), cast("Handler", recorder), CommandRates(1000, 1000))
    connection = Connection(0, 0, WEBSOCKET_JSON)
    connection.state = state
    trio.run(_receive, session, connection, payload)
    assert not recorder.paused
    return recorder.events


async def _receive(session: Session, connection: Connection, payload: bytes) -> None:
    """Let the session have the message, and all turns that it takes."""
    async with trio.open_nursery() as nursery:
        session.receive(connection, payload)
        nursery.start_soon(session.continue_forever)
        await trio.testing.wait_all_tasks_blocked()
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("kind", sorted(ANSWERED))
def test_requests_reach_the_handler(kind: str) -> None:
    ((name, id, record),) = handled(json.dumps({"id": 7, kind: {"channel": "a", "token": "t"}}).encode())
    assert (name, id) == (kind, 7)
    assert getattr(record, "channel", "a") == "a"
    assert getattr(record, "token", "t") == "t"


def test_what_a_request_says_reaches_the_handler() -> None:
    history = {"channel": "a", "limit": -1, "since": {"offset": 3, "epoch": "e"}, "reverse": True}
    ((_, _, record),) = handled(json.dumps({"id": 7, "history": history}).encode())
    assert (record.channel, record.limit, record.since, record.reverse) == ("a", -1, Position(3, "e"), True)
    ((_, _, record),) = handled(b'{"id":7,"publish":{"channel":"a","data":{"b": 1}}}')
    assert (record.channel, bytes(record.data)) == ("a", b'{"b": 1}')
    ((_, sent),) = handled(b'{"send":{"data":[1]}}')
    assert bytes(sent.data) == b"[1]"


@pytest.mark.parametrize("kind", sorted(ANSWERED | {"ping", "send"}))
def test_a_login_comes_first(kind: str) -> None:
    assert handled(json.dumps({"id": 1, kind: {"channel": "a"}}).encode(), State.NEW) == [("close", 3501)]
    assert handled(json.dumps({"id": 1, kind: {"channel": "a"}}).encode(), State.REFUSED) == []


@pytest.mark.parametrize("state", [State.CLOSING, State.CLOSED])
def test_nothing_counts_after_the_end(state: State) -> None:
    assert handled(b'{"id":1,"rpc":{}}\n{"id":2,"connect":{}}', state) == []


@given(records.commands)
def test_each_command_has_one_outcome(commands: list[tuple[int, tuple[str, dict[str, Any]]]]) -> None:
    """The first that ends the connection is the last that counts."""
    events = handled("\n".join(json.dumps({"id": id, kind: request}) for id, (kind, request) in commands).encode())
    for (id, (kind, request)), event in zip(commands, events, strict=False):
        channel = request.get("channel", "")
        if kind == "connect" or (kind in IN_CHANNEL and not channel):
            assert event == ("close", 3501)
            assert event is events[-1]
        elif kind in IN_CHANNEL and len(channel.encode()) > MAX_CHANNEL_BYTES:
            assert event == ("error", id, 107)
        elif kind == "ping":
            assert event == ("error", id, 108)
        else:
            assert event[0] == kind
            assert kind == "send" or event[1] == id
    assert len(events) == len(commands) or events[-1][0] == "close"
