"""Devices of Apple are notified: of each message once, again when it fails, and no longer when they are gone."""

from __future__ import annotations

from collections.abc import Callable

import trio
import trio.testing

from chatd import ids
from chatd.jobs.notifier import Notifier
from chatd.jobs.push import push_forever
from chatd.outgoing.client import Client
from tests.domain.notifying import apns_provider
from tests.gateway.test_hub import World
from tests.jobs.apple import HOST, Apple, Asked, Reply
from tests.jobs.still import moving, until, world
from tests.jobs.test_push import add, by_apple, call, failures, hurry, send, waiting
from tests.outgoing.internet import PUBLIC, Internet

__all__ = ["moving", "world"]

DEVICE = "aa11"


def begin(
    world: World, nursery: trio.Nursery, reply: Callable[[Asked], Reply] = lambda asked: Reply(), *devices: str
) -> Apple:
    """The application is known to Apple, bob has devices, and the server runs."""
    apple = Apple(reply)
    call(world, "push.add_apns", **apns_provider())
    for device in devices or (DEVICE,):
        add(world, "apns", device)
    run(world, nursery, apple)
    return apple


def run(world: World, nursery: trio.Nursery, apple: Apple) -> None:
    internet = Internet(nursery, {HOST: [PUBLIC]}, {PUBLIC: apple.serve})
    notifier = Notifier(Client(internet, 5), by_apple(internet, nursery), "")
    nursery.start_soon(push_forever, world.store, world.writer, notifier, lambda *_: False)


def devices(world: World) -> list[str]:
    return list(call(world, "push_tokens.list", user_id="bob", token_type="apns")["tokens"])


async def test_who_is_away_is_told_once(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    apple = begin(world, nursery)
    for text in ("one", "two"):
        send(world, text)
    await until(lambda: len(apple.asked) == 2 and not waiting(world))
    first, second = apple.asked
    assert apple.texts() == ["ann: one", "ann: two"]
    assert (first.device, first.headers["apns-topic"]) == (DEVICE, "org.example.garden")
    assert first.headers["apns-collapse-id"] == second.headers["apns-collapse-id"]
    assert first.headers["apns-id"] != second.headers["apns-id"]
    assert first.payload["data"]["channel_url"] == "kitchen"
    assert apple.connections == 1
    await trio.sleep(100)
    assert len(apple.asked) == 2
    nursery.cancel_scope.cancel()


async def test_devices_that_are_gone_are_asked_once(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    later, long_ago = ids.now_ms() + 60_000, 1000
    said = {
        "bad": Reply(400, {"reason": "BadDeviceToken"}),
        "gone": Reply(410, {"reason": "Unregistered", "timestamp": later}),
        "back": Reply(410, {"reason": "Unregistered", "timestamp": long_ago}),
        "large": Reply(413, {"reason": "PayloadTooLarge"}),
    }
    apple = begin(world, nursery, lambda asked: said.get(asked.device, Reply()), *said, "here")
    send(world, "one")
    await until(lambda: len(apple.asked) == 5 and not waiting(world))
    send(world, "two")
    await until(lambda: len(apple.asked) == 8 and not waiting(world))
    assert devices(world) == ["back", "large", "here"]
    nursery.cancel_scope.cancel()


async def test_what_fails_comes_again_as_the_same_notification(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    replies = [
        Reply(503, {"reason": "ServiceUnavailable"}),
        Reply(429, {"reason": "TooManyRequests"}),
        Reply(0),
        Reply(403, {"reason": "InvalidProviderToken"}),
        Reply(),
    ]
    apple = begin(world, nursery, lambda asked: replies.pop(0))
    send(world, "one")
    for count in (1, 2, 3, 4):
        await until(lambda count=count: world.store.read(world.application, failures) == count)
        hurry(world)
    await until(lambda: not waiting(world))
    assert len(apple.asked) == 5
    assert len({each.headers["apns-id"] for each in apple.asked}) == 1
    assert [each.payload["data"]["retry"] for each in apple.asked] == [0, 1, 2, 3, 4]
    nursery.cancel_scope.cancel()


async def test_a_token_that_expired_and_a_server_that_goes_cost_no_attempt(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    first: list[str] = []

    def reply(asked: Asked) -> Reply:
        first.append(asked.headers["authorization"])
        if asked.headers["authorization"] == first[0]:
            return Reply(403, {"reason": "ExpiredProviderToken"})
        # It goes without having looked at this one.
        return Reply(0, go=1) if asked.connection == 1 else Reply()

    apple = begin(world, nursery, reply)
    send(world, "one")
    await until(lambda: apple.asked and not waiting(world))
    assert [each.connection for each in apple.asked] == [1, 1, 2]
    assert world.store.read(world.application, failures) == 0
    assert [each.payload["data"]["retry"] for each in apple.asked] == [0, 0, 0]
    nursery.cancel_scope.cancel()


async def test_what_a_killed_server_left_is_told_by_the_next(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    async with trio.open_nursery() as before:
        silent = begin(world, before, lambda asked: Reply(0))
        send(world, "one")
        await until(lambda: silent.asked)
        before.cancel_scope.cancel()
    apple = Apple()
    run(world, nursery, apple)
    send(world, "two")
    await until(lambda: len(apple.asked) == 2 and not waiting(world))
    assert [(each.text, each.payload["data"]["retry"]) for each in apple.asked] == [("ann: one", 1), ("ann: two", 0)]
    # A device that had it already shows it once.
    assert apple.asked[0].headers["apns-collapse-id"] == silent.asked[0].headers["apns-collapse-id"]
    assert apple.asked[0].headers["apns-id"] == silent.asked[0].headers["apns-id"]
    nursery.cancel_scope.cancel()


async def test_a_device_is_told_by_the_key_of_its_app(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    apps = {DEVICE: "org.example.garden", "bb22": "org.example.kitchen"}

    def reply(asked: Asked) -> Reply:
        is_its = apps.get(asked.device) == asked.headers["apns-topic"]
        return Reply() if is_its else Reply(400, {"reason": "DeviceTokenNotForTopic"})

    apple = begin(world, nursery, reply, DEVICE, "bb22", "cc33")
    call(world, "push.add_apns", **apns_provider(apns_bundle_id="org.example.kitchen"))
    send(world, "one")
    await until(lambda: len(apple.asked) == 5 and not waiting(world))
    assert devices(world) == [DEVICE, "bb22", "cc33"], "a wrong configuration costs nobody a device"
    nursery.cancel_scope.cancel()
