"""What is looked at after each cycle, in a process of its own: whether the store holds what was promised."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from random import Random
from typing import Any

import msgspec
from audience import Audience
from digests import essence, event, result_of
from ledger import BROKEN, LOST, ORDER, TWICE, Ledger, Request, Wrong
from lmdb.verify import VerifyError
from lmdb.verify import verify as verify_pages
from load import actor
from place import MAP_SIZE, Place
from told import Event as Told

from chatd import events
from chatd.domain import COMMANDS, applications, stream
from chatd.domain.verify import verify
from chatd.errors import ChatdError, RequestError, StartError
from chatd.events import Event
from chatd.store import tables
from chatd.store.findings import Findings
from chatd.store.store import Store
from chatd.store.transaction import Transaction

OFFSETS = 12
OLDER_RETRIES = 60
GONE = 400201


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
        self._results: list[tuple[Request, dict[str, Any]]] = []

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
            self._store.read(application.number, self._streams)
        self._note(
            LOST, (f"application {number}" for number in self._ledger.events.keys() - {a.number for a in present})
        )
        self._retry(whole)
        self._store.refresh()
        known = {application.number: self._store.read(application.number, self._new) for application in present}
        heads = {
            application.number: self._store.read(application.number, stream.top).sequence for application in present
        }
        self._store.close()
        return Examined(list(self._wrong), known, heads, self._results, dict(self._counts))

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

    def _streams(self, txn: Transaction) -> None:
        """Whether what clients were told, and what those who come back are told, is what happened."""
        published = {each.sequence: each for each in self._ledger.published[txn.application]}
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
        self._note(LOST, (f"application {txn.application}: {each} was told and is not kept" for each in published))
        for user in self._chance.sample(sorted(heard), min(OFFSETS, len(heard))):
            self._recover(txn, user, heard[user])

    def _compare(self, txn: Transaction, live: Any, told: set[int], heard: set[int]) -> None:
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
            expected = [each for each in heard if each > offset]
            missed = stream.missed(txn, user, offset, len(expected))
            if missed != expected:
                self._wrong.append(Wrong(ORDER, f"user {user} from {offset}: {missed}, not {expected}"))
            if expected and stream.missed(txn, user, offset, len(expected) - 1) is not None:
                self._wrong.append(Wrong(LOST, f"user {user} from {offset}: recovered in part"))
        if stream.missed(txn, user, end + 1, 10) is not None:
            self._wrong.append(Wrong(LOST, f"user {user} recovered what is not there yet"))

    def _retry(self, whole: bool) -> None:
        """Send requests again: those that were answered make nothing and say the same, the others happen once."""
        older = sorted(self._ledger.results.keys() - self._ledger.fresh)
        chosen = older if whole else self._chance.sample(older, min(OLDER_RETRIES, len(older)))
        before = self._heads()
        for request in [*sorted(self._ledger.fresh), *chosen]:
            self._counts["retried"] += 1
            self._expect(request, self._ledger.results[request])
        if self._heads() != before:
            self._wrong.append(Wrong(TWICE, f"retries made something: {before} became {self._heads()}"))
        for request in sorted(self._ledger.unanswered):
            self._counts["unanswered"] += 1
            self._happen_once(request)

    def _happen_once(self, request: Request) -> None:
        before = self._heads()
        first = self._call(request)
        after = self._heads()
        if first is None or (after == before and self._ledger.asked[request].params.get("is_distinct")):
            return
        self._expect(request, first)
        if self._heads() != after:
            self._wrong.append(Wrong(TWICE, f"{request} happened twice"))
        self._results.append((request, first))

    def _expect(self, request: Request, first: dict[str, Any]) -> None:
        again = self._call(request)
        if again is None or again == first:
            return
        if again["id"] == first["id"] and self._is_removed(request[0], again):
            return
        self._wrong.append(Wrong(TWICE, f"{request} again: {again}, first {first}"))

    def _call(self, request: Request) -> dict[str, Any] | None:
        """Send a request again; None when it is refused, as it may be."""
        asked = self._ledger.asked[request]
        command = COMMANDS[asked.command]
        try:
            who = self._store.read(asked.application, actor, asked.user_id)
            input = command.parse(asked.params)
            result = self._store.write_now(asked.application, command.function, who, input)
            self._store.refresh()
        except ChatdError as error:
            # What has not happened yet may have become impossible.
            is_rule = isinstance(error, RequestError) and request in self._ledger.unanswered
            if not is_rule and not self._store.read(asked.application, _is_gone, asked, error):
                self._wrong.append(Wrong(LOST, f"{request} again: {type(error).__name__}: {error.message}"))
            return None
        return result_of(asked.command, result)

    def _is_removed(self, application: int, result: dict[str, Any]) -> bool:
        log = self._store.read(application, lambda txn: txn.require(tables.LOG, result["id"]))
        return isinstance(log.event, events.MessageSent) and log.event.message.is_removed and not result.get("message")

    def _heads(self) -> list[Any]:
        return [self._store.read(each.number, stream.top) for each in self._store.read(0, applications.every)]

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
    """Places in the log of which the contents were taken out: of deleted messages and channels."""
    messages = {each.message_id for each in log.values() if isinstance(each, events.MessageDeleted)}
    channels = {each.channel for each in log.values() if isinstance(each, events.ChannelDeleted)}
    for sequence, each in log.items():
        if isinstance(each, events.MessageSent | events.MessageUpdated):
            message_id = each.message.message_id or sequence
            if message_id in messages or each.message.channel in channels:
                yield sequence


def _is_gone(txn: Transaction, asked: Any, error: ChatdError) -> bool:
    """Whether who or what a request is about has been deleted, so that its first result cannot be told any more."""
    if error.code != GONE:
        return False
    if asked.command == "channels.create" or txn.get(tables.USER_IDS, asked.user_id) is None:
        return True
    return txn.get(tables.CHANNEL_URLS, asked.params["channel_url"]) is None
