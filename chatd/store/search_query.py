"""What is looked for: a small language, and what it matches in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chatd.errors import InvalidValue, TooManyItems
from chatd.store.search_text import Word, is_dense, words

MAX_WORDS = 32
# Each beginning of a word costs as much as all words that begin so.
MAX_PREFIXES = 4
# One letter and a star would be half of all words.
MIN_PREFIX = 2

_PART = re.compile(r'(?P<out>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|\Z)|(?P<word>[^\s"]+))(?P<star>(?<=")\*)?')


class Clause(NamedTuple):
    """Words that follow each other in a message, the last one perhaps only begun; or that must not."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_excluded: bool = False


def parse(query: str) -> tuple[Clause, ...]:
    """What a query asks for; docs/search.md is its language.

    Raises InvalidValue for a query without a word that must be there, TooManyItems for one with too many.
    """
    found = (_clause(match) for match in _PART.finditer(query))
    clauses = tuple(dict.fromkeys(clause for clause in found if clause.words))
    if sum(len(clause.words) for clause in clauses) > MAX_WORDS:
        raise TooManyItems(f'"query" must have no more than {MAX_WORDS} words.')
    if sum(clause.is_prefix for clause in clauses) > MAX_PREFIXES:
        raise TooManyItems(f'"query" must have no more than {MAX_PREFIXES} beginnings of words.')
    if all(clause.is_excluded for clause in clauses):
        raise InvalidValue('"query" must have a word to look for.')
    return clauses


def exactly(query: str) -> tuple[Clause, ...]:
    """The whole query as one phrase. Raises as `parse`."""
    return parse('"' + query.replace('"', " ") + '"')


def matches(clauses: Sequence[Clause], found: Sequence[str]) -> bool:
    """Whether a text with these words is what the clauses ask for."""
    return all((next(_starts(clause, found), None) is None) is clause.is_excluded for clause in clauses)


def marks(clauses: Sequence[Clause], found: Sequence[Word]) -> list[tuple[int, int]]:
    """Where in a text the clauses are met: starts and ends, ascending, without overlaps."""
    texts = [word.text for word in found]
    spans = [
        (found[start].start, found[start + len(clause.words) - 1].end)
        for clause in clauses
        if not clause.is_excluded
        for start in _starts(clause, texts)
    ]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _clause(match: re.Match[str]) -> Clause:
    text = match["phrase"] if match["phrase"] is not None else match["word"]
    found = words(text)
    is_prefix = bool(match["star"]) or (match["phrase"] is None and text.endswith("*"))
    if found and is_dense(found[-1]):
        # Any part of such a run is looked for; its last character alone stands for the end of a run.
        is_prefix = not (len(found) > 1 and is_dense(found[-2]) and len(found[-2]) == 2)
        found = found if is_prefix else found[:-1]
    elif is_prefix and found and len(found[-1]) < MIN_PREFIX:
        raise InvalidValue(f'"query" must have at least {MIN_PREFIX} letters before "*".')
    return Clause(tuple(found), is_prefix, bool(match["out"]))


def _starts(clause: Clause, found: Sequence[str]) -> Iterator[int]:
    """Where in a list of words a clause begins."""
    *whole, last = clause.words
    for start in range(len(found) - len(whole)):
        there = found[start + len(whole)]
        fits = there.startswith(last) if clause.is_prefix else there == last
        if fits and list(found[start : start + len(whole)]) == whole:
            yield start
