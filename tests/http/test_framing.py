"""Where requests begin and end: what is carried out is answered, and what was not read is said to be lost."""

from __future__ import annotations

import pytest
from trio.testing import MockClock

from tests.gateway.conftest import Running
from tests.http.test_connection import PLAIN, Served, answer, rest, served
from tests.http.test_manners import sent

__all__ = ["served"]

ECHO = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n%s\r\nfine"
OLD = b"POST /echo HTTP/1.0\r\nContent-Length: 4\r\n\r\nfine"


@pytest.mark.parametrize("tail", [b"\r\n", b"\n", b"\r", PLAIN + b"\r\n", b"\x00 no request"])
@pytest.mark.parametrize("last", [ECHO % b"Connection: close\r\n", OLD])
async def test_what_follows_a_last_request_is_passed_over(
    served: Served, autojump_clock: MockClock, last: bytes, tail: bytes
) -> None:
    told = await rest(await served.open(last + tail))
    assert told.startswith(b"HTTP/1.1 200 ")
    assert told.count(b"HTTP/1.1 ") == 1
    assert told.endswith(b"fine")


async def test_empty_lines_before_a_request_are_passed_over(served: Served, autojump_clock: MockClock) -> None:
    stream = await served.open(ECHO % b"" + b"\r\n")
    assert (await answer(stream)).startswith(b"HTTP/1.1 200 ")
    await stream.send_all(b"\r\n\r\n" + PLAIN + b"\r\n")
    assert (await answer(stream)).startswith(b"HTTP/1.1 200 ")
    await stream.send_all(b"\r")
    await stream.send_all(b"\n" + PLAIN + b"\r\n")
    assert (await answer(stream)).startswith(b"HTTP/1.1 200 ")


async def test_a_request_with_two_lengths_is_the_last_one(served: Served, autojump_clock: MockClock) -> None:
    both = b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
    first = b"POST /echo HTTP/1.1\r\nHost: x\r\n" + both + b"\r\n4\r\nfine\r\n0\r\n\r\n"
    told = await rest(await served.open(first + PLAIN + b"\r\n"))
    assert told.count(b"HTTP/1.1 ") == 1
    assert b"\r\nconnection: close\r\n" in told.lower()


async def test_an_answer_before_the_body_says_that_the_connection_ends(
    served: Served, autojump_clock: MockClock
) -> None:
    early = b"POST /plain HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n" + bytes(100)
    assert b"\r\nconnection: close\r\n" in (await rest(await served.open(early))).lower()


async def test_a_target_may_name_the_server(running: Running) -> None:
    users = (await sent(running, "GET", "/v3/users")).json()
    for origin in (b"http://chat.example", b"HTTPS://chat.example:1234"):
        found = await sent(running, "GET", "/v3/users", extensions={"target": origin + b"/v3/users"})
        assert found.json() == users


async def test_a_refused_method_says_which_are_taken(running: Running) -> None:
    second_factor = ("/auth/second_factor", "DELETE, GET, HEAD, POST, PUT")
    for path, methods in (("/auth/sessions", "DELETE, GET, HEAD"), second_factor):
        refused = await sent(running, "PATCH", path)
        assert (refused.status_code, refused.headers["allow"]) == (405, methods)
