"""Codes: the ranges that tell clients what to do."""

from __future__ import annotations

import pytest

from chatd.wire import codes
from chatd.wire.codes import Disconnect, Error, Unsubscribe

ALL = [each for each in vars(codes).values() if isinstance(each, Error | Unsubscribe | Disconnect)]
FINAL = [*range(3500, 4000), *range(4500, 5000), 1009]


def of(kind: type) -> list[int]:
    return sorted({each.code for each in ALL if isinstance(each, kind)})


def test_the_table_is_whole() -> None:
    assert of(Error) == list(range(100, 114))
    assert of(Unsubscribe) == [2000, 2500, 2501, 2502]
    closes = [3000, 3001, 3004, 3005, 3006, *range(3008, 3015), *range(3500, 3510)]
    assert of(Disconnect) == [1000, *closes]


def test_who_comes_back_is_a_matter_of_ranges() -> None:
    for code in range(1000, 6000):
        assert Disconnect(code, "").reconnects == (code not in FINAL)
    for code in range(2000, 3000):
        assert Unsubscribe(code, "").resubscribes == (code >= 2500)


def test_what_is_temporary() -> None:
    assert sorted({each.code for each in ALL if isinstance(each, Error) and each.temporary}) == [100, 111, 113]
    assert sorted({each.code for each in ALL if isinstance(each, Error) and each.reconnects}) == [100, 109, 111, 113]


@pytest.mark.parametrize("each", ALL, ids=lambda each: str(each.code))
def test_reasons_fit_into_a_close_frame_and_errors_have_words(each: Error | Unsubscribe | Disconnect) -> None:
    text = each.message if isinstance(each, Error) else each.reason
    assert text or each is codes.NORMAL
    assert len(text.encode()) < 124
