"""The limit on attempts: laws of the sliding minute."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.errors import RateLimited
from chatd.http.attempts import MAX_KEYS, WINDOW_SECONDS, Attempts

LIMIT = 5


def begins(attempts: Attempts, key: str, now: float) -> bool:
    try:
        attempts.begin(key, now)
    except RateLimited:
        return False
    return True


@given(st.lists(st.floats(0, 30), max_size=60))
def test_no_minute_has_more_than_the_limit(pauses: list[float]) -> None:
    attempts, now, begun = Attempts(LIMIT), 0.0, []
    for pause in pauses:
        now += pause
        if begins(attempts, "ann", now):
            begun.append(now)
    assert all(later - first >= WINDOW_SECONDS for first, later in zip(begun, begun[LIMIT:], strict=False))


def test_waiting_as_told_is_enough() -> None:
    attempts = Attempts(LIMIT)
    for second in range(LIMIT):
        attempts.begin("ann", second)
    with pytest.raises(RateLimited) as refused:
        attempts.begin("ann", 10)
    assert 0 < refused.value.retry_after <= WINDOW_SECONDS
    attempts.begin("ann", 10 + refused.value.retry_after)


def test_keys_do_not_touch_each_other_and_success_costs_nothing() -> None:
    attempts = Attempts(LIMIT)
    for second in range(100):
        attempts.begin("ann", second)
        attempts.succeed("ann", second)
    assert [begins(attempts, "bob", 100) for _ in range(LIMIT + 1)] == [True] * LIMIT + [False]
    assert begins(attempts, "ann", 100)


def test_many_keys_take_bounded_room() -> None:
    attempts = Attempts(1)
    for number in range(MAX_KEYS + 1):
        attempts.begin(str(number), 0)
    assert begins(attempts, "0", 1)
    assert not begins(attempts, str(MAX_KEYS), 1)
