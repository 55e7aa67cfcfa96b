"""Frames: any message, in any pieces, comes out as it went in; what breaks the protocol is refused."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.wire.frames import (
    BINARY,
    CLOSE,
    PING,
    TEXT,
    Frame,
    FrameDecoder,
    FrameError,
    encode_close,
    encode_frame,
    parse_close,
)
from tests.wire.seeds import masked

LIMIT = 70_000
masks = st.binary(min_size=4, max_size=4)

# How bytes arrive: in one piece, one by one, and in pieces with something of the next one behind them.
Deliver = Callable[[bytes], list[bytes]]
ARRIVALS: dict[str, Deliver] = {
    "whole": lambda raw: [raw],
    "byte by byte": lambda raw: [raw[place : place + 1] for place in range(len(raw))],
    "with a tail": lambda raw: [raw[place : place + 7] for place in range(0, len(raw), 7)],
}
arrivals = pytest.mark.parametrize("deliver", ARRIVALS.values(), ids=ARRIVALS.keys())


def fragments(opcode: int, payload: bytes, cuts: list[int]) -> bytes:
    """A message as several frames, cut at the given places."""
    places = [0, *sorted(cut for cut in cuts if cut <= len(payload)), len(payload)]
    parts = [payload[a:b] for a, b in pairwise(places)]
    made = b""
    for n, part in enumerate(parts):
        fin = 0x80 if n == len(parts) - 1 else 0
        made += masked(fin | (opcode if n == 0 else 0), part)
    return made


texts = st.text(max_size=200).map(lambda text: (TEXT, text.encode()))
payloads = st.one_of(texts, st.tuples(st.just(BINARY), st.binary(max_size=300)))
messages = st.lists(st.tuples(payloads, masks), max_size=6)


@given(messages, st.lists(st.integers(0, 900)))
def test_the_pieces_in_which_bytes_arrive_do_not_matter(
    sent: list[tuple[tuple[int, bytes], bytes]], cuts: list[int]
) -> None:
    stream = b"".join(masked(0x80 | opcode, payload, mask) for (opcode, payload), mask in sent)
    decoder = FrameDecoder(LIMIT)
    places = [0, *sorted(cut for cut in cuts if cut <= len(stream)), len(stream)]
    received = [frame for a, b in pairwise(places) for frame in decoder.feed(stream[a:b])]
    assert received == [Frame(opcode, payload) for (opcode, payload), _ in sent]
    assert decoder.idle


@arrivals
@given(st.lists(st.tuples(payloads, st.lists(st.integers(0, 60), max_size=3)), max_size=5))
def test_fragmented_messages_and_whole_ones_in_turns(
    deliver: Deliver, sent: list[tuple[tuple[int, bytes], list[int]]]
) -> None:
    raw = b"".join(fragments(opcode, payload, cuts) for (opcode, payload), cuts in sent)
    decoder = FrameDecoder(LIMIT)
    received = [frame for piece in deliver(raw) for frame in decoder.feed(piece)]
    assert received == [Frame(opcode, payload) for (opcode, payload), _ in sent]
    assert decoder.idle


@arrivals
def test_a_wrong_text_after_a_long_one(deliver: Deliver) -> None:
    raw = fragments(TEXT, b"x" * 50, [20]) + fragments(TEXT, b"\xff" * 30, [10])
    decoder = FrameDecoder(LIMIT)
    with pytest.raises(FrameError) as raised:
        for piece in deliver(raw):
            decoder.feed(piece)
    assert raised.value.code == 1007


@given(st.text(max_size=100), st.lists(st.integers(0, 400), max_size=4), st.binary(max_size=125))
def test_a_fragmented_message_is_whole_again_and_pings_may_come_between(
    text: str, cuts: list[int], ping: bytes
) -> None:
    stream = fragments(TEXT, text.encode(), cuts)
    first_end = 6 + (stream[1] & 0x7F) if stream[1] & 0x7F < 126 else len(stream)
    stream = stream[:first_end] + masked(0x80 | PING, ping) + stream[first_end:]
    frames = FrameDecoder(LIMIT).feed(stream)
    assert sorted(frames) == sorted([Frame(PING, ping), Frame(TEXT, text.encode())])


@arrivals
@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536])
def test_every_length_encoding(size: int, deliver: Deliver) -> None:
    payload = bytes(place % 251 for place in range(size))
    decoder = FrameDecoder(LIMIT)
    pieces = deliver(masked(0x80 | BINARY, payload))
    assert [frame for piece in pieces for frame in decoder.feed(piece)] == [Frame(BINARY, payload)]
    assert decoder.idle
    header = {True: 2, False: 4 if size < 65_536 else 10}[size <= 125]
    assert len(encode_frame(BINARY, payload)) == size + header


@arrivals
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\x81\x05hello", 1002),  # not masked
        (b"\xc1\x80abcd", 1002),  # reserved bit
        (masked(0x83, b""), 1002),  # unknown opcode
        (masked(0x09, b""), 1002),  # fragmented ping
        (b"\x89\xfe\x00\x7eabcd" + bytes(126), 1002),  # long ping
        (masked(0x80, b"x"), 1002),  # continuation of nothing
        (masked(0x01, b"a") + masked(0x81, b"b"), 1002),  # message inside a message
        (b"\x81\xfe\x00\x05abcd" + bytes(5), 1002),  # length not minimal
        (b"\x82\xff" + (65_535).to_bytes(8, "big") + b"abcd", 1002),
        (b"\x82\xff" + (1 << 63).to_bytes(8, "big") + b"abcd", 1002),
        (b"\x82\xff" + (LIMIT + 1).to_bytes(8, "big") + b"abcd", 1009),  # refused on its header alone
        (masked(0x02, bytes(LIMIT)) + masked(0x80, b"x"), 1009),
        (masked(0x81, b"\xc3\x28"), 1007),
        (masked(0x01, b"\xc3") + masked(0x80, b"\x28"), 1007),
    ],
)
def test_what_breaks_the_protocol_is_refused(raw: bytes, code: int, deliver: Deliver) -> None:
    decoder = FrameDecoder(LIMIT)
    with pytest.raises(FrameError) as raised:
        for piece in deliver(masked(0x80 | PING, b"?") + raw + b"tail"):
            decoder.feed(piece)
    assert raised.value.code == code


def test_text_may_be_cut_inside_a_character() -> None:
    assert FrameDecoder(LIMIT).feed(masked(0x01, b"\xc3") + masked(0x80, b"\xa9")) == [Frame(TEXT, "é".encode())]


@arrivals
def test_a_control_frame_between_the_pieces_of_a_text(deliver: Deliver) -> None:
    raw = masked(TEXT, b"\xf0\x9f") + masked(0x80 | PING, b"\xff") + masked(0x80, b"\x98\x80")
    decoder = FrameDecoder(LIMIT)
    received = [frame for piece in deliver(raw) for frame in decoder.feed(piece)]
    assert received == [Frame(PING, b"\xff"), Frame(TEXT, "\U0001f600".encode())]


@given(st.text(max_size=6), st.binary(min_size=1, max_size=6), st.lists(st.integers(0, 30), max_size=3))
def test_text_is_refused_at_the_first_wrong_byte(text: str, noise: bytes, cuts: list[int]) -> None:
    """However it is cut into frames: what counts is the last byte that may still be UTF-8."""
    payload = text.encode() + noise
    reference = codecs.getincrementaldecoder("utf-8")()
    wrong = next((place for place, byte in enumerate(payload) if not accepts(reference, bytes((byte,)))), None)
    decoder = FrameDecoder(LIMIT)
    for frame, start in frames_of(payload, cuts):
        for place in range(len(frame)):
            # The payload of so short a frame begins at its seventh byte.
            if place >= 6 and start + place - 6 == wrong:
                with pytest.raises(FrameError) as raised:
                    decoder.feed(frame[place : place + 1])
                assert raised.value.code == 1007
                return
            decoder.feed(frame[place : place + 1])
    assert wrong is None


def accepts(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def frames_of(payload: bytes, cuts: list[int]) -> list[tuple[bytes, int]]:
    """The frames of a text that goes on behind them, each with the place of its payload."""
    places = [0, *sorted(cut for cut in cuts if cut <= len(payload)), len(payload)]
    return [(masked(0 if a or n else TEXT, payload[a:b]), a) for n, (a, b) in enumerate(pairwise(places))]


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535])
def test_close_codes_that_may_not_be_sent(code: int) -> None:
    with pytest.raises(FrameError):
        parse_close(code.to_bytes(2, "big"))


def test_close_round_trip_and_long_reasons() -> None:
    frame = encode_close(3001, "é" * 100)
    assert frame[0] == 0x80 | CLOSE
    code, reason = parse_close(frame[2:])
    assert (code, len(reason)) == (3001, 61)
    assert parse_close(b"") == (1000, "")
    with pytest.raises(FrameError):
        parse_close(b"\x03")


def test_a_message_in_more_fragments_than_its_size_is_worth() -> None:
    decoder = FrameDecoder(LIMIT)
    some = 128 + LIMIT // 64
    assert decoder.feed(masked(TEXT, b"a") + masked(0, b"") * some) == []
    with pytest.raises(FrameError) as refused:
        decoder.feed(masked(0, b"") * 2)
    assert refused.value.code == 1009
    whole = FrameDecoder(LIMIT)
    for _ in range(2):
        assert (
            whole.feed(masked(TEXT, b"a") + masked(0, b"b") * 1000 + masked(0x80, b""))[0].payload == b"a" + b"b" * 1000
        )
