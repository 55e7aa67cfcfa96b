"""Clients that lose their server, or their network, in the middle of sending."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from tests.sdk.backend import Backend
from tests.sdk.client import Client
from tests.sdk.proxy import Proxy
from tests.served import Served

LOSSES = 4
MISSED = 20

Program = list[str]


class Clients:
    """Senders, and one who only receives."""

    def __init__(self, receiver: Client, senders: list[Client]) -> None:
        self.receiver = receiver
        self.senders = senders
        self.all = [receiver, *senders]


def survive_kills(served: Served, programs: list[Program]) -> None:
    """The server is killed and started again while clients of each program send to one of the first."""
    backend = Backend(served)
    with connected(backend, programs, served.port, served.port) as clients:
        for loss in range(1, LOSSES + 1):
            some_time_later(loss, clients)
            served.kill()
            served.start()
        check(backend, clients)
    served.command("verify")


def survive_cuts(served: Served, programs: list[Program]) -> None:
    """Only the network goes: the server commits what it was sent, and its answers and publications are lost."""
    backend = Backend(served)
    with (
        Proxy(served.port) as near_senders,
        Proxy(served.port) as near_receiver,
        connected(backend, programs, near_senders.port, near_receiver.port) as clients,
    ):
        for loss in range(1, LOSSES + 1):
            some_time_later(loss, clients)
            near_receiver.cut()
            near_senders.cut()
            near_senders.mend()
            for sender in clients.senders:
                sender.wait_for_acknowledgements(MISSED)
            near_receiver.mend()
        check(backend, clients)


@contextmanager
def connected(backend: Backend, programs: list[Program], sending: int, receiving: int) -> Iterator[Clients]:
    """Clients on two ports. Each has a user of its own, since users may not send without limit."""
    names = [f"ann-{number}" for number in range(len(programs))]
    backend.people("bob", *names)
    with ExitStack() as stack:
        enter: Callable[[Client], Client] = stack.enter_context
        receiver = enter(Client(programs[0], "receive", backend, "bob", receiving))
        chosen = zip(programs, names, strict=True)
        senders = [enter(Client(program, "send", backend, name, sending)) for program, name in chosen]
        clients = Clients(receiver, senders)
        for client in clients.all:
            client.wait_for_subscription(1)
        for sender in senders:
            sender.start_sending()
        yield clients


def some_time_later(loss: int, clients: Clients) -> None:
    """Somewhere in the sending, when all clients are back from the loss before."""
    for client in clients.all:
        client.wait_for_subscription(loss)
    for sender in clients.senders:
        sender.wait_for_acknowledgements(random.randint(5, 40) // len(clients.senders))
    time.sleep(random.uniform(0, 0.005))


def check(backend: Backend, clients: Clients) -> None:
    """Acknowledged = stored = received, each once and in order; every loss was noticed and made good."""
    for client in clients.all:
        client.wait_for_subscription(LOSSES + 1)
    for sender in clients.senders:
        sender.stop_sending()
    backend.say("bob", "last")
    for client in clients.all:
        client.wait_for_end()
        assert client.subscribed == [False] + [True] * LOSSES
    check_history(backend, clients)


def check_history(backend: Backend, clients: Clients) -> None:
    """What was stored is what the senders meant to send, and what everybody heard."""
    *history, last = backend.history()
    assert last["message"] == "last"
    stored = [(message["message_id"], message["req_id"]) for message in history]
    assert len({req_id for _, req_id in stored}) == len(stored)
    for sender in clients.senders:
        own = [message for message in history if message["user"]["user_id"] == sender.user_id]
        assert [message["message"] for message in own] == [f"message {n}" for n in range(len(own))]
        assert sender.acknowledged == [(message["message_id"], message["req_id"]) for message in own]
    assert any(sender.sent_again for sender in clients.senders)
    assert len(stored) == sum(len(sender.acknowledged) for sender in clients.senders)
    for client in clients.all:
        assert client.received == stored
        assert client.offsets == sorted(set(client.offsets))
