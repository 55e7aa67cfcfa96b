"""Clients that lose their server, or their network, in the middle of sending."""

from __future__ import annotations

import random
import time

from tests.sdk.backend import Backend
from tests.sdk.client import Client
from tests.sdk.proxy import Proxy
from tests.served import Served

LOSSES = 4
MISSED = 20


def survive_kills(served: Served, program: list[str]) -> None:
    """The server is killed and started again while one client of an SDK sends to another."""
    backend = Backend(served)
    backend.people("ann", "bob")
    with (
        Client(program, "receive", backend, "bob", served.port) as receiver,
        Client(program, "send", backend, "ann", served.port) as sender,
    ):
        for loss in range(1, LOSSES + 1):
            some_time_later(loss, sender, receiver)
            served.kill()
            served.start()
        check(backend, sender, receiver)


def survive_cuts(served: Served, program: list[str]) -> None:
    """Only the network goes: the server commits what it was sent, and its answers and publications are lost."""
    backend = Backend(served)
    backend.people("ann", "bob")
    with (
        Proxy(served.port) as senders,
        Proxy(served.port) as receivers,
        Client(program, "receive", backend, "bob", receivers.port) as receiver,
        Client(program, "send", backend, "ann", senders.port) as sender,
    ):
        for loss in range(1, LOSSES + 1):
            some_time_later(loss, sender, receiver)
            receivers.cut()
            senders.cut()
            senders.mend()
            sender.wait_for_acknowledgements(MISSED)
            receivers.mend()
        check(backend, sender, receiver)


def some_time_later(loss: int, sender: Client, receiver: Client) -> None:
    """Somewhere in the sending, when both clients are back from the loss before."""
    for client in (sender, receiver):
        client.wait_for_subscription(loss)
    sender.wait_for_acknowledgements(random.randint(5, 40))
    time.sleep(random.uniform(0, 0.005))


def check(backend: Backend, sender: Client, receiver: Client) -> None:
    """Acknowledged = stored = received, each once and in order; every loss was noticed and made good."""
    for client in (sender, receiver):
        client.wait_for_subscription(LOSSES + 1)
    sender.say_last()
    for client in (sender, receiver):
        client.wait_for_end()
        assert client.subscribed == [False] + [True] * LOSSES
    history = backend.history()
    assert [message["message"] for message in history] == [f"message {i}" for i in range(len(history) - 1)] + ["last"]
    stored = [(message["message_id"], message["req_id"]) for message in history]
    assert len({req_id for _, req_id in stored}) == len(stored)
    assert sender.acknowledged == stored
    assert sender.sent_again
    for client in (sender, receiver):
        assert client.received == stored
        assert client.offsets == sorted(set(client.offsets))
