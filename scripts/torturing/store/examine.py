"""What is looked at after each cycle, in a process of its own: whether the store holds what was promised."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import msgspec
from digests import event
from ledger import BROKEN, LOST, ORDER, TWICE, Ledger, Request, Wrong
from lmdb.verify import VerifyError
from lmdb.verify import verify as verify_pages
from place import MAP_SIZE, Place
from retries import Retries
from streams import Streams
from told import Event as Told

from chatd import events
from chatd.domain import stream
from chatd.domain.tenants import applications
from chatd.domain.upkeep.verify import verify
from chatd.errors import StartError
from chatd.events import Event
from chatd.store import tables
from chatd.store.findings import Findings
from chatd.store.store import Store
from chatd.store.transaction import Transaction

OLDER_RETRIES = 60
# Events of which nobody is told.
QUIET = (events.ActNoted, events.BookmarksRemoved, events.LeftoversRemoved, events.TracesRemoved)


class Examined(msgspec.Struct):
    """What was found, and what the store is known to hold from now on."""

    wrong: list[tuple[str, str]]
    events: dict[int, list[Told]] = {}
    heads: dict[int, int] = {}
    results: list[tuple[Request, dict[str, Any]]] = []
    counts: dict[str, int] = {}


def examine(report: int, place: Place, ledger: Ledger, seed: str, whole: bool) -> None:
    """Examine a store and write what was found. `whole`: retry every request, not those of this cycle and some more."""
    found = Examination(place, ledger, Random(seed)).run(whole)
    raw = msgspec.msgpack.encode(found)
    while raw:
        raw = raw[os.write(report, raw) :]


class Examination:
    """One look at a store."""

    def __init__(self, place: Place, ledger: Ledger, chance: Random) -> None:
        self._place = place
        self._ledger = ledger
        self._chance = chance
        self._wrong: list[Wrong] = []
        self._counts: Counter[str] = Counter()

    def run(self, whole: bool) -> Examined:
        """Look at everything."""
        try:
            if self._place.data.exists():
                self._note(BROKEN, (f"pages: {error}" for error in verify_pages(str(self._place.data))))
            self._store = Store.open(self._place.store, MAP_SIZE)
        except (VerifyError, StartError) as error:
            return Examined([(BROKEN, f"the store cannot be opened: {error}")])
        findings = Findings()
        verify(self._store, findings, self._pass)
        self._note(BROKEN, (f"{name}: {findings.examples[name]}" for name in findings.counts))
        present = self._store.read(0, applications.every)
        for application in present:
            self._log(application.number)
            streams = Streams(self._ledger.published[application.number], self._chance, self._wrong, self._counts)
            self._store.read(application.number, streams.compare)
        self._note(
            LOST, (f"application {number}" for number in self._ledger.events.keys() - {a.number for a in present})
        )
        retries = Retries(self._store, self._ledger, self._wrong, self._counts)
        retries.run(self._chance, OLDER_RETRIES if not whole else len(self._ledger.results))
        known = {application.number: self._store.read(application.number, self._new) for application in present}
        heads = {
            application.number: self._store.read(application.number, stream.top).sequence for application in present
        }
        self._store.close()
        return Examined(list(self._wrong), known, heads, retries.results, dict(self._counts))

    def _pass(self, count: int) -> None:
        """Count the entries and events that `verify` has looked at."""
        self._counts["verified"] += count

    def _note(self, kind: str, what: Iterator[str]) -> None:
        self._wrong.extend(Wrong(kind, each) for each in what)

    def _log(self, application: int) -> None:
        """Whether the log holds what was acknowledged, unchanged, and each request once."""
        log = self._store.read(application, lambda txn: {key[0]: entry.event for key, entry in txn.scan(tables.LOG)})
        removed = set(_removed(log))
        for sequence, promised in self._ledger.events[application].items():
            self._counts["events"] += 1
            if sequence not in log:
                self._wrong.append(Wrong(LOST, f"application {application}: event {sequence}"))
                continue
            held = self._store.read(application, event, sequence)
            if held.digest != promised.digest and not (sequence in removed and held.digest == promised.scrubbed):
                self._wrong.append(
                    Wrong(LOST, f"application {application}: event {sequence} is another: {log[sequence]}")
                )
        for sequence in self._ledger.untold[application]:
            if not isinstance(log.get(sequence), QUIET):
                what = f"application {application}: nobody was told of {sequence} before what came later"
                self._wrong.append(Wrong(ORDER, what))
        self._requests(application, log)

    def _requests(self, application: int, log: dict[int, Event]) -> None:
        names = {user.number: user.user_id for user in self._store.read(application, _users)}
        times = Counter((application, names[user], req_id) for user, req_id in _req_ids(log) if req_id)
        for request, count in times.items():
            if count > 1:
                self._wrong.append(Wrong(TWICE, f"{request} is {count} times in the log"))
        for request in self._ledger.results:
            if request[0] == application and request not in times:
                self._wrong.append(Wrong(LOST, f"{request}"))
        self._note(BROKEN, (f"{each} was refused, and kept" for each in self._ledger.refused & times.keys()))

    def _new(self, txn: Transaction) -> list[Told]:
        """What of the log was not known to be there."""
        known = self._ledger.events[txn.application]
        return [event(txn, key[0]) for key, _ in txn.scan(tables.LOG) if key[0] not in known]


def _users(txn: Transaction) -> list[Any]:
    return [user for _, user in txn.scan(tables.USERS)]


def _req_ids(log: dict[int, Event]) -> Iterator[tuple[int, str]]:
    for each in log.values():
        if isinstance(each, events.MessageSent):
            yield each.message.sender, each.message.req_id
        elif isinstance(each, events.ChannelCreated):
            yield each.channel.created_by, each.req_id


def _removed(log: dict[int, Event]) -> Iterator[int]:
    """Places in the log of which the contents were taken out: of deleted messages, reactions to them, and channels."""
    messages = {each.message_id for each in log.values() if isinstance(each, events.MessageDeleted)}
    channels = {each.channel for each in log.values() if isinstance(each, events.ChannelDeleted)}
    for sequence, each in log.items():
        if isinstance(each, events.MessageSent | events.MessageUpdated):
            message_id = each.message.message_id or sequence
            if message_id in messages or each.message.channel in channels:
                yield sequence
        elif isinstance(each, events.BookmarksRemoved):
            yield from each.reacted
