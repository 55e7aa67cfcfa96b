"""Words that are not wanted: found whatever their case and script, and only as whole words."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.domain.moderation.words import compiled, folded, found_in, masked
from chatd.errors import InvalidValue


def filtered(text: str, *keywords: str, regexes: tuple[str, ...] = ()) -> str:
    text = unicodedata.normalize("NFC", text)
    return masked(text, found_in(text, compiled(keywords, regexes)))


@pytest.mark.parametrize(
    ("keyword", "text", "expected"),
    [
        ("bad", "Bad, bad BADGER bad-bad", "***, *** BADGER ***-***"),
        ("bad", "_bad bad2 bad", "_bad bad2 ***"),
        ("bad", "ba\u200bd ｂａｄ", "**** ***"),
        ("bad*", "badger rebad bad!", "****** rebad ***!"),
        ("*bad", "badger rebad bad!", "badger ***** ***!"),
        ("*bad*", "badger rebadger bad!", "****** ******** ***!"),
        ("bad word", "bad words, a bad word", "bad words, a ********"),
        ("a$$", "A$$ a$$", "*** ***"),
        ("f*ck", "f*ck fuck", "**** fuck"),
        ("straße", "STRASSE straße straßen", "******* ****** straßen"),
        ("é", "e\u0301 É ée", "* * ée"),
        ("дурак", "Дурак, дураки", "*****, дураки"),
        ("हिन्दी", "हिन्दी हिन्दीया", "****** हिन्दीया"),
        ("笨蛋", "你是笨蛋吗", "你是**吗"),
        ("ばか", "このばか者", "この**者"),
        ("เลว", "คนเลวมาก", "คน***มาก"),
    ],
)
def test_a_keyword_is_found_as_a_whole_word(keyword: str, text: str, expected: str) -> None:
    assert filtered(text, keyword) == expected


def test_the_longest_of_several_keywords_is_taken() -> None:
    assert filtered("bad words, bad word", "bad", "bad word") == "*** words, ********"


def test_regular_expressions_say_for_themselves_what_they_mean() -> None:
    assert filtered("Call 0123 or X", regexes=("[0-9]+", "(?i)x", "a*")) == "C*ll **** or *"


@pytest.mark.parametrize("regex", ["(a", r"(?<=a)b", r"(a)\1", "a{2000}", "[z-a]"])
def test_a_regular_expression_that_is_not_sound_is_named(regex: str) -> None:
    with pytest.raises(InvalidValue, match=re.escape('"profanity_filter.regex_filters[1]" cannot be used: ')):
        compiled((), ("fine", regex))


def test_regular_expressions_that_are_too_large_together_are_refused() -> None:
    with pytest.raises(InvalidValue, match="together"):
        compiled((), tuple(rf"\pL{{{100 + nth}}}" for nth in range(50)))


@pytest.mark.parametrize("keyword", ["", "*", " ** ", "\u200b"])
def test_a_keyword_with_nothing_in_it_is_named(keyword: str) -> None:
    with pytest.raises(InvalidValue, match=re.escape("keywords[1]")):
        compiled(("fine", keyword), ())


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_word_is_found_between_any_others(before: str, after: str) -> None:
    """What is masked has the length that it had, and nothing else has changed."""
    text = unicodedata.normalize("NFC", f"{before} weed {after}")
    spans = found_in(text, compiled(("weed",), ()))
    shown = masked(text, spans)
    assert len(shown) == len(text)
    assert "weed" not in shown.casefold().split()
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(shown[place] == ("*" if place in covered else text[place]) for place in range(len(text)))


@given(st.text(max_size=40))
def test_every_place_of_a_folded_text_is_one_of_the_text(text: str) -> None:
    found = folded(text)
    assert len(found.text) == len(found.places)
    assert found.places == sorted(found.places)
    assert all(0 <= place <= len(text) for place in found.places)


def test_a_hostile_text_takes_no_longer_than_others() -> None:
    """A backtracking engine would take years for this."""
    text = "a" * 5000
    assert found_in(text, compiled((), ("(a*)*b", "(a|aa)+c"))) == []
