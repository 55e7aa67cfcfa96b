"""Text as search sees it: folded, and cut into words.

Folding takes away what people do not type or do not mind: case, accents, width. Scripts that write no spaces are cut
into overlapping pairs, so that whatever part of a sentence is looked for is found.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# A longer word is cut into pieces of this length, which follow each other like the words of a phrase.
MAX_WORD = 64

# Letters that no decomposition takes apart, but that people type without what makes them special.
_PLAIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n"}
)
# Accents and the like. Not the vowel signs of Indic scripts, nor the voicing of kana: these make other words.
_ACCENTS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u1ab0-\u1aff"
_ACCENTS += "\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u200b-\u200f\u2060\U0001f3fb-\U0001f3ff"
_ACCENT = re.compile(f"[{_ACCENTS}]+")

# Written without spaces between words, or with endings joined on: Han, kana, Hangul, Thai, Lao, Burmese, Khmer.
_DENSE = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff"
_DENSE += "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
_PICTURES = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_MARKS = "".join(chr(each) for each in range(0x300, 0x3100) if unicodedata.category(chr(each))[0] == "M")
_WORD = re.compile(rf"[{_DENSE}]+|[{_PICTURES}]|(?:(?![{_DENSE}{_PICTURES}])(?:[^\W_]|[{re.escape(_MARKS)}]))+")
_ASCII_WORD = re.compile(rf"[a-z0-9]{{1,{MAX_WORD}}}")
_LONG = re.compile(rf"(\S{{{MAX_WORD}}})(?=\S)")
_IS_DENSE = re.compile(f"[{_DENSE}]")

_ASCII_WORDS = bytes(ord(chr(each).lower()) if chr(each).isalnum() and each < 128 else 32 for each in range(256))


class Word(NamedTuple):
    """A word of a folded text: from `start` to before `end`, in characters."""

    text: str
    start: int
    end: int


class _Folded(dict[int, str]):
    """What each character is folded to, found out once."""

    def __missing__(self, code: int) -> str:
        plain = _ACCENT.sub("", unicodedata.normalize("NFKD", chr(code))).casefold().translate(_PLAIN)
        # Casefolding may have brought an accent back.
        folded = self[code] = unicodedata.normalize("NFC", _ACCENT.sub("", plain))
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Text without differences of case, accents and width."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).translate(_FOLDED)


def searchable(text: str) -> str:
    """The words of a text with spaces between them: what an index takes."""
    folded = text if text.isascii() else fold(text)
    if folded.isascii():
        spaced = folded.encode("ascii").translate(_ASCII_WORDS).decode("ascii")
        is_long = len(spaced) > MAX_WORD and max(map(len, spaced.split()), default=0) > MAX_WORD
        return _LONG.sub(r"\1 ", spaced) if is_long else spaced
    return " ".join(word.text for word in _cut(folded))


def words(text: str) -> list[str]:
    """The words of a text, in their order."""
    return searchable(text).split()


def places(text: str) -> list[Word] | None:
    """The words of a text, as `words`, and where in it they are; None when folding has moved them."""
    if text.isascii():
        return [Word(match[0], *match.span()) for match in _ASCII_WORD.finditer(text.lower())]
    if unicodedata.normalize("NFKC", text) != text:
        return None
    folded = [_FOLDED[ord(character)] for character in text]
    origins = [place for place, characters in enumerate(folded) for _ in characters]
    return [Word(word.text, origins[word.start], origins[word.end - 1] + 1) for word in _cut("".join(folded))]


def is_dense(word: str) -> bool:
    """Whether a word is of a script that is cut into pairs of characters."""
    return _IS_DENSE.match(word) is not None


def _cut(folded: str) -> list[Word]:
    found: list[Word] = []
    for match in _WORD.finditer(folded):
        start, end = match.span()
        # Of a dense run the last character stands alone, so that every place has a word that begins there.
        step, length = (1, 2) if is_dense(match[0]) else (MAX_WORD, MAX_WORD)
        for at in range(start, end, step):
            found.append(Word(folded[at : min(at + length, end)], at, min(at + length, end)))
    return found
