"""How long is waited before the next try."""

from __future__ import annotations

from chatd.client.pauses import LEAST, MOST, STEADY, Pauses

MANY = 200


def _longest(tries: int, *connections: float) -> float:
    """Of the first pause after so many tries in vain before each connection, which stood so many seconds."""
    found = 0.0
    for _ in range(MANY):
        pauses = Pauses()
        for stood in connections:
            for _ in range(tries):
                pauses.next()
            pauses.after(stood)
        found = max(found, pauses.next())
    return found


def test_tries_before_a_connection_do_not_count_after_it() -> None:
    assert _longest(10, STEADY) <= LEAST
    assert _longest(10, 0.1) <= 2 * LEAST
    assert LEAST < _longest(10, 0.1, 0.1) <= 4 * LEAST


def test_what_never_was_a_connection_changes_nothing() -> None:
    assert _longest(10, -float("inf")) > MOST / 2


def test_short_connections_count_until_one_that_lasts() -> None:
    assert _longest(1, *[0.1] * 10) > MOST / 2
    assert _longest(1, *[0.1] * 10, STEADY) <= LEAST
