"""Exports hold what they are to hold, whenever the server is killed while it makes them, and go in time."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import trio
import trio.testing

from chatd.domain.exports import progress, rows
from chatd.domain.messages import files
from chatd.errors import LimitExceeded, NotFound
from chatd.jobs import exports as job
from chatd.jobs.erasure import erase_forever
from chatd.jobs.exports import export_forever
from chatd.jobs.files import remove_files_forever, sweep
from tests.gateway.test_hub import World
from tests.jobs.still import moving, until, world
from tests.jobs.test_erasure import Ending

__all__ = ["moving", "world"]

TEXTS = ["plain", 'with "quotes", commas; and\ttabs', "two\nlines", "käse 🧀", "[", "]"]
EVER = {"start_ts": 0, "end_ts": 2**53}


def fill(world: World) -> None:
    """Three channels with messages of both users, one of them edited and one deleted."""
    for url, kind in (("attic", "old"), ("garden", "green")):
        world.now("channels.create", user_ids=["ann", "bob"], channel_url=url, custom_type=kind)
    for n in range(60):
        where, who = ("kitchen", "attic", "garden")[n % 3], ("ann", "bob")[n % 2]
        world.now("messages.send", channel_url=where, user_id=who, message=f"{TEXTS[n % len(TEXTS)]} {n}")
    seen = listed(world, "kitchen")
    world.now("messages.update", channel_url="kitchen", message_id=seen[0]["message_id"], message="edited")
    world.now("messages.delete", channel_url="kitchen", message_id=seen[1]["message_id"])
    world.now("reactions.add", channel_url="kitchen", message_id=seen[2]["message_id"], user_id="bob", reaction="yes")
    world.hub.catch_up()


def listed(world: World, channel_url: str) -> list[Any]:
    found: list[Any] = world.now("messages.list", channel_url=channel_url, message_ts=0, next_limit=200)["messages"]
    return found


def ask(world: World, data_type: str = "messages", **params: Any) -> str:
    found: str = world.now("exports.create", data_type=data_type, **(EVER | params))["request_id"]
    world.store.refresh()
    return found


def view(world: World, number: str, data_type: str = "messages") -> Any:
    world.store.refresh()
    return world.now("exports.view", data_type=data_type, request_id=number)


async def made(world: World, number: str, data_type: str = "messages") -> dict[str, bytes]:
    """The files in an export, once it is done."""
    await until(lambda: view(world, number, data_type)["status"] == "done")
    return unpacked(world, view(world, number, data_type)["file"])


def unpacked(world: World, file: Any) -> dict[str, bytes]:
    parts = urlsplit(file["url"])
    query = dict(parse_qsl(parts.query))
    signed = (parts.path.split("/")[2], int(query["expires"]), query["signature"])
    found = world.store.read(world.application, files.find_signed, *signed)
    with zipfile.ZipFile(world.store.blobs.path(world.application, found.file_id)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slices of a few rows, each of which goes to disk."""
    monkeypatch.setattr(rows, "AT_ONCE", 7)
    monkeypatch.setattr(job, "KEPT_BYTES", 1)


async def run(world: World, nursery: trio.Nursery) -> None:
    nursery.start_soon(export_forever, world.store, world.writer, 0)


async def test_it_has_what_the_lists_have(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    fill(world)
    await run(world, nursery)
    files = await made(world, ask(world))
    expected = [each for url in ("kitchen", "attic", "garden") for each in listed(world, url)]
    found = json.loads(files["messages.json"])
    assert [(each["message_id"], each["message"]) for each in found] == [
        (each["message_id"], each["message"]) for each in expected
    ]
    assert len(found) == 59
    assert sum(len(each["reactions"]) for each in found) == 1
    assert {"message_id", "channel_url", "user", "created_at", "sorted_metaarray"} <= set(found[0])
    nursery.cancel_scope.cancel()


async def test_it_is_what_was_asked_for(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    fill(world)
    await run(world, nursery)
    middle = listed(world, "attic")[10]["created_at"]
    for params, is_wanted in (
        ({"sender_ids": ["ann"]}, lambda each: each["user"]["user_id"] == "ann"),
        ({"exclude_sender_ids": ["ann"]}, lambda each: each["user"]["user_id"] == "bob"),
        ({"sender_ids": ["nobody"]}, lambda each: False),
        ({"channel_urls": ["garden", "attic", "nowhere"]}, lambda each: each["channel_url"] in ("garden", "attic")),
        ({"exclude_channel_urls": ["garden"]}, lambda each: each["channel_url"] != "garden"),
        ({"channel_custom_types": ["old"]}, lambda each: each["channel_url"] == "attic"),
        ({"exclude_channel_custom_types": ["old"]}, lambda each: each["channel_url"] != "attic"),
        ({"start_ts": middle}, lambda each: each["created_at"] >= middle),
        ({"end_ts": middle}, lambda each: each["created_at"] <= middle),
    ):
        found = json.loads((await made(world, ask(world, **params)))["messages.json"])
        everything = [each for url in ("kitchen", "attic", "garden") for each in listed(world, url)]
        expected = [each["message_id"] for each in everything if is_wanted(each)]
        assert [each["message_id"] for each in found] == expected, params
    nursery.cancel_scope.cancel()


async def test_csv_has_the_same(world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock) -> None:
    fill(world)
    await run(world, nursery)
    asked = ask(world, format="csv", csv_delimiter=";", timezone="Asia/Tokyo")
    text = (await made(world, asked))["messages.csv"].decode()
    found = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    expected = [each for url in ("kitchen", "attic", "garden") for each in listed(world, url)]
    assert [each["message"] for each in found] == [each["message"] for each in expected]
    assert found[0]["user_id"] == "ann"
    assert found[0]["created_at"].endswith("+09:00")
    for kind in ("channels", "users"):
        (name, raw), *none = (await made(world, ask(world, kind, format="csv"), kind)).items()
        assert (name, none) == (f"{kind}.csv", [])
        count = {"channels": 3, "users": 2}[kind]
        assert len(list(csv.reader(io.StringIO(raw.decode(), newline="")))) == count + 1
    nursery.cancel_scope.cancel()


async def test_channels_and_users(world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock) -> None:
    fill(world)
    world.now("channel_metadata.create", channel_url="attic", metadata={"floor": "3"})
    world.now("open_channels.create", channel_url="hall")
    world.now("users.create", user_id="gone", nickname="Gone")
    world.now("users.delete", user_id="gone")
    await run(world, nursery)
    channels = json.loads(
        (await made(world, ask(world, "channels", show_channel_metadata=True), "channels"))["channels.json"]
    )
    assert [each["channel_url"] for each in channels] == ["kitchen", "attic", "garden", "hall"]
    assert channels[1]["metadata"] == {"floor": "3"}
    assert set(channels[1]["read_receipt"]) == {"ann", "bob"}
    users = json.loads((await made(world, ask(world, "users"), "users"))["users.json"])
    assert [each["user_id"] for each in users] == ["ann", "bob"]
    some = json.loads((await made(world, ask(world, "users", user_ids=["bob", "gone"]), "users"))["users.json"])
    assert [each["user_id"] for each in some] == ["bob"]
    nursery.cancel_scope.cancel()


async def test_it_goes_on_after_an_end_anywhere(world: World, autojump_clock: trio.testing.MockClock) -> None:
    """Whatever a killed server had written after what the store knows of is written anew."""
    fill(world)
    number = ask(world)
    ends = 0
    while view(world, number)["status"] != "done":
        ends += 1
        async with trio.open_nursery() as nursery:
            nursery.start_soon(export_forever, world.store, Ending(world.writer, nursery.cancel_scope, 3), 0)
            await until(lambda: view(world, number)["status"] == "done")
            nursery.cancel_scope.cancel()
        for path in (world.store.blobs.directory / "incoming").glob("export-*"):
            with path.open("ab") as file:
                file.write(b"half a ro")
    assert ends > 3
    found = json.loads(unpacked(world, view(world, number)["file"])["messages.json"])
    assert len(found) == 59
    # What a kill right at the end leaves goes with all that is half received.
    await sweep(world.store, world.writer, time.time() + 1)
    assert list((world.store.blobs.directory / "incoming").glob("*")) == []


async def test_it_begins_anew_without_its_work_file(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    """As after a backup was restored."""
    fill(world)
    number = ask(world)
    async with trio.open_nursery() as first:
        first.start_soon(export_forever, world.store, Ending(world.writer, first.cancel_scope, 4), 0)
    for path in (world.store.blobs.directory / "incoming").glob("export-*"):
        path.unlink()
    await run(world, nursery)
    assert len(json.loads((await made(world, number))["messages.json"])) == 59
    nursery.cancel_scope.cancel()


async def test_it_goes_in_time_and_not_before(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(world)
    await run(world, nursery)
    number = ask(world)
    await made(world, number)
    await sweep(world.store, world.writer, time.time() + 1)
    nursery.start_soon(remove_files_forever, world.store, world.writer)
    await trio.sleep(100)
    assert unpacked(world, view(world, number)["file"])
    monkeypatch.setattr(progress, "KEPT_MS", 0)
    late = ask(world)
    await until(lambda: len(list(world.store.blobs.present())) == 1 and is_gone(world, late))
    assert unpacked(world, view(world, number)["file"])
    nursery.cancel_scope.cancel()


def is_gone(world: World, number: str) -> bool:
    try:
        view(world, number)
    except NotFound:
        return True
    return False


async def test_what_is_known_of_a_person(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    fill(world)
    world.now("users.update", user_id="bob", metadata={"shoe": "44"})
    await run(world, nursery)
    asked = world.now("privacy.create", action="access", user_id="bob")
    world.store.refresh()
    assert (asked["action"], asked["status"], asked["user_ids"], asked["files"]) == (
        "access",
        "scheduled",
        ["bob"],
        None,
    )
    number = asked["request_id"]
    await until(lambda: request(world, number)["status"] == "done")
    files = {name: json.loads(raw) for name, raw in unpacked(world, request(world, number)["files"]).items()}
    assert set(files) == {"profile.json", "channels.json", "messages.json", "activity.json"}
    assert files["profile.json"][0]["metadata"] == {"shoe": "44"}
    assert {each["channel_url"] for each in files["channels.json"]} == {"kitchen", "attic", "garden"}
    own = {e["message"] for url in ("kitchen", "attic", "garden") for e in listed(world, url) if of(e) == "bob"}
    assert {each["message"] for each in files["messages.json"]} == own
    assert [each["reaction"] for each in files["activity.json"]] == ["yes"]
    nursery.cancel_scope.cancel()


def of(message: Any) -> str:
    user_id: str = message["user"]["user_id"]
    return user_id


def request(world: World, number: str) -> Any:
    world.store.refresh()
    return world.now("privacy.view", request_id=number)


async def test_who_waits_for_too_much_is_told(world: World) -> None:
    for _ in range(progress.MAX_WAITING):
        ask(world)
    with pytest.raises(LimitExceeded):
        ask(world)


async def test_when_somebody_is_forgotten_so_are_the_exports(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    fill(world)
    await run(world, nursery)
    number = ask(world)
    access = world.now("privacy.create", action="access", user_id="ann")["request_id"]
    await made(world, number)
    await until(lambda: request(world, access)["status"] == "done")
    nursery.start_soon(remove_files_forever, world.store, world.writer)
    asked = world.now("users.erase", user_id="ann")["request_id"]
    nursery.start_soon(erase_forever, world.store, world.writer)
    await until(lambda: request(world, asked)["status"] == "done")
    assert is_gone(world, number)
    assert list(world.store.blobs.present()) == []
    assert (request(world, access)["user_ids"], request(world, access)["files"]) == ([], None)
    nursery.cancel_scope.cancel()
