"""Durable sends through the writer as the gateway hands them to it, and beside it bare LMDB with the same bytes."""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import trio

from chatd.cli.serve import tune
from chatd.domain import COMMANDS
from chatd.domain.tenants import applications
from chatd.domain.users.people import find_user
from chatd.gateway import service
from chatd.gateway.counters import Counters
from chatd.gateway.hub import Hub
from chatd.gateway.latencies import Latencies
from chatd.gateway.slowest import Slowest
from chatd.model import Actor
from chatd.store import tables
from chatd.store import writer as writing
from chatd.store.changes import Changes
from chatd.store.files import open_databases, open_environment
from chatd.store.store import Store
from chatd.store.transaction import Transaction

MAP_SIZE = 16 << 30
USERS = 1000
CHANNELS = 100
MEMBERS = 10
TEXT = "x" * 100
SEND = COMMANDS["messages.send"]
# Of an even flow of sends, so many are handed over at once.
TICK_SECONDS = 0.001

Group = list[tuple[int, list[tuple[bytes, bytes]]]]


def run(options: argparse.Namespace) -> dict[str, float]:
    """As many sends as can be, then half as many each second, evenly; then the same bytes without chatd."""
    with tempfile.TemporaryDirectory(prefix="chatd-bench-") as name:
        home = Path(name)
        store = Store.open(home / "store", MAP_SIZE)
        people = _people(store)
        store.back_up(home / "backups")
        with _recorded(store) as groups:
            rate, processor = trio.run(_measure, store, people, lambda writer: _all_at_once(writer, people, options))
        with _recorded(store) as even_groups:
            waits = trio.run(
                _measure, store, people, lambda writer: _evenly(writer, people, rate / 2, options.store_sends)
            )
        store.close()
        (backup,) = (home / "backups").iterdir()
        bare_rate = _bare(backup, groups, options.store_sends)
        bare_waits = _bare_evenly(backup, even_groups, rate / 2)
    return {
        "sends per second": round(rate),
        "processor microseconds of each": round(processor * 1e6, 1),
        "sends in a group": round(options.store_sends / len(groups), 1),
        "bare LMDB, the same bytes": round(bare_rate),
        "ratio": round(rate / bare_rate, 3),
        "half the rate: p50 milliseconds": round(waits[len(waits) // 2] * 1000, 2),
        "half the rate: p99 milliseconds": round(waits[len(waits) * 99 // 100] * 1000, 2),
        "bare LMDB at this rate: p50 milliseconds": round(bare_waits[len(bare_waits) // 2] * 1000, 2),
        "bare LMDB at this rate: p99 milliseconds": round(bare_waits[len(bare_waits) * 99 // 100] * 1000, 2),
    }


def _people(store: Store) -> list[tuple[Actor, str]]:
    """Members of channels who will send: each with the URL of a channel."""
    application = store.write_now(0, applications.create, "bench").number
    backend = Actor(application, None, None)

    def call(txn: Transaction, name: str, **params: Any) -> None:
        COMMANDS[name].function(txn, backend, COMMANDS[name].parse(params))

    def fill(txn: Transaction) -> None:
        for number in range(USERS):
            call(txn, "users.create", user_id=f"user{number}", nickname=f"User {number}")
        for number in range(CHANNELS):
            members = [f"user{number * MEMBERS + each}" for each in range(MEMBERS)]
            call(txn, "channels.create", channel_url=f"channel{number}", user_ids=members)

    store.write_now(application, fill)
    store.refresh()
    found = []
    for number in range(USERS):
        user = store.read(application, find_user, f"user{number}")
        found.append((Actor(application, user.number, user.user_id), f"channel{number // MEMBERS}"))
    return found


async def _measure(store: Store, people: list[Any], work: Callable[[Any], Any]) -> Any:
    """Run `work` with a writer whose publications go to a hub where nobody listens."""
    store.refresh()
    hub = Hub(store, Counters(), lambda *_: None, lambda *_: None)
    writer = writing.Writer(store, hub.publish)
    tune()
    gc.collect()
    gc.freeze()
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.serve)
        result = await work(writer)
        nursery.cancel_scope.cancel()
    return result


class _Sender:
    """Sends for one after the other of `people`, as a gateway does for its connections."""

    def __init__(self, writer: writing.Writer, people: list[tuple[Actor, str]], seed: int) -> None:
        self._services: Any = SimpleNamespace(writer=writer, latencies=Latencies(), slowest=Slowest())
        self._services.note_call = partial(service.Services.note_call, self._services)
        self._people = people
        # A repeated number would be a repeated request.
        self._random = Random(seed)

    def send(self, done: Callable[[Any, Any], None]) -> None:
        """Hand a message over; `done` is called after its commit."""
        number = self._random.getrandbits(64)
        actor, channel_url = self._people[number % len(self._people)]
        params = {"channel_url": channel_url, "message": TEXT, "req_id": f"{number:016x}"}
        service.submit(self._services, actor, SEND, params, done)


async def _all_at_once(writer: writing.Writer, people: list[Any], options: argparse.Namespace) -> tuple[float, float]:
    """Sends per second when each of many callers sends again as soon as it was answered; processor seconds of each."""
    sender = _Sender(writer, people, 1)
    finished = trio.Event()
    sent = answered = 0

    def again(result: Any, error: Any) -> None:
        nonlocal sent, answered
        if error is not None:
            raise error
        answered += 1
        if answered == options.store_sends:
            finished.set()
        elif sent < options.store_sends:
            sent += 1
            sender.send(again)

    began, before = time.perf_counter(), time.process_time()
    for _ in range(min(options.callers, options.store_sends)):
        sent += 1
        sender.send(again)
    await finished.wait()
    processor = (time.process_time() - before) / options.store_sends
    return options.store_sends / (time.perf_counter() - began), processor


async def _evenly(writer: writing.Writer, people: list[Any], rate: float, sends: int) -> list[float]:
    """Seconds from when each send was due to its answer, ascending, at a rate that does not wait for answers."""
    sender = _Sender(writer, people, 2)
    waits: list[float] = []
    due: deque[float] = deque()

    def done(result: Any, error: Any) -> None:
        if error is not None:
            raise error
        waits.append(time.perf_counter() - due.popleft())

    began = time.perf_counter()
    sent = 0
    while sent < sends:
        await trio.sleep(TICK_SECONDS)
        while sent < sends and began + sent / rate <= time.perf_counter():
            due.append(began + sent / rate)
            sent += 1
            sender.send(done)
    while len(waits) < sends:
        await trio.sleep(TICK_SECONDS)
    return sorted(waits)


@contextmanager
def _recorded(store: Store) -> Iterator[list[Group]]:
    """What each group gives to LMDB meanwhile: by table, sorted, as it does."""
    groups: list[Group] = []

    class Recording(Changes):
        def flush(self, raw: Any, databases: dict[int, Any]) -> bool:
            groups.append(list(self.written.items()))  # type: ignore[arg-type]
            return super().flush(raw, databases)

    writing.Changes = Recording  # type: ignore[misc]
    try:
        yield groups
    finally:
        writing.Changes = Changes  # type: ignore[misc]
    groups[:] = [[(number, sorted(written.items())) for number, written in group] for group in groups]  # type: ignore[attr-defined]


def _bare(directory: Path, groups: list[Group], sends: int) -> float:
    """Sends per second when LMDB is given what they wrote, beginning with the same file: groups, keys, fsyncs."""
    with open_environment(directory, MAP_SIZE) as environment:
        databases = open_databases(environment, directory)
        began = time.perf_counter()
        for group in groups:
            with environment.begin(write=True) as raw:
                for number, items in group:
                    raw.cursor(db=databases[number]).putmulti(items)
        return sends / (time.perf_counter() - began)


def _bare_evenly(directory: Path, groups: list[Group], rate: float) -> list[float]:
    """Seconds that each send would have waited for LMDB alone, ascending.

    It is given a group when the last send of it is due; when it is late, all that are due at once, as the writer does.
    """
    sizes = [sum(len(items) for number, items in group if number == tables.LOG.number) for group in groups]
    waits: list[float] = []
    with open_environment(directory, MAP_SIZE) as environment:
        databases = open_databases(environment, directory)
        began = time.perf_counter()
        while groups:
            time.sleep(max(0.0, began + (len(waits) + sizes[0]) / rate - time.perf_counter()))
            first = len(waits)
            with environment.begin(write=True) as raw:
                while groups and began + (first + sizes[0]) / rate <= time.perf_counter():
                    for number, items in groups.pop(0):
                        raw.cursor(db=databases[number]).putmulti(items)
                    first += sizes.pop(0)
            ended = time.perf_counter()
            waits += [ended - began - each / rate for each in range(len(waits), first)]
    return sorted(waits)
