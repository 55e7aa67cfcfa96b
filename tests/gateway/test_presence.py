"""Presence: from memory over a virtual clock, and as clients meet it over sockets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import trio
import trio.testing

from chatd import ids
from chatd.domain.users.people import find_user
from chatd.gateway.connection import Connection
from chatd.gateway.last_seen import LastSeen
from chatd.gateway.presence import AT_ONCE, TICK_SECONDS, Presence
from chatd.gateway.watches import DELAY_SECONDS, Key
from chatd.store.store import Store
from tests.gateway.client import Client
from tests.gateway.conftest import CHANNEL, Running
from tests.gateway.test_hub import World

CAME = 1_790_000_000_000
PROMPT = DELAY_SECONDS + TICK_SECONDS + 0.1


class Square(World):
    """A hub with presence. No writer runs: nothing here is written."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.presence = Presence(store, self.hub, LastSeen(self.writer))

    def come(self, user_id: str) -> Connection:
        connection = self.client(user_id)
        connection.since = CAME
        self.presence.entered(connection)
        return connection

    def go(self, connection: Connection) -> None:
        self.hub.leave(connection)
        self.presence.left(connection)

    def watch(self, connection: Connection, user_id: str) -> tuple[bool, int]:
        number = self.store.read(self.application, find_user, user_id).number
        (user,) = self.presence.watch(connection, {number: user_id})
        assert user["user_id"] == user_id
        return user["is_online"], user["last_seen_at"]


@pytest.fixture
def square(tmp_path: Path) -> Iterator[Square]:
    store = Store.open(tmp_path / "data", 64 * 2**20)
    yield Square(store)
    store.close()


async def test_a_change_is_told_when_it_has_lasted(square: Square, autojump_clock: trio.testing.MockClock) -> None:
    ann = square.come("ann")
    assert square.watch(ann, "bob") == (False, -1)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(square.presence.tell_forever)
        phone = square.come("bob")
        await trio.sleep(DELAY_SECONDS - 0.1)
        assert square.told == []
        await trio.sleep(TICK_SECONDS + 0.2)
        assert square.kinds(ann) == ["presence.changed"]
        laptop = square.come("bob")
        square.go(phone)
        await trio.sleep(PROMPT)
        assert len(square.told) == 1
        square.go(laptop)
        await trio.sleep(PROMPT)
        assert square.kinds(ann) == ["presence.changed"] * 2
        nursery.cancel_scope.cancel()


async def test_profiles_that_change_all_the_time_hold_nothing_up(
    square: Square, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = square.come("ann")
    square.watch(ann, "bob")
    told = turns = 0

    async def change_again(key: Key) -> None:
        nonlocal told
        told += 1
        if told < 1000:
            square.hub.changed.add(key)

    async def wait_for_turns() -> None:
        nonlocal turns
        while True:
            await trio.lowlevel.checkpoint()
            turns += 1

    square.hub.changed.update((square.application, 1_000_000 + number) for number in range(6 * AT_ONCE))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(wait_for_turns)
        await square.presence._tell_profiles()
        nursery.cancel_scope.cancel()
    # Of six turns the first and the last may come before the other task's.
    assert turns >= 4
    monkeypatch.setattr(square.presence, "_tell_profile", change_again)
    square.hub.changed.add((square.application, 1))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(square.presence.tell_forever)
        square.come("bob")
        await trio.sleep(PROMPT)
        assert square.kinds(ann) == ["presence.changed"]
        assert told < 10
        nursery.cancel_scope.cancel()


async def test_who_reconnects_is_told_nothing_of_and_who_flaps_seldom(
    square: Square, autojump_clock: trio.testing.MockClock
) -> None:
    watchers = [square.come("ann") for _ in range(10)]
    bob = square.come("bob")
    for each in watchers:
        square.watch(each, "bob")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(square.presence.tell_forever)
        await trio.sleep(PROMPT)
        square.told.clear()
        for _ in range(20):
            square.go(bob)
            await trio.sleep(DELAY_SECONDS - 0.1)
            bob = square.come("bob")
            await trio.sleep(PROMPT)
        assert square.told == []
        for _ in range(100):
            square.go(bob)
            await trio.sleep(0.3)
            bob = square.come("bob")
            await trio.sleep(0.3)
        assert 0 < len(square.told) / len(watchers) <= 60 / DELAY_SECONDS
        nursery.cancel_scope.cancel()


async def test_who_is_not_subscribed_is_told_nothing(square: Square, autojump_clock: trio.testing.MockClock) -> None:
    ann, other = square.come("ann"), square.come("ann")
    for each in (ann, other):
        square.watch(each, "bob")
    square.hub.unsubscribe(ann)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(square.presence.tell_forever)
        square.come("bob")
        await trio.sleep(PROMPT)
        nursery.cancel_scope.cancel()
    assert [receiver for receiver, _, _ in square.told] == [other]


async def test_should_the_server_be_killed_it_is_known_when_who_was_there_came(square: Square) -> None:
    ann = square.come("ann")
    number = square.store.read(square.application, find_user, "ann").number
    seen = square.presence.last_seen
    assert square.store.read(square.application, seen.of, number) == CAME
    square.come("ann").since += 1
    square.go(ann)
    assert square.store.read(square.application, seen.of, number) == CAME


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatd.gateway.watches.DELAY_SECONDS", 0.05)
    monkeypatch.setattr("chatd.gateway.presence.TICK_SECONDS", 0.02)


async def presence(client: Client, *user_ids: str, method: str = "presence.query") -> list[tuple[bool, int]]:
    users = (await client.rpc(method, user_ids=user_ids))["rpc"]["data"]["users"]
    assert [user["user_id"] for user in users] == list(user_ids)
    return [(user["is_online"], user["last_seen_at"]) for user in users]


async def gone(client: Client, watched: str, watcher: Client) -> int:
    """Hang up, and see it; the moment that the watcher is told."""
    await client.stream.aclose()
    told = await watcher.publication("presence.changed")
    assert "offset" not in told
    assert told["data"] | {"last_seen_at": 0} == {
        "type": "presence.changed",
        "user_id": watched,
        "is_online": False,
        "last_seen_at": 0,
    }
    moment: int = told["data"]["last_seen_at"]
    return moment


async def test_who_watches_is_told(running: Running, hasty: None) -> None:
    ann = await running.client("ann")
    assert await presence(ann, "bob", "ann", method="presence.watch") == [(False, -1), (True, 0)]
    phone, laptop = await running.client("bob"), await running.client("bob")
    assert (await ann.publication("presence.changed"))["data"]["is_online"] is True
    await phone.stream.aclose()
    before = ids.now_ms()
    moment = await gone(laptop, "bob", ann)
    assert before <= moment <= ids.now_ms()
    assert await presence(ann, "bob") == [(False, moment)]


async def test_who_watches_no_more_is_told_nothing(running: Running, hasty: None) -> None:
    await running.api("POST", "/users", user_id="cid", nickname="")
    ann, cid = await running.client("ann"), await running.client("cid")
    for client in (ann, cid):
        await presence(client, "bob", method="presence.watch")
    await ann.rpc("presence.unwatch", user_ids=["bob"])
    bob = await running.client("bob")
    await cid.publication("presence.changed")
    await cid.rpc("presence.unwatch")
    await bob.stream.aclose()
    await presence(ann, "cid", method="presence.watch")
    await gone(cid, "cid", ann)


async def test_limits_and_bad_requests(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatd.gateway.watches.MAX_PER_CONNECTION", 1)
    ann = await running.client("ann")
    for params, code in [
        ({"user_ids": ["ann", "bob"]}, 106),
        ({"user_ids": ["x"] * 101}, 503),
        ({}, 405),
        ({"user_ids": "bob"}, 402),
    ]:
        assert (await ann.rpc("presence.watch", **params))["error"]["code"] == code
    async with httpx.AsyncClient() as http:
        url = f"{running.url}/client/v1/rpc/presence.watch"
        headers = {"Authorization": f"Bearer {await running.session('ann')}"}
        refused = await http.post(url, headers=headers, json={"user_ids": ["bob"]})
        assert (refused.status_code, refused.json()["code"]) == (400, 400920)
        asked = await http.post(url.replace("watch", "query"), headers=headers, json={"user_ids": ["ann"]})
        assert asked.json() == {"users": [{"user_id": "ann", "is_online": True, "last_seen_at": 0}]}


async def test_people_in_results_have_their_presence_and_those_in_the_stream_have_none(running: Running) -> None:
    ann, bob = await running.client("ann"), await running.client("bob")
    await bob.stream.aclose()
    seen = (False, -1)
    with trio.fail_after(5):
        while seen == (False, -1) or seen[0]:
            (seen,) = await presence(ann, "bob")

    def of(person: dict[str, Any]) -> tuple[bool, int]:
        return person["is_online"], person["last_seen_at"]

    room = f"/group_channels/{CHANNEL}"
    assert of(await running.api("GET", "/users/ann")) == (True, 0)
    assert of(await running.api("PUT", "/users/bob", nickname="Bob")) == seen
    expected = {"ann": (True, 0), "bob": seen}
    for people in [
        (await running.api("GET", "/users"))["users"],
        (await running.api("GET", f"{room}/members"))["members"],
        (await running.api("GET", f"{room}?show_member=true"))["members"],
        (await running.api("GET", "/group_channels?show_member=true&show_empty=true"))["channels"][0]["members"],
        (await running.api("POST", "/group_channels", user_ids=["ann", "bob"]))["members"],
    ]:
        assert {person["user_id"]: of(person) for person in people} == expected
    told = await ann.publication("channel.created")
    assert not {"is_online", "last_seen_at"} & set(told["data"]["members"][0])


async def test_who_may_not_be_seen_is_away_for_others(running: Running, hasty: None) -> None:
    await running.api("POST", "/users", user_id="cid", nickname="")
    ann, cid, bob = await running.client("ann"), await running.client("cid"), await running.client("bob")
    for client in (ann, cid):
        assert await presence(client, "bob", method="presence.watch") == [(True, 0)]
    await bob.rpc("users.update_presence_preference", visible_to="contacts")
    assert (await cid.publication("presence.changed"))["data"]["is_online"] is False
    assert (await ann.publication("presence.changed"))["data"]["is_online"] is True
    assert await presence(cid, "bob") == [(False, -1)]
    assert await presence(cid, "bob", method="presence.watch") == [(False, -1)]
    assert await presence(ann, "bob") == await presence(bob, "bob") == [(True, 0)]
    user = (await cid.rpc("users.view", user_id="bob"))["rpc"]["data"]
    assert (user["is_online"], user["last_seen_at"]) == (False, -1)
    assert (await running.api("GET", "/users/bob"))["is_online"] is True
    await gone(bob, "bob", ann)
    assert await presence(cid, "bob") == [(False, -1)]


async def test_who_may_not_see_somebody_is_not_told_that_they_come(running: Running, hasty: None) -> None:
    await running.api("POST", "/users", user_id="cid", nickname="")
    await running.api("PUT", "/users/bob/presence_preference", visible_to="nobody")
    ann = await running.client("ann")
    await presence(ann, "bob", "cid", method="presence.watch")
    bob, cid = await running.client("bob"), await running.client("cid")
    told = (await ann.publication("presence.changed"))["data"]
    while told["user_id"] == "bob":  # that he is not to be seen may be told a moment later
        assert told["is_online"] is False
        told = (await ann.publication("presence.changed"))["data"]
    assert told["user_id"] == "cid"
    await bob.rpc("users.update_presence_preference", visible_to="everybody")
    told = (await ann.publication("presence.changed"))["data"]
    assert (told["user_id"], told["is_online"]) == ("bob", True)
    await cid.stream.aclose()


async def test_who_is_blocked_learns_nothing_of_the_other(running: Running, hasty: None) -> None:
    await running.api("POST", "/users", user_id="cid", nickname="")
    ann, bob, cid = [await running.client(user_id) for user_id in ("ann", "bob", "cid")]
    assert await presence(bob, "ann", "cid", method="presence.watch") == [(True, 0), (True, 0)]
    await presence(cid, "ann", method="presence.watch")
    await running.api("POST", "/users/ann/block", target_id="bob")
    told = (await bob.publication("presence.changed"))["data"]
    assert (told["user_id"], told["is_online"], told["last_seen_at"]) == ("ann", False, -1)
    assert await presence(bob, "ann") == [(False, -1)]
    assert await presence(bob, "ann", method="presence.watch") == [(False, -1)]
    assert await presence(ann, "bob") == [(True, 0)]
    members = (await bob.rpc("members.list", channel_url=CHANNEL))["rpc"]["data"]["members"]
    assert [each["is_online"] for each in members if each["user_id"] == "ann"] == [False]
    await running.api("DELETE", "/users/ann/block/bob")
    assert (await bob.publication("presence.changed"))["data"]["is_online"] is True
    await running.api("POST", "/users/ann/block", target_id="bob")
    assert (await bob.publication("presence.changed"))["data"]["is_online"] is False
    await gone(ann, "ann", cid)
    await gone(cid, "cid", bob)


async def test_who_watches_sees_another_name_and_picture(running: Running, hasty: None) -> None:
    await running.api("POST", "/users", user_id="cid", nickname="Cid")
    ann, cid, bob = [await running.client(user_id) for user_id in ("ann", "cid", "bob")]
    await presence(ann, "bob", method="presence.watch")
    await presence(cid, "ann", method="presence.watch")
    await bob.rpc("users.update", nickname="Bobby", profile_url="https://example.org/bob.png")
    told = await ann.publication("profile.changed")
    while told["data"]["user"]["nickname"] == "bob":
        # That he has logged in for the first time is a change too, and may be told as late as now.
        told = await ann.publication("profile.changed")
    assert "offset" not in told
    user = told["data"]["user"]
    assert (user["user_id"], user["nickname"], user["profile_url"]) == ("bob", "Bobby", "https://example.org/bob.png")
    await bob.rpc("users.set_status", text="Away", emoji="")
    assert (await ann.publication("profile.changed"))["data"]["status"]["text"] == "Away"
    # Who does not watch bob is told of ann first.
    await ann.rpc("users.update", nickname="Annie")
    assert (await cid.publication("profile.changed"))["data"]["user"]["user_id"] == "ann"
    # And what was changed before somebody watched is in the answer.
    (user,) = (await cid.rpc("presence.watch", user_ids=["bob"]))["rpc"]["data"]["users"]
    assert (user["nickname"], user["profile_url"]) == ("Bobby", "https://example.org/bob.png")
    assert user["status"] == {"text": "Away", "emoji": "", "expires_at": 0}
