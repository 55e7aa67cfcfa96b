"""Channels of a test server: streams that are kept for a while, and who is subscribed to them."""

from __future__ import annotations

import secrets
from collections import deque

import msgspec

from chatd.gateway.connection import Connection
from chatd.wire.messages import HistoryRequest, SubscribeRequest
from chatd.wire.replies import ClientInfo, HistoryResult, Publication, SubscribeResult

KEPT = 100
KEPT_BY_PREFIX = {"smallhistory:": 2}


class Channel:
    """`subscribers` are those who get what is published; `offset` is that of the last publication."""

    def __init__(self, name: str) -> None:
        kept = next((kept for prefix, kept in KEPT_BY_PREFIX.items() if name.startswith(prefix)), KEPT)
        self.name = name
        self.subscribers: dict[Connection, ClientInfo] = {}
        self._epoch = secrets.token_hex(4)
        self._offset = 0
        self._publications: deque[Publication] = deque(maxlen=kept)

    def publish(self, data: msgspec.Raw, info: ClientInfo) -> Publication:
        """Add to the stream."""
        self._offset += 1
        publication = Publication(data, self._offset, info)
        self._publications.append(publication)
        return publication

    def position(self, request: SubscribeRequest) -> SubscribeResult:
        """The stream for a client that begins to read it, with what it missed when that is known to be all."""
        oldest = self._offset - len(self._publications)
        recovered = request.recover and request.epoch in ("", self._epoch) and oldest <= request.offset <= self._offset
        return SubscribeResult(
            epoch=self._epoch,
            offset=request.offset if recovered else self._offset,
            recovered=recovered,
            was_recovering=request.recover,
            publications=[each for each in self._publications if each.offset > request.offset] if recovered else [],
            recoverable=True,
            positioned=True,
        )

    def history(self, request: HistoryRequest) -> HistoryResult | None:
        """What is kept, from a position on or back from there; None when that is one of another stream."""
        since, found = request.since, list(self._publications)
        if since is not None:
            if since.epoch not in ("", self._epoch):
                return None
            way = -1 if request.reverse else 1
            found = [each for each in found if (each.offset - since.offset) * way > 0]
        if request.reverse:
            found.reverse()
        return HistoryResult(found[: request.limit] if request.limit >= 0 else found, self._epoch, self._offset)
