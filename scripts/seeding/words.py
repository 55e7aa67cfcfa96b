"""Texts as people write them, as far as a search index can tell: few words come often, most seldom."""

from __future__ import annotations

from itertools import accumulate
from random import Random

LENGTH = 100  # bytes of each text
VOCABULARY = 5000
# Every so many texts end with a number that hardly comes again.
RARE = 16

_TAPE = 400_000
_LAST = range(3, 11)
_SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvz" for vowel in "aeiou"]


class Words:
    """Gives texts of exactly `LENGTH` bytes, the same ones for the same random numbers."""

    def __init__(self, random: Random) -> None:
        self._random = random.random
        words = _vocabulary(random)
        # The frequency of a word falls with its rank (Zipf-Mandelbrot).
        weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
        tape = random.choices(words, cum_weights=weights, k=_TAPE)
        self._starts = [0, *accumulate(len(word) + 1 for word in tape[:-20])]
        self._tape = " ".join(tape)
        self._by_length = {length: [word for word in words if len(word) == length] for length in _LAST}

    def text(self) -> str:
        """Words from a random place of the tape, and a last one that fills what is left."""
        start = self._starts[int(self._random() * len(self._starts))]
        text = self._tape[start : start + LENGTH - _LAST.start]
        text = text[: text.rindex(" ") + 1]
        left = LENGTH - len(text)
        chance = self._random()
        if chance < 1 / RARE or left not in self._by_length:
            return text + str(int(self._random() * 10**15)).zfill(left)[:left]
        fitting = self._by_length[left]
        return text + fitting[int(chance * len(fitting))]


def _vocabulary(random: Random) -> list[str]:
    """Words to be spoken, the shorter ones more often first, as in languages."""
    words: set[str] = set()
    while len(words) < VOCABULARY:
        words.add("".join(random.choices(_SYLLABLES, k=random.choice((1, 2, 2, 3, 3, 4, 5)))) + random.choice(" nrs"))
    # Sorted once more before: the order of a set is another in each process.
    return sorted(sorted(word.strip() for word in words), key=lambda word: len(word) + 6 * random.random())
