"""What clients missed while they were away."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import orjson

from chatd.domain import stream
from chatd.gateway.counters import Counters
from chatd.gateway.hub import Hub
from chatd.model import Actor, Head
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.wire.messages import SubscribeRequest
from chatd.wire.replies import Publication, SubscribeResult

# Publications that are kept for others who missed them too; twice as many at most.
KEPT = 4096
# What a publication needs besides its data, bytes at most.
AROUND_DATA = 64

_NOTHING = msgspec.Raw(b"")

Missed = Callable[[Transaction, int, int], list[int] | None]


class Recovery:
    """Finds the events after a position, whole or not at all.

    The members of a channel come back together and have missed the same, so what was lately rendered is kept.
    `limit` is the most events of one recovery, `byte_limit` the most bytes of its publications: a client that was
    sent more than its backlog holds would be closed, come back and ask for it again.
    """

    def __init__(self, store: Store, hub: Hub, counters: Counters, limit: int, byte_limit: int) -> None:
        self._store = store
        self._hub = hub
        self._counters = counters
        self._limit = limit
        self._byte_limit = byte_limit
        self._kept: dict[tuple[int, int], msgspec.Raw] = {}
        self._older: dict[tuple[int, int], msgspec.Raw] = {}
        self._forgotten = 0

    def subscribed(self, actor: Actor, request: SubscribeRequest) -> SubscribeResult:
        """The stream of a client from where it left it, or from now on."""
        user = actor.user
        assert user is not None
        return self._from(
            actor.application, request, lambda txn, offset, limit: stream.missed(txn, user, offset, limit)
        )

    def entered(self, application: int, channel: int, request: SubscribeRequest) -> SubscribeResult:
        """The stream of an open channel from where a client left it, or from now on."""
        return self._from(
            application, request, lambda txn, offset, limit: stream.missed_in(txn, channel, offset, limit)
        )

    def _from(self, application: int, request: SubscribeRequest, missed_by: Missed) -> SubscribeResult:
        if not request.recover:
            return _from_now(self._store.read(application, stream.top))
        if self._forgotten != self._hub.forgotten:
            self._forgotten = self._hub.forgotten
            self._kept, self._older = {}, {}
        result = self._store.read(application, self._recover, request, missed_by)
        self._counters.recovered += result.recovered
        self._counters.unrecovered += not result.recovered
        return result

    def _recover(self, txn: Transaction, request: SubscribeRequest, missed_by: Missed) -> SubscribeResult:
        top = stream.top(txn)
        missed = None
        if request.epoch in ("", top.epoch):
            missed = missed_by(txn, request.offset, self._limit)
        publications = None if missed is None else self._publications(txn, missed)
        if publications is None:
            return _from_now(top, was_recovering=True)
        return _from_now(
            # With publications the position stays where the client was: it advances with each of them.
            Head(request.offset if publications else top.sequence, top.time, top.epoch),
            was_recovering=True,
            publications=publications,
        )

    def _publications(self, txn: Transaction, sequences: list[int]) -> list[Publication] | None:
        """Those events that are told, ascending; None when they are too many bytes."""
        found, size = [], 0
        for sequence in sequences:
            data = self._data(txn, sequence)
            size += memoryview(data).nbytes + AROUND_DATA
            if size > self._byte_limit:
                return None
            if data is not _NOTHING:
                found.append(Publication(data, sequence))
        return found

    def _data(self, txn: Transaction, sequence: int) -> msgspec.Raw:
        """What an event is told as, in JSON; empty for one that is told to nobody."""
        key = (txn.application, sequence)
        data = self._kept.get(key)
        if data is None:
            data = self._older.get(key)
            if data is None:
                resource = stream.told(txn, sequence)
                data = _NOTHING if resource is None else msgspec.Raw(orjson.dumps(resource))
            self._keep(key, data)
        return data

    def _keep(self, key: tuple[int, int], data: msgspec.Raw) -> None:
        if len(self._kept) >= KEPT:
            self._older, self._kept = self._kept, {}
        self._kept[key] = data


def _from_now(
    head: Head, *, was_recovering: bool = False, publications: list[Publication] | None = None
) -> SubscribeResult:
    """The stream from a position. It has no gaps: what is published is told in order, or the connection is closed."""
    return SubscribeResult(
        head.epoch,
        head.sequence,
        recovered=publications is not None,
        was_recovering=was_recovering,
        publications=publications or [],
        recoverable=True,
        positioned=True,
    )
