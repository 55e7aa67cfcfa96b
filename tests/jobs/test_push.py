"""Devices are notified: who is away, once, again when it fails, and no longer when they are gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import trio
import trio.testing
from msgspec.structs import replace

from chatd.domain.push.devices import add_device
from chatd.domain.push.keys import fcm_account
from chatd.jobs.notifier import Notifier
from chatd.jobs.push import push_forever
from chatd.model import PushToken
from chatd.outgoing.client import Client
from chatd.outgoing.dialing import Dialer
from chatd.outgoing.push.apns import Apns
from chatd.outgoing.push.hms import Hms
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.notifying import service_account
from tests.gateway.test_hub import World
from tests.jobs.apple import ORIGIN, trusting
from tests.jobs.firebase import Firebase
from tests.jobs.huawei import Huawei
from tests.jobs.receiving import Receiver
from tests.jobs.still import moving, until, world
from tests.outgoing.browser import Browser, claims_of
from tests.outgoing.internet import OTHER, PUBLIC, Internet

__all__ = ["moving", "world"]

NAMES = {"push.example.org": [PUBLIC], "oauth2.example.org": [OTHER], "inside.example": ["10.0.0.1"]}
URL = "http://push.example.org/up"
TRUSTED = {"http://push.example.org", "https://push.example.org"}


def call(world: World, name: str, **params: Any) -> Any:
    """A command as another process runs it, noticed at once."""
    result = world.now(name, **params)
    world.hub.catch_up()
    return result


def add(world: World, token_type: str = "http", token: str = URL, **keys: str) -> None:
    call(world, "push_tokens.add", user_id="bob", token_type=token_type, token=token, **keys)


def send(world: World, text: str) -> None:
    call(world, "messages.send", channel_url="kitchen", user_id="ann", message=text)


def begin(
    world: World, nursery: trio.Nursery, receiver: Receiver, is_online: Callable[[int, int], bool] = lambda *_: False
) -> None:
    internet = Internet(nursery, NAMES, {PUBLIC: receiver.serve, "10.0.0.1": receiver.serve})
    notifier = Notifier(Client(internet, 5), by_apple(internet, nursery), "mailto:ops@example.org")
    nursery.start_soon(push_forever, world.store, world.writer, notifier, is_online)


def by_apple(internet: Internet, nursery: trio.Nursery) -> Apns:
    return Apns(Dialer(internet, 5), 5, nursery, (ORIGIN, ORIGIN), trusting())


def waiting(world: World) -> int:
    def count(txn: Transaction) -> int:
        return sum(1 for _ in txn.scan(tables.DELIVERIES))

    return world.store.read(world.application, count)


def cursor(world: World) -> int:
    return world.store.read(world.application, lambda txn: txn.require(tables.PUSH_CURSOR).sequence)


async def test_who_is_away_is_told_once(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    receiver = Receiver()
    add(world)
    begin(world, nursery, receiver)
    for text in ("one", "two"):
        send(world, text)
    await until(lambda: len(receiver.received) == 2 and not waiting(world))
    first, second = (each.payload for each in receiver.received)
    assert [first["body"], second["body"]] == ["ann: one", "ann: two"]
    assert first["tag"] == second["tag"]
    assert first["notification_id"] != second["notification_id"]
    assert all(each.retry == 0 for each in receiver.received)
    await trio.sleep(100)
    assert len(receiver.received) == 2
    nursery.cancel_scope.cancel()


async def test_who_is_connected_is_told_nothing(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    receiver = Receiver()
    add(world)
    begin(world, nursery, receiver, lambda application, user: True)
    send(world, "one")
    end = world.store.read_now(world.application, lambda txn: txn.head.sequence)
    await until(lambda: cursor(world) == end)
    await trio.sleep(100)
    assert not receiver.received
    nursery.cancel_scope.cancel()


async def test_what_fails_comes_again_and_says_so(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    statuses = [503, 0, 429, 201]
    receiver = Receiver(lambda received: statuses.pop(0))
    add(world)
    begin(world, nursery, receiver)
    send(world, "one")
    await until(lambda: waiting(world) == 1 and world.store.read(world.application, failures) == 1)
    for count in (2, 3):
        hurry(world)
        await until(lambda count=count: world.store.read(world.application, failures) == count)
    hurry(world)
    await until(lambda: not waiting(world))
    assert [each.retry for each in receiver.received] == [0, 1, 2, 3]
    assert len({each.payload["notification_id"] for each in receiver.received}) == 1
    nursery.cancel_scope.cancel()


def failures(txn: Transaction) -> int:
    return max((lane.failures for _, lane in txn.scan(tables.LANES)), default=0)


def hurry(world: World) -> None:
    """Let the lane be due now: when it is due is a time of the wall."""

    def change(txn: Transaction) -> None:
        for (target, due_at, lane), _ in list(txn.scan(tables.LANES_DUE)):
            record = txn.require(tables.LANES, target, lane)
            txn.delete(tables.LANES_DUE, target, due_at, lane)
            txn.put(tables.LANES_DUE, target, 1, lane)
            txn.put(tables.LANES, target, lane, value=type(record)(1, record.failures))

    world.store.write_now(world.application, change)
    world.store.refresh()


async def test_a_device_that_is_gone_is_asked_once(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    receiver = Receiver(lambda received: 410)
    add(world)
    add(world, "http", "http://inside.example/up")
    begin(world, nursery, receiver)
    send(world, "one")
    send(world, "two")
    await until(lambda: receiver.received and not waiting(world))
    assert len(receiver.received) == 1
    found = call(world, "push_tokens.list", user_id="bob", token_type="http")
    assert found["tokens"] == ["http://inside.example/up"]
    nursery.cancel_scope.cancel()


async def test_what_a_killed_server_left_is_told_by_the_next(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    silent, receiver = Receiver(lambda received: 0), Receiver()
    add(world)
    async with trio.open_nursery() as first:
        begin(world, first, silent)
        send(world, "one")
        await until(lambda: silent.received)
        first.cancel_scope.cancel()
    begin(world, nursery, receiver)
    await until(lambda: receiver.received and not waiting(world))
    send(world, "two")
    await until(lambda: len(receiver.received) == 2 and not waiting(world))
    told = [(each.payload["body"], each.payload["retry"]) for each in receiver.received]
    assert told == [("ann: one", 1), ("ann: two", 0)]
    nursery.cancel_scope.cancel()


async def test_a_browser_reads_what_its_service_brings_it(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    receiver, browser = Receiver(lambda received: 201), Browser()
    public = call(world, "push.web_key")["public_key"]
    keys = {"p256dh": browser.key, "auth": browser.auth}
    add(world, "web", "https://push.example.org/a1", **keys)
    bob = world.store.read_now(world.application, lambda txn: txn.require(tables.USER_IDS, "bob"))
    # The service has no TLS here.
    world.store.write_now(world.application, add_device, PushToken(bob, "web", URL, 1, browser.key, browser.auth))
    begin(world, nursery, receiver)
    send(world, "Grüße")
    await until(lambda: receiver.received and receiver.received[0].headers["topic"])
    (received,) = receiver.received
    said = json.loads(browser.decrypt(received.body))
    assert (said["body"], said["channel_url"], said["badge"]) == ("ann: Grüße", "kitchen", 1)
    assert claims_of(received.headers["authorization"])["aud"] == "http://push.example.org"
    assert received.headers["authorization"].endswith(public)
    nursery.cancel_scope.cancel()


async def test_huawei_says_which_devices_are_gone_and_when_access_ends(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    huawei = Huawei()
    call(world, "push.set_hms", huawei_app_id="100", huawei_app_secret="s")
    add(world, "huawei", "here")
    internet = Internet(nursery, NAMES, {PUBLIC: huawei.serve, OTHER: huawei.serve})
    notifier = Notifier(Client(internet, 5), by_apple(internet, nursery), "")
    hms = Hms(Client(internet, 5), "http://push.example.org", "http://oauth2.example.org/token")
    monkeypatch.setattr(notifier, "_hms", hms)
    nursery.start_soon(push_forever, world.store, world.writer, notifier, lambda *_: False)
    send(world, "one")
    await until(lambda: huawei.told and not waiting(world))
    send(world, "two")
    await until(lambda: world.store.read(world.application, failures) == 1)
    hurry(world)
    await until(lambda: not waiting(world))
    assert [each[1:] for each in huawei.told] == [
        ("ann: one", "80000000"),
        ("ann: two", "80200003"),
        ("ann: two", "80000000"),
    ]
    assert huawei.grants == 2
    add(world, "huawei", "gone")
    send(world, "three")
    await until(lambda: len(huawei.told) == 5 and not waiting(world))
    assert call(world, "push_tokens.list", user_id="bob", token_type="huawei")["tokens"] == ["here"]
    nursery.cancel_scope.cancel()


async def test_firebase_says_which_devices_are_gone(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    firebase = Firebase()
    for token in ("here", "gone"):
        add(world, "gcm", token)
    account = replace(fcm_account(service_account(), 1), token_url="http://oauth2.example.org/token")
    world.store.write_now(world.application, lambda txn: txn.put(tables.FCM_ACCOUNT, value=account))
    world.store.refresh()
    internet = Internet(nursery, NAMES, {PUBLIC: firebase.serve, OTHER: firebase.serve})
    notifier = Notifier(Client(internet, 5), by_apple(internet, nursery), "", "http://push.example.org")
    nursery.start_soon(push_forever, world.store, world.writer, notifier, lambda *_: False)
    send(world, "one")
    await until(lambda: len(firebase.told) == 2 and not waiting(world))
    send(world, "two")
    await until(lambda: len(firebase.told) == 3 and not waiting(world))
    assert sorted(firebase.told) == [("gone", "ann: one"), ("here", "ann: one"), ("here", "ann: two")]
    assert firebase.grants == 1
    assert call(world, "push_tokens.list", user_id="bob", token_type="gcm")["tokens"] == ["here"]
    nursery.cancel_scope.cancel()
