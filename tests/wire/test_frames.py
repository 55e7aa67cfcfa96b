"""Frames: any message, in any pieces, comes out as it went in; what breaks the protocol is refused."""

from __future__ import annotations

from contextlib import suppress
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

LIMIT = 70_000
masks = st.binary(min_size=4, max_size=4)


def masked(first: int, payload: bytes, mask: bytes = b"abcd") -> bytes:
    """A client's frame, made the slow and obvious way."""
    size = len(payload)
    if size <= 125:
        head = bytes((first, 0x80 | size))
    elif size < 1 << 16:
        head = bytes((first, 0x80 | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, 0x80 | 127)) + size.to_bytes(8, "big")
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


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
messages = st.lists(st.tuples(st.one_of(texts, st.tuples(st.just(BINARY), st.binary(max_size=300))), masks), max_size=6)


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


@given(st.text(max_size=100), st.lists(st.integers(0, 400), max_size=4), st.binary(max_size=125))
def test_a_fragmented_message_is_whole_again_and_pings_may_come_between(
    text: str, cuts: list[int], ping: bytes
) -> None:
    stream = fragments(TEXT, text.encode(), cuts)
    first_end = 6 + (stream[1] & 0x7F) if stream[1] & 0x7F < 126 else len(stream)
    stream = stream[:first_end] + masked(0x80 | PING, ping) + stream[first_end:]
    frames = FrameDecoder(LIMIT).feed(stream)
    assert sorted(frames) == sorted([Frame(PING, ping), Frame(TEXT, text.encode())])


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536])
def test_every_length_encoding(size: int) -> None:
    payload = bytes(size)
    assert FrameDecoder(LIMIT).feed(masked(0x80 | BINARY, payload)) == [Frame(BINARY, payload)]
    header = {True: 2, False: 4 if size < 65_536 else 10}[size <= 125]
    assert len(encode_frame(BINARY, payload)) == size + header


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
def test_what_breaks_the_protocol_is_refused(raw: bytes, code: int) -> None:
    with pytest.raises(FrameError) as raised:
        FrameDecoder(LIMIT).feed(raw)
    assert raised.value.code == code


def test_text_may_be_cut_inside_a_character() -> None:
    assert FrameDecoder(LIMIT).feed(masked(0x01, b"\xc3") + masked(0x80, b"\xa9")) == [Frame(TEXT, "é".encode())]


@given(st.binary(max_size=300))
def test_no_bytes_make_the_decoder_fail_otherwise(raw: bytes) -> None:
    with suppress(FrameError):
        FrameDecoder(LIMIT).feed(raw)


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
