"""Requests that are sent again: those that were answered make nothing and say the same, the others happen once."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from digests import result_of
from ledger import LOST, TWICE, Ledger, Request, Wrong
from load import actor
from told import Asked

from chatd import events
from chatd.domain import COMMANDS, stream
from chatd.domain.tenants import applications
from chatd.errors import ChatdError, NotFound, RequestError
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction


class Retries:
    """Sends requests again. `results` are those that were not answered before; what is wrong is added to `wrong`."""

    def __init__(self, store: Store, ledger: Ledger, wrong: list[Wrong], counts: Counter[str]) -> None:
        self.results: list[tuple[Request, dict[str, Any]]] = []
        self._store = store
        self._ledger = ledger
        self._wrong = wrong
        self._counts = counts

    def run(self, chance: Random, count: int) -> None:
        """Those of this cycle, and so many older ones."""
        older = sorted(self._ledger.results.keys() - self._ledger.fresh)
        chosen = chance.sample(older, min(count, len(older)))
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
        self.results.append((request, first))

    def _expect(self, request: Request, first: dict[str, Any]) -> None:
        asked = self._ledger.asked[request]
        if self._store.read(asked.application, _is_another, asked.user_id, first["id"]):
            return
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


def _is_another(txn: Transaction, user_id: str, first: int) -> bool:
    """Whether a user's id has gone to a new user since event `first`: users have the numbers of their first events."""
    number = txn.get(tables.USER_IDS, user_id)
    return number is not None and number > first


def _is_gone(txn: Transaction, asked: Asked, error: ChatdError) -> bool:
    """Whether who or what a request is about has been deleted, so that its first result cannot be told any more."""
    if not isinstance(error, NotFound):
        return False
    if asked.command == "channels.create" or txn.get(tables.USER_IDS, asked.user_id) is None:
        return True
    return txn.get(tables.CHANNEL_URLS, asked.params["channel_url"]) is None
