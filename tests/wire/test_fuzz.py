"""The laws of laws.py on arbitrary bytes, and on valid input that was damaged; `scripts/fuzz` goes on from here."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.wire.stream_request import StreamRequest
from tests.wire.laws import LAWS, Law

quick = settings(max_examples=100, derandomize=True, deadline=None, database=None)
laws = pytest.mark.parametrize("law", LAWS.values(), ids=LAWS.keys())
damages = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 20), st.binary(max_size=8)), min_size=1, max_size=4)


def damaged(data: bytes, damages: list[tuple[int, int, bytes]]) -> bytes:
    """Bytes with some taken out and others put in, at places counted from the end of the one before."""
    for place, cut, more in damages:
        at = place % (len(data) + 1)
        data = data[:at] + more + data[at + cut :]
    return data


@laws
def test_what_is_valid(law: Law) -> None:
    for seed in law.seeds:
        law.holds(seed)


@laws
@quick
@given(st.binary(max_size=400))
def test_arbitrary_bytes(law: Law, data: bytes) -> None:
    law.holds(data)


@laws
@quick
@given(st.data(), damages)
def test_damaged_input(law: Law, data: st.DataObject, changes: list[tuple[int, int, bytes]]) -> None:
    law.holds(damaged(data.draw(st.sampled_from(law.seeds)), changes))


@laws
@quick
@given(st.data(), st.integers(0, 400), st.integers(0, 400))
def test_two_that_are_joined(law: Law, data: st.DataObject, end: int, start: int) -> None:
    one, other = (data.draw(st.sampled_from(law.seeds)) for _ in range(2))
    law.holds(one[:end] + other[start:])


# What fuzzing has found.


def test_commands_in_a_query_may_hold_any_text() -> None:
    request = StreamRequest(4096, 4096)
    request.feed(b"GET /connection/sse?cf_connect=%22gr%C3%BC%FFn%22 HTTP/1.1\r\nHost: chat.example\r\n\r\n")
    assert request.commands == b'"gr\xc3\xbc\xffn"'


def test_an_origin_that_is_not_ascii_is_repeated_as_it_came() -> None:
    request = StreamRequest(4096, 4096)
    request.feed(b"GET /connection/sse HTTP/1.1\r\nHost: chat.example\r\nOrigin: https://gr\xfcn.example\r\n\r\n")
    assert b"Access-Control-Allow-Origin: https://gr\xfcn.example\r\n" in request.accept()
