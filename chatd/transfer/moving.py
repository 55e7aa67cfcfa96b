"""Moving a team in: all that another place exported, into an application, also beside a running server.

First all of it is read, and nothing is changed when something is wrong. Then it comes in, a little at a time. What has
come in is found again by its key, so an import that was killed is run again, and one that is run twice adds nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from msgspec.structs import replace

from chatd import events, ids
from chatd.domain.stream import emit
from chatd.domain.tenants import applications
from chatd.errors import NotFound
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.transfer.importing import PAUSE_SECONDS
from chatd.transfer.keeping import Keeper
from chatd.transfer.posting import Files, Poster
from chatd.transfer.settling import Settled
from chatd.transfer.team import Post, Source, Tally, Team

T = TypeVar("T")

# A server beside us waits for a commit of so many messages, users, or marks.
AT_ONCE = 200


class Move:
    """A team on its way into application `number` of a store."""

    def __init__(self, store: Store, number: int, source: Source) -> None:
        self._store = store
        self._number = number
        self._source = source
        self._keeper = Keeper(store.blobs, number, source.archive)
        self.tally = Tally()
        self._settled = Settled()
        self._poster = Poster(self._settled, self.tally)

    def run(self, team: Team) -> None:
        """Bring in everything. Raises StorageFailed."""
        for people in _batches(team.people.values()):
            self._write(self._settled.settle_people, people, self.tally)
        for room in team.rooms.values():
            self._write(self._settled.settle_room, room, team, self.tally, self._source.name)
        for posts in _batches(self._source.posts(self.tally)):
            self._write(self._poster.place, posts, self._files(posts))
        for room in team.rooms.values():
            if room.key in self._settled.channels:
                self._write(self._poster.dismiss_guests, room, team)
                self._store.refresh()
                for part in _batches(self._store.read(self._number, self._poster.marks, room)):
                    self._write(_mark, part)

    def _files(self, posts: list[Post]) -> Files:
        """Keep the files of messages that are yet to come in, before anything names them."""
        self._store.refresh()
        found = {}
        for post in posts:
            if post.attachments:
                is_new = self._store.read(self._number, self._poster.is_new, post)
                if is_new:
                    found[post.key] = self._keeper.keep(post, self.tally)
        return found

    def _write(self, function: Callable[..., None], *args: object) -> None:
        self._store.write_now(self._number, _in_a_new_epoch, function, *args)
        # So that the server's writer, which may wait for its turn, gets it.
        time.sleep(PAUSE_SECONDS)


def _in_a_new_epoch(txn: Transaction, function: Callable[..., None], *args: object) -> None:
    """Change something, and let no client recover beyond it: they were not told of each old message.

    Raises NotFound when the application was deleted meanwhile.
    """
    if not applications.exists(txn, txn.application):
        raise NotFound("Application")
    before = txn.head.sequence
    function(txn, *args)
    if txn.head.sequence != before:
        txn.put(tables.HEAD, value=replace(txn.head, epoch=ids.new_epoch()))


def _mark(txn: Transaction, marks: list[events.ChannelRead]) -> None:
    for mark in marks:
        emit(txn, mark)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while part := list(islice(rest, AT_ONCE)):
        yield part
