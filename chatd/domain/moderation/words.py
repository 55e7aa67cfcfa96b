"""Words that are not wanted in a text, in whatever case and script.

A text is compared as a folded copy of it: in lower case, without differences of width and of invisible characters, and
with a mark at both ends of each word. So a keyword is a literal with marks, its boundaries are those of Unicode, and
what is found leads back to places of the text. Scripts that put no spaces between words have no marks: there a
keyword is found anywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

import re2  # type: ignore[import-untyped]

from chatd.errors import InvalidValue

# Control characters are folded away, so these two are in no folded text otherwise.
_BEGIN: Final = "\x01"
_END: Final = "\x02"

# Scripts without spaces, by how the names of their characters begin.
_UNSPACED: Final = ("CJK ", "HIRAGANA ", "KATAKANA ", "THAI ", "LAO ", "KHMER ", "MYANMAR ", "TIBETAN ")

# What a compiled pattern and its caches may take. Matching goes on without a cache when it is full, only slower.
_WORDS_BYTES: Final = 16 * 1024 * 1024
_REGEX_BYTES: Final = 4 * 1024 * 1024

Span = tuple[int, int]


class Folded(NamedTuple):
    """A folded text, and the place in the text where each of its characters comes from."""

    text: str
    places: list[int]


class Patterns(NamedTuple):
    """A word filter that can be asked; None where there is nothing to look for."""

    words: Any
    regex: Any


@lru_cache(maxsize=32)
def compiled(keywords: tuple[str, ...], regexes: tuple[str, ...]) -> Patterns:
    """The patterns of a word filter. Raises InvalidValue when one is not sound, and names it."""
    literals = [_keyword(nth, keyword) for nth, keyword in enumerate(keywords)]
    for nth, each in enumerate(regexes):
        _compile(each, f'"profanity_filter.regex_filters[{nth}]"', _REGEX_BYTES)
    together = "|".join(f"(?:{each})" for each in regexes)
    return Patterns(
        _compile("|".join(literals), '"profanity_filter.keywords"', _WORDS_BYTES, longest=True) if literals else None,
        _compile(together, '"profanity_filter.regex_filters", together,', _REGEX_BYTES) if regexes else None,
    )


def found_in(text: str, patterns: Patterns) -> list[Span]:
    """Where in a text, which is in the normal form NFC, something is that is not wanted."""
    spans: list[Span] = []
    if patterns.words is not None:
        spans += _words_in(folded(text), patterns.words)
    if patterns.regex is not None:
        spans += [match.span() for match in patterns.regex.finditer(text)]
    return [span for span in spans if span[0] < span[1]]


def masked(text: str, spans: Iterable[Span]) -> str:
    """A text with asterisks in some places."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = "*" * (end - start)
    return "".join(characters)


def folded(text: str) -> Folded:
    """The copy of a text in which words are looked for."""
    characters: list[str] = []
    places: list[int] = []
    is_inside = False
    for place, character in enumerate(text):
        found, is_word = _fold(character)
        if found and is_word != is_inside:
            characters.append(_BEGIN if is_word else _END)
            places.append(place)
            is_inside = is_word
        characters += found
        places += [place] * len(found)
    if is_inside:
        characters.append(_END)
        places.append(len(text))
    return Folded("".join(characters), places)


@lru_cache(maxsize=16_384)
def _fold(character: str) -> tuple[str, bool]:
    """What a character is compared as, nothing when it is invisible, and whether it is part of a word."""
    category = unicodedata.category(character)
    if category in ("Cf", "Cs"):
        return "", False
    if category == "Cc":
        return " ", False
    found = unicodedata.normalize("NFKC", character).casefold()
    is_word = category[0] in "LMN" or character == "_"
    return found, is_word and not unicodedata.name(character, "").startswith(_UNSPACED)


def _words_in(text: Folded, words: Any) -> Iterator[Span]:
    for match in words.finditer(text.text):
        start, end = _to_ends(text.text, *match.span())
        last = text.places[end - 1]
        yield text.places[start], last if text.text[end - 1] == _END else last + 1


def _to_ends(text: str, start: int, end: int) -> Span:
    """What was found, with the rest of the words in which it begins and ends."""
    begin = text.rfind(_BEGIN, 0, start)
    if text[start] != _BEGIN and begin > text.rfind(_END, 0, start):
        start = begin
    rest = text.find(_END, end)
    if text[end - 1] != _END and rest >= 0 and text.find(_BEGIN, end, rest) < 0:
        end = rest + 1
    return start, end


def _keyword(nth: int, keyword: str) -> str:
    """The pattern of a keyword. `*` at an end stands for the rest of the word: there it has no mark."""
    keyword = unicodedata.normalize("NFC", keyword.strip())
    bare = folded(keyword.strip("*")).text
    if keyword.startswith("*"):
        bare = bare.removeprefix(_BEGIN)
    if keyword.endswith("*"):
        bare = bare.removesuffix(_END)
    if not bare.strip():
        raise InvalidValue(f'"profanity_filter.keywords[{nth}]" has nothing that can be looked for.')
    return str(re2.escape(bare))


def _compile(pattern: str, name: str, max_bytes: int, *, longest: bool = False) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.longest_match = longest
    options.max_mem = max_bytes
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        (reason,) = error.args
        raise InvalidValue(f"{name} cannot be used: {reason.decode(errors='replace')}.") from None
