"""What clients are told: live, and when they come back."""

from __future__ import annotations

from collections import Counter, defaultdict
from random import Random

from audience import Audience
from digests import essence
from ledger import LOST, ORDER, Wrong
from told import Published

from chatd.domain import stream
from chatd.store import tables
from chatd.store.transaction import Transaction

USERS = 12  # who come back, of each application


class Streams:
    """Compares what was told with what the log says. What is wrong is added to `wrong`."""

    def __init__(self, published: list[Published], chance: Random, wrong: list[Wrong], counts: Counter[str]) -> None:
        self._published = published
        self._chance = chance
        self._wrong = wrong
        self._counts = counts
        self._tells: dict[int, bool] = {}

    def compare(self, txn: Transaction) -> None:
        """Whether what clients were told, and what those who come back are told, is what happened."""
        published = {each.sequence: each for each in self._published}
        audience = Audience()
        heard: defaultdict[int, list[int]] = defaultdict(list)
        log = [(key[0], entry.event) for key, entry in txn.scan(tables.LOG)]
        for sequence, told in audience.walk(log):
            for user in told:
                heard[user].append(sequence)
            live = published.pop(sequence, None)
            if live is not None and live.essence[0]:
                self._counts["published"] += 1
                self._compare(txn, live, told, audience.heard(live.channel, live.joined, live.user))
        for each in published:
            self._wrong.append(Wrong(LOST, f"application {txn.application}: {each} was told and is not kept"))
        for user in self._chance.sample(sorted(heard), min(USERS, len(heard))):
            self._recover(txn, user, heard[user])

    def _compare(self, txn: Transaction, live: Published, told: set[int], heard: set[int]) -> None:
        where = f"application {txn.application}: {live.sequence}"
        if told != heard:
            self._wrong.append(Wrong(LOST, f"{where} was told to {heard}, not to {told}"))
        again = stream.told(txn, live.sequence)
        if again is not None and essence(again) != tuple(live.essence):
            self._wrong.append(Wrong(ORDER, f"{where} was told as {live.essence}, is now {essence(again)}"))

    def _recover(self, txn: Transaction, user: int, heard: list[int]) -> None:
        """Come back at some place, and at the last one told."""
        end = txn.head.sequence
        for offset in (self._chance.randint(0, end), heard[-1], self._chance.choice(heard) - 1):
            self._counts["recoveries"] += 1
            missed = stream.missed(txn, user, offset, len(heard))
            # Of what was removed since, nothing is told, and recovery may pass over it.
            told = [each for each in missed or () if self._is_told(txn, each)]
            expected = [each for each in heard if each > offset and self._is_told(txn, each)]
            if missed is None or told != expected:
                self._wrong.append(Wrong(ORDER, f"user {user} from {offset}: {missed}, not {expected}"))
            if missed and stream.missed(txn, user, offset, len(missed) - 1) is not None:
                self._wrong.append(Wrong(LOST, f"user {user} from {offset}: recovered in part"))
        if stream.missed(txn, user, end + 1, 10) is not None:
            self._wrong.append(Wrong(LOST, f"user {user} recovered what is not there yet"))

    def _is_told(self, txn: Transaction, sequence: int) -> bool:
        if sequence not in self._tells:
            self._tells[sequence] = stream.told(txn, sequence) is not None
        return self._tells[sequence]
