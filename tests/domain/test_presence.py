"""Sessions that end, and what of presence is the domain's."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import events, ids
from chatd.domain import live, stream
from chatd.domain.users import presence, sessions
from chatd.errors import MissingParameter, NotFound, Unacceptable
from chatd.model import Actor, Publication
from chatd.store import tables
from tests.domain.conftest import World


@pytest.fixture
def home(world: World) -> World:
    world.users("ann", "bob")
    return world


def number(world: World, user_id: str) -> int:
    found = world.actor(user_id).user
    assert found is not None
    return found


def token(world: World, user_id: str, **params: Any) -> tuple[str, int]:
    """A session's token, and when it expires."""
    issued = world.backend("sessions.issue", user_id=user_id, **params)
    return issued["token"], issued["expires_at"]


def closing(world: World) -> list[tuple[int, int]]:
    return [(each.user, each.session) for each in world.told if each.disconnect]


def test_one_session_ends_and_the_others_live(home: World) -> None:
    (first, first_end), (second, second_end) = token(home, "ann"), token(home, "ann")
    home.backend("sessions.revoke", user_id="ann", token=first)
    ann = number(home, "ann")
    assert closing(home) == [(ann, first_end)]
    assert home.store.read(home.application, sessions.expiries, ann) == {second_end}
    assert home.store.read(0, sessions.authenticate, second).user == ann


def test_no_two_sessions_of_a_user_end_in_the_same_millisecond(home: World) -> None:
    end = ids.now_ms() + 60_000
    ends = [token(home, "ann", expires_at=end)[1] for _ in range(3)]
    assert ends == [end, end + 1, end + 2]
    assert token(home, "bob", expires_at=end)[1] == end


@pytest.mark.parametrize("user_id", ["ann", "bob"])
def test_only_a_session_of_the_user_can_be_ended(home: World, user_id: str) -> None:
    other = token(home, "bob")[0] if user_id == "ann" else ids.new_secret()
    with pytest.raises(NotFound):
        home.backend("sessions.revoke", user_id=user_id, token=other)
    assert closing(home) == []


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("sessions.revoke", {}),
        ("users.update", {"is_active": False}),
        ("users.delete", {}),
    ],
)
def test_all_sessions_end(home: World, name: str, params: dict[str, Any]) -> None:
    token(home, "ann")
    ann = number(home, "ann")
    home.backend(name, user_id="ann", **params)
    assert closing(home) == [(ann, 0)]
    assert home.store.read(home.application, sessions.expiries, ann) == set()


def test_the_end_of_a_session_is_seen_by_who_follows_the_log_and_recovered_by_nobody(home: World) -> None:
    before = home.store.read(home.application, stream.top).sequence
    home.backend("sessions.revoke", user_id="ann")
    replayed: list[Publication] = home.store.read(home.application, stream.replay, before + 1, before + 1)
    assert replayed == [home.told[-1]]
    assert replayed[0].disconnect
    entry = home.store.read(home.application, lambda txn: txn.require(tables.LOG, before + 1))
    assert entry.event == events.SessionsRevoked(number(home, "ann"))
    assert home.store.read(home.application, stream.missed, number(home, "ann"), before, 10) == []


def test_who_is_asked_about_is_known_and_named_once(home: World) -> None:
    asked = home.client("ann", "presence.query", user_ids=["bob", "nobody", "ann", "bob"])
    assert asked == {"users": [{"user_id": "bob"}, {"user_id": "ann"}]}


def test_only_a_connection_watches(home: World) -> None:
    with pytest.raises(Unacceptable):
        home.client("ann", "presence.watch", user_ids=["bob"])
    with pytest.raises(Unacceptable):
        home.client("ann", "presence.unwatch")
    connected = Actor(home.application, number(home, "ann"), "ann", 7)
    assert home.call(connected, "presence.watch", {"user_ids": ["bob"]}) == live.Watch({number(home, "bob"): "bob"})
    assert home.call(connected, "presence.unwatch", {}) == live.Unwatch(None)


def test_connections_are_ones_own_or_those_of_the_named(home: World) -> None:
    assert home.client("ann", "connections.list") == live.Connections(number(home, "ann"))
    assert home.backend("connections.list", user_id="ann") == live.Connections(number(home, "ann"))
    with pytest.raises(MissingParameter):
        home.backend("connections.cut")


def test_of_who_is_deleted_nothing_is_kept(home: World) -> None:
    ann, bob = number(home, "ann"), number(home, "bob")
    keep = presence.keep_last_seen
    home.store.write_now(home.application, keep, {ann: 5, bob: 6})
    home.backend("users.delete", user_id="ann")
    home.store.write_now(home.application, keep, {ann: 7, bob: 8, 10**6: 9})
    home.store.refresh()
    kept = home.store.read(home.application, lambda txn: list(txn.scan(tables.LAST_SEEN)))
    assert kept == [((bob,), 8)]
