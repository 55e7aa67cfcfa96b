"""What was promised: everything that the victims of one store have told, and whether they told it well."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from told import Answered, Asked, Event, Line, Published

LOST, TWICE, ORDER, BROKEN = "lost", "twice", "out of order", "broken"
Request = tuple[int, str, str]  # application, user id, req_id

# Refusals that say that the disk, and not a rule, is why.
_DISK = {"StorageFailed"}


class Wrong(NamedTuple):
    """A broken promise: what kind, and what happened."""

    kind: str
    what: str


class Ledger:
    """Acknowledged events by application and sequence number, and requests with the results they were given.

    `unanswered` are requests of which nobody knows whether they happened, `refused` those that must not have.
    `published` is what clients were told in this cycle, `heads` where each log ended before it. `untold` are events
    that they heard nothing of when they heard of later ones.
    """

    def __init__(self) -> None:
        self.events: defaultdict[int, dict[int, Event]] = defaultdict(dict)
        self.results: dict[Request, dict[str, Any]] = {}
        self.asked: dict[Request, Asked] = {}
        self.fresh: set[Request] = set()
        self.unanswered: set[Request] = set()
        self.refused: set[Request] = set()
        self.published: defaultdict[int, list[Published]] = defaultdict(list)
        self.untold: defaultdict[int, set[int]] = defaultdict(set)
        self.heads: dict[int, int] = {}
        self._last: dict[int, int] = {}

    def begin(self) -> None:
        """A cycle begins."""
        self.published.clear()
        self.untold.clear()
        self.fresh.clear()
        self.unanswered.clear()
        self.refused.clear()
        self._last = dict(self.heads)

    def absorb(self, lines: list[Line], *, is_certain: bool, is_next: bool) -> list[Wrong]:
        """Take in what a victim has told; what is wrong with it already.

        Unless `is_certain` a refused commit may be on disk all the same: its head page was. `is_next`: another victim
        of this cycle was before, and may have told clients less than it has kept.
        """
        calls: dict[int, Asked] = {}
        heard: set[int] = set()
        wrong: list[Wrong] = []
        for line in lines:
            if isinstance(line, Asked):
                calls[line.number] = line
                self._ask(line)
            elif isinstance(line, Answered):
                wrong += self._answer(calls[line.number], line, is_certain)
            elif isinstance(line, Published):
                wrong += self._hear(line, may_skip=is_next and line.application not in heard)
                heard.add(line.application)
        return wrong

    def _ask(self, asked: Asked) -> None:
        request = request_of(asked)
        if request and request not in self.results:
            self.asked[request] = asked
            self.unanswered.add(request)
            self.refused.discard(request)

    def _answer(self, asked: Asked, answered: Answered, is_certain: bool) -> list[Wrong]:
        events = self.events[asked.application]
        wrong = []
        for event in answered.events:
            last = self._last.get(asked.application, 0)
            if event.sequence <= last:
                wrong.append(Wrong(ORDER, f"event {event.sequence} was acknowledged after {last}"))
            self._last[asked.application] = event.sequence
            events[event.sequence] = event
        request = request_of(asked)
        # A request for a distinct channel that was there made nothing, and is not remembered.
        if request and (answered.error or answered.events or not asked.params.get("is_distinct")):
            wrong += self._answer_request(request, answered, is_certain)
        return wrong

    def _answer_request(self, request: Request, answered: Answered, is_certain: bool) -> list[Wrong]:
        if answered.error:
            # After a refused head page nobody knows; a rule that refuses says that it had not happened before.
            if answered.error not in _DISK or is_certain:
                self.unanswered.discard(request)
            if answered.error in _DISK and is_certain and request not in self.results:
                self.refused.add(request)
            return []
        self.unanswered.discard(request)
        result = answered.result or {}
        first = self.results.setdefault(request, result)
        self.fresh.add(request)
        if first["id"] == result["id"]:
            return []
        return [Wrong(TWICE, f"{request} was answered with {result}, first with {first}")]

    def _hear(self, published: Published, *, may_skip: bool) -> list[Wrong]:
        """Clients are told of an event: the next one that is to be told."""
        told = self.published[published.application]
        last = told[-1].sequence if told else self.heads.get(published.application, 0)
        told.append(published)
        if published.sequence > last:
            if not may_skip:
                self.untold[published.application].update(range(last + 1, published.sequence))
            return []
        return [Wrong(ORDER, f"{published.application}: {published.sequence} was published after {last}")]


def request_of(asked: Asked) -> Request | None:
    """Which request a call is; None for one that cannot be repeated."""
    req_id = asked.params.get("req_id")
    return (asked.application, asked.user_id, req_id) if req_id else None
