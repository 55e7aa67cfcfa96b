"""The process that is tortured: the real store, the real writer and the real commands, on a disk of ours."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any, NamedTuple

import trio
from digests import essence, event, result_of
from disk import Disk
from fault import Fault
from load import Ask, actor, choose
from place import MAP_SIZE, Place
from sabotage import SABOTAGES
from told import Answered, Asked, Counted, Event, Noted, Published, tell

from chatd.domain import COMMANDS
from chatd.domain.tenants import applications
from chatd.domain.upkeep.purge import purge
from chatd.errors import ChatdError, StartError
from chatd.model import Publication
from chatd.store.store import Store
from chatd.store.transaction import Transaction

Answer = Callable[[Any, ChatdError | None], None]

APPLICATIONS = ("main", "shop")
CLIENTS = 5  # of each application
PURGED_AT_ONCE = 20
REPEATED = 0.15  # of all calls


class Order(NamedTuple):
    """What is to happen: `commands` is how many each client calls."""

    place: Place
    seed: str
    fault: Fault
    commands: int
    sabotage: str = ""


def suffer(report: int, order: Order) -> None:
    """Open or make the store and do what clients want, until killed or nothing is left to do."""
    Victim(report, order).live()


class Victim:
    """The victim in its own process."""

    def __init__(self, report: int, order: Order) -> None:
        self._tell = partial(tell, report)
        self._order = order
        self._chance = Random(order.seed)
        self._disk = Disk(order.place, order.fault, lambda: self._tell(Noted("fault")), self._count)
        self._asked = 0

    def live(self) -> None:
        """Suffer, without a word in the log: each refusal would be one."""
        logging.disable()
        self._disk.install()
        sabotaged = SABOTAGES[self._order.sabotage]()
        try:
            self._store = Store.open(self._order.place.store, MAP_SIZE)
        except StartError as error:
            self._tell(Noted("start refused", error.message))
            return
        self._writer = sabotaged(self._store, self._publish, group=self._chance.choice((1, 2, 4, 16, 512)))
        trio.run(self._serve)

    async def _serve(self) -> None:
        async with trio.open_nursery() as nursery:
            await nursery.start(self._writer.serve)
            self._tell(Noted("ready"))
            await self._make_applications()
            async with trio.open_nursery() as clients:
                for application in self._store.read(0, applications.every):
                    for number in range(CLIENTS):
                        clients.start_soon(self._client, application.number, f"{self._order.seed}-{number}")
            self._count()
            self._tell(Noted("idle"))
            os.kill(os.getpid(), signal.SIGKILL)

    def _count(self) -> None:
        self._tell(Counted(dict(self._disk.calls)))

    async def _make_applications(self) -> None:
        """Try until it works: the disk may refuse."""
        for name in APPLICATIONS:
            for _ in range(20):
                if name in {each.name for each in self._store.read(0, applications.every)}:
                    break
                try:
                    await self._writer.run(0, applications.create, name)
                except ChatdError:
                    await trio.sleep(0.001)

    async def _client(self, application: int, name: str) -> None:
        """Call one thing after the other; sometimes the last one again, as one who has had no answer."""
        chance = Random(f"{application}.{name}")
        ask = None
        for number in range(self._order.commands):
            if ask is None or chance.random() > REPEATED:
                ask = self._store.read(application, choose, chance, f"{name}-{number}")
            await self._call(application, ask)
            if number % 10 == 9:
                await self._run(application, purge, PURGED_AT_ONCE)

    async def _call(self, application: int, ask: Ask) -> None:
        self._asked += 1
        number = self._asked
        self._tell(Asked(number, application, ask.user_id, ask.command, ask.params))
        command = COMMANDS[ask.command]
        try:
            who = self._store.read(application, actor, ask.user_id)
            input = command.parse(ask.params)
        except ChatdError as error:
            self._tell(Answered(number, type(error).__name__))
            return

        def answer(answered: Any, error: ChatdError | None) -> None:
            """In commit order, which the callers' own tasks would not keep."""
            if error is not None:
                self._tell(Answered(number, type(error).__name__))
            else:
                result, events = answered
                self._tell(Answered(number, events=events, result=result_of(ask.command, result)))

        await self._run(application, watched, command.function, who, input, then=answer)

    async def _run(self, application: int, function: Any, *args: Any, then: Answer | None = None) -> None:
        ended = trio.Event()

        def done(result: Any, error: ChatdError | None) -> None:
            if then is not None:
                then(result, error)
            ended.set()

        self._writer.submit(application, function, args, done)
        await ended.wait()

    def _publish(self, publications: list[Publication]) -> None:
        for each in publications:
            self._tell(
                Published(
                    each.application, each.sequence, each.channel, each.user, each.joined, each.left, essence(each.data)
                )
            )


def watched(txn: Transaction, function: Any, *args: Any) -> tuple[Any, tuple[Event, ...]]:
    """Run a command; its result, and what it has put into the log."""
    first = txn.head.sequence + 1
    result = function(txn, *args)
    return result, tuple(event(txn, sequence) for sequence in range(first, txn.head.sequence + 1))
