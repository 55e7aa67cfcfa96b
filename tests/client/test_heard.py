"""Which messages of a channel were told."""

from __future__ import annotations

from chatd.client.heard import MOST, Heard


def test_what_was_there_and_what_was_told_is_known_and_what_was_passed_over_is_not() -> None:
    heard = Heard()
    heard.restart(10)
    heard.add(12)
    heard.add(15)
    assert [each in heard for each in (3, 10, 11, 12, 13, 15, 16)] == [True, True, False, True, False, True, False]
    assert heard.last == 15
    heard.restart(20)
    assert 13 in heard


def test_little_is_remembered_of_very_many() -> None:
    heard = Heard()
    for each in range(2, 2 * MOST + 12, 2):
        heard.add(each)
    assert [each in heard for each in (2, 11, 13, 14)] == [True, False, False, True]
