"""Announcements reach whom they are meant for, once, however often they are interrupted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.domain.announcements.sending import give_up, send_some
from chatd.domain.announcements.timing import next_announcement, rests, wakes_at
from chatd.errors import (
    AlreadyExists,
    ChatdError,
    IncompatibleValues,
    InvalidCharacter,
    InvalidValue,
    MissingParameter,
    NotFound,
    OutOfRange,
    Unacceptable,
)
from chatd.model import Announcement
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.test_verify import findings_of

NEWS = {"type": "MESG", "user_id": "gus", "content": "news"}
ADMIN = {"type": "ADMM", "content": "news"}
# Members beside gus; `far` is not his.
CHANNELS = {"all": ("ann", "bob", "cid"), "ann1": ("ann",), "bob1": ("bob",), "far": ()}
MINUTE = 60_000
DAY = 24 * 60


class _Killed(Exception):
    """What ends a transaction before its commit."""


def fill(world: World) -> World:
    world.users("gus", "ann", "bob", "cid")
    for url, members in CHANNELS.items():
        if url == "far":
            world.client("ann", "channels.create", channel_url="far0", user_ids=["bob"])
        else:
            world.client("gus", "channels.create", channel_url=f"{url}0", user_ids=members, is_distinct=url != "all")
    return world


@pytest.fixture
def town() -> Iterator[World]:
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = fill(World(Store.open(Path(directory), MAP_SIZE)))
        yield world
        world.store.close()


def announce(world: World, **params: Any) -> str:
    given = {"message": NEWS, "target_channel_type": "all"} | params
    unique_id: str = world.backend("announcements.create", **given)["unique_id"]
    return unique_id


def view(world: World, unique_id: str) -> Any:
    return world.backend("announcements.view", unique_id=unique_id)


def finish(world: World, limit: int = 20) -> None:
    while world.write(send_some, limit):
        pass


def reached(world: World) -> Counter[str]:
    """How often each channel was told."""
    return Counter(
        each.data["channel_url"] for each in world.told if each.data.get("message", {}).get("message") == "news"
    )


TARGETS = [
    ({"target_at": "sender_all_channels"}, {"all0", "ann10", "bob10"}),
    ({"target_at": "sender_all_channels", "target_channel_type": "distinct"}, {"ann10", "bob10"}),
    ({"target_at": "sender_all_channels", "target_channel_type": "non-distinct"}, {"all0"}),
    ({"target_at": "target_channels", "target_list": ["all0", "far0"]}, {"all0"}),
    ({"target_at": "target_channels", "target_list": ["all0", "far0"], "message": ADMIN}, {"all0", "far0"}),
    ({"target_at": "target_users_included_channels", "target_list": ["ann"]}, {"all0", "ann10"}),
    ({"target_at": "target_users_only_channels", "target_list": ["ann", "cid"]}, {"ann10"}),
    ({"target_at": "sender_all_channels", "target_custom_type": "a, b"}, set()),
]


@pytest.mark.parametrize(("params", "expected"), TARGETS)
def test_it_goes_where_it_is_meant_to(town: World, params: dict[str, Any], expected: set[str]) -> None:
    unique_id = announce(town, **params)
    finish(town, 1)
    assert reached(town) == Counter(expected)
    done = view(town, unique_id)
    assert (done["status"], done["sent_channel_count"]) == ("completed", len(expected))
    assert not findings_of(town.store)


def test_users_without_a_channel_get_one(town: World) -> None:
    params = {"target_at": "target_users_only_channels", "target_list": ["ann", "cid", "gus"]}
    unique_id = announce(town, **params, create_channel=True, create_channel_options={"name": "News"})
    finish(town, 1)
    assert len(reached(town)) == 2
    (made,) = town.client("cid", "channels.search", search_query="News")["channels"]
    assert made["channel_url"] in reached(town)
    assert view(town, unique_id)["sent_user_count"] == 2


def test_who_is_gone_gets_nothing(town: World) -> None:
    announce(town, target_at="target_users_only_channels", target_list=["ann", "cid"], create_channel=True)
    town.backend("users.delete", user_id="cid")
    town.backend("users.update", user_id="ann", is_active=False)
    finish(town)
    assert reached(town) == Counter()


@settings(max_examples=15, deadline=None)
@given(limit=st.integers(1, 4), kills=st.lists(st.booleans(), max_size=8), params=st.sampled_from(TARGETS))
def test_it_is_sent_once_however_often_the_server_is_killed(
    limit: int, kills: list[bool], params: tuple[dict[str, Any], set[str]]
) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        check_once(Path(directory), limit, kills, params)


def check_once(directory: Path, limit: int, kills: list[bool], params: tuple[dict[str, Any], set[str]]) -> None:
    world = fill(World(Store.open(directory, MAP_SIZE)))
    announce(world, **params[0])
    for is_killed in kills:
        if is_killed:
            with pytest.raises(_Killed):
                world.store.write_now(world.application, killed, limit)
            world.store.close()
            world.store = Store.open(directory, MAP_SIZE)
        else:
            world.write(send_some, limit)
    finish(world, limit)
    assert reached(world) == Counter(params[1])
    world.store.close()


def killed(txn: Transaction, limit: int) -> None:
    send_some(txn, limit)
    raise _Killed


def test_it_is_paused_resumed_and_stopped(town: World) -> None:
    unique_id = announce(town)
    act(town, unique_id, "pause", Unacceptable)
    town.write(send_some, 1)
    assert act(town, unique_id, "pause") == "paused"
    assert not town.write(send_some, 1)
    assert act(town, unique_id, "resume") == "running"
    town.write(send_some, 1)
    assert act(town, unique_id, "stop") == "stopped"
    finish(town)
    assert sum(reached(town).values()) == view(town, unique_id)["sent_channel_count"] == 2
    act(town, unique_id, "resume", Unacceptable)
    act(town, unique_id, "cancel", Unacceptable)


def act(world: World, unique_id: str, action: str, error: type[ChatdError] | None = None) -> str:
    if error is not None:
        with pytest.raises(error):
            world.backend("announcements.update", unique_id=unique_id, action=action)
        return ""
    status: str = world.backend("announcements.update", unique_id=unique_id, action=action)["status"]
    return status


def test_only_what_has_not_begun_is_changed_or_canceled(town: World) -> None:
    later = world_time(town) + 60 * MINUTE
    unique_id = announce(town, scheduled_at=later)
    assert town.store.read(town.application, next_announcement) == later
    changed = {"message": NEWS | {"content": "other"}, "target_at": "target_channels", "target_list": ["all0"]}
    done = town.backend("announcements.update", unique_id=unique_id, **changed, scheduled_at=later + 1)
    assert (done["message"]["content"], done["target_channel_count"]) == ("other", 1)
    assert town.store.read(town.application, next_announcement) == later + 1
    with pytest.raises(MissingParameter):
        town.backend("announcements.update", unique_id=unique_id, target_at="target_users_only_channels")
    assert act(town, unique_id, "cancel") == "canceled"
    assert town.store.read(town.application, next_announcement) is None
    with pytest.raises(Unacceptable):
        town.backend("announcements.update", unique_id=unique_id, enable_push=False)
    finish(town)
    assert reached(town) == Counter()


def world_time(world: World) -> int:
    return world.store.read(world.application, lambda txn: txn.now)


def test_what_cannot_end_in_time_is_incomplete(town: World) -> None:
    unique_id = announce(town, scheduled_at=1, end_at=1 + 10 * MINUTE)
    finish(town)
    assert view(town, unique_id)["status"] == "incompleted"
    assert reached(town) == Counter()


@pytest.mark.parametrize("is_given_up", [True, False])
def test_it_ends_with_its_sender(town: World, is_given_up: bool) -> None:
    unique_id = announce(town)
    town.write(send_some, 1)
    if is_given_up:
        town.write(give_up)
    else:
        town.backend("users.delete", user_id="gus")
    finish(town)
    assert view(town, unique_id)["status"] == "incompleted"
    assert sum(reached(town).values()) == 1


def test_frozen_channels_get_it_or_not(town: World) -> None:
    town.client("gus", "channels.freeze", channel_url="all0", freeze=True)
    announce(town, target_at="target_channels", target_list=["all0"], send_to_frozen_channels=False)
    finish(town)
    assert reached(town) == Counter()
    announce(town, target_at="target_channels", target_list=["all0"])
    finish(town)
    assert reached(town) == Counter({"all0": 1})
    unread = town.backend("channels.unread_count", channel_url="all0", user_ids=["gus", "ann"])["unread"]
    assert unread == {"gus": 0, "ann": 1}


@given(now=st.integers(0, 3 * DAY * MINUTE), cease=st.integers(0, DAY - 1), hours=st.integers(1, DAY - 1))
def test_it_rests_every_day(now: int, cease: int, hours: int) -> None:
    resume = (cease + hours) % DAY
    resting = Announcement(1, "", 0, True, "", "", 0, cease_at=cease, resume_at=resume)
    minute = now // MINUTE % DAY
    expected = cease <= minute < resume if cease < resume else minute >= cease or minute < resume
    assert rests(resting, now) == expected
    if expected:
        wakes = wakes_at(resting, now)
        assert now < wakes <= now + DAY * MINUTE
        assert not rests(resting, wakes)
        assert rests(resting, wakes - 1)


def test_in_its_hours_of_rest_nothing_is_sent(town: World) -> None:
    unique_id = announce(town)

    def at_rest(txn: Transaction, hours: int) -> Any:
        txn.now = (txn.now // (DAY * MINUTE) + 1) * DAY * MINUTE + hours * 60 * MINUTE
        return send_some(txn, 10)

    town.backend("announcements.update", unique_id=unique_id, cease_at="0100", resume_at="0300")
    assert not town.write(at_rest, 2)
    assert reached(town) == Counter()
    assert town.write(at_rest, 3)
    assert len(reached(town)) == 3


REFUSED: list[tuple[dict[str, Any], type[ChatdError]]] = [
    ({"unique_id": "first"}, AlreadyExists),
    ({"message": ADMIN}, MissingParameter),
    ({"message": NEWS | {"content": ""}}, InvalidCharacter),
    ({"message": NEWS | {"user_id": "nobody"}}, NotFound),
    ({"target_at": "target_channels"}, MissingParameter),
    ({"target_at": "target_channels", "target_list": ["nowhere"]}, NotFound),
    ({"target_at": "target_users_only_channels", "target_list": ["nobody"]}, NotFound),
    ({"create_channel": True}, IncompatibleValues),
    ({"cease_at": "0100"}, InvalidValue),
    ({"cease_at": "0100", "resume_at": "0100"}, InvalidValue),
    ({"cease_at": "2460", "resume_at": "0100"}, InvalidCharacter),
    ({"scheduled_at": 10, "end_at": 11}, OutOfRange),
]


@pytest.mark.parametrize(("params", "error"), REFUSED)
def test_what_makes_no_sense_is_refused(town: World, params: dict[str, Any], error: type[ChatdError]) -> None:
    announce(town, unique_id="first", scheduled_at=2**50)
    with pytest.raises(error):
        announce(town, **params)
    assert len(town.backend("announcements.list")["announcements"]) == 1


def test_they_are_listed_by_status_and_group(town: World) -> None:
    for n, group in enumerate(["b", "a", "b"]):
        announce(town, unique_id=f"n{n}", announcement_group=group, scheduled_at=2**50)
    act(town, "n1", "cancel")

    def listed(**params: Any) -> list[str]:
        return [each["unique_id"] for each in town.backend("announcements.list", **params)["announcements"]]

    assert listed() == ["n2", "n1", "n0"]
    assert listed(status=["canceled"]) == ["n1"]
    assert listed(announcement_group="b") == ["n2", "n0"]
    page = town.backend("announcements.list_groups", limit=1)
    rest = town.backend("announcements.list_groups", limit=1, token=page["next"])
    assert page["announcement_groups"] + rest["announcement_groups"] == ["a", "b"]
