"""Visitors, who have no account: they talk where they are members, and see nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import replace

from chatd.domain import COMMANDS
from chatd.domain.integrations import visiting
from chatd.domain.integrations.visiting import Reception, Visit
from chatd.domain.roles import Role
from chatd.domain.users import sessions
from chatd.domain.visitors import VISITORS
from chatd.errors import Forbidden, InvalidSessionToken, NotFound, RequestError
from chatd.model import Actor
from tests.domain.conftest import MEMORY, World
from tests.domain.scene import Scene
from tests.domain.test_permissions import OF_CLIENTS

RECEPTION = Reception(("ann", "nobody"), "Hello! Somebody answers soon.")


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with TemporaryDirectory(dir=MEMORY) as directory:
        scene = Scene(Path(directory) / "data")
        yield scene
        scene.close()


@pytest.fixture
def shop(world: World) -> World:
    world.users("ann", "bob")
    return world


def enter(shop: World, nickname: str = "Vera") -> Visit:
    visit: Visit = shop.write(visiting.enter, RECEPTION, nickname)
    return visit


def actor(shop: World, visit: Visit) -> Actor:
    session = shop.store.read(0, sessions.authenticate, visit.token)
    return Actor(session.application, session.user, session.user_id, is_visitor=session.is_visitor)


def test_what_visitors_may_do_are_commands_of_clients() -> None:
    assert set(OF_CLIENTS) > VISITORS


@pytest.mark.parametrize("name", OF_CLIENTS)
def test_a_visitor_may_do_what_is_said_and_only_as_a_member(scene: Scene, name: str) -> None:
    command = COMMANDS[name]
    for role in (Role.MEMBER, Role.STRANGER):
        visitor = replace(scene.connected(role.value), is_visitor=True)
        error = scene.tried(visitor, name, command.example or {})
        assert (error is None) == (name in VISITORS and role in command.roles), error


def test_a_visitor_is_welcomed_and_talks_with_those_who_answer(shop: World) -> None:
    visit = enter(shop)
    vera = actor(shop, visit)
    (channel,) = shop.call(vera, "channels.list", {"show_empty": True})["channels"]
    assert (channel["channel_url"], channel["name"], channel["custom_type"]) == (visit.channel_url, "Vera", "visitor")
    shop.call(vera, "messages.send", {"channel_url": visit.channel_url, "message": "Is it open?"})
    shop.client("ann", "messages.send", channel_url=visit.channel_url, message="Until six.")
    listed = shop.call(vera, "messages.list", {"channel_url": visit.channel_url, "message_ts": 0, "next_limit": 9})
    assert [each["message"] for each in listed["messages"]] == [RECEPTION.welcome, "Is it open?", "Until six."]
    with pytest.raises(NotFound):
        shop.client("bob", "channels.view", channel_url=visit.channel_url)


@pytest.mark.parametrize("place", [{"is_public": True}, {}])
def test_a_visitor_sees_no_channel_but_their_own(shop: World, place: dict[str, bool]) -> None:
    vera = actor(shop, enter(shop))
    command = "channels.create" if place else "open_channels.create"
    shop.backend(command, channel_url="hall", name="The hall", **place, **({"user_ids": ["bob"]} if place else {}))
    for name, params in (
        ("channels.view", {}),
        ("pins.list", {}),
        ("permissions.view", {}),
        ("members.list", {}),
        ("threads.list", {"parent_message_id": 1}),
        ("reactions.list", {"message_id": 1}),
        ("messages.list", {"message_ts": 0}),
        ("messages.send", {"message": "Hello?"}),
        ("messages.changes", {"token": ""}),
        ("channels.typing", {"is_typing": True}),
    ):
        with pytest.raises(RequestError):
            shop.call(vera, name, {"channel_url": "hall", **params})


def test_who_comes_back_is_who_they_were(shop: World) -> None:
    visit = enter(shop)
    assert shop.write(visiting.come_back, RECEPTION, visit.token) == visit
    other = enter(shop)
    assert other.channel_url != visit.channel_url
    shop.client("ann", "channels.delete", channel_url=visit.channel_url)
    assert shop.write(visiting.come_back, RECEPTION, visit.token) == visit
    (channel,) = shop.call(actor(shop, visit), "channels.list", {"show_empty": True})["channels"]
    assert channel["last_message"]["message"] == RECEPTION.welcome


def test_a_session_that_ends_soon_is_followed_by_another(shop: World, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = enter(shop)
    monkeypatch.setattr(visiting, "ENOUGH", visiting.LIFETIME + sessions.DAY)
    again = shop.write(visiting.come_back, RECEPTION, visit.token)
    assert again.token != visit.token
    assert actor(shop, again) == actor(shop, visit)


def test_only_the_token_of_a_visitor_is_taken(shop: World) -> None:
    token = shop.backend("sessions.issue", user_id="bob")["token"]
    for wrong in (token, "nothing", ""):
        with pytest.raises(InvalidSessionToken):
            shop.write(visiting.come_back, RECEPTION, wrong)
    visit = enter(shop)
    shop.backend("users.update", user_id=actor(shop, visit).user_id, is_active=False)
    with pytest.raises(InvalidSessionToken):
        shop.write(visiting.come_back, RECEPTION, visit.token)


def test_where_nobody_answers_nobody_enters(shop: World) -> None:
    with pytest.raises(Forbidden):
        shop.write(visiting.enter, Reception((), ""), "Vera")
    with pytest.raises(Forbidden):
        shop.write(visiting.enter, Reception(("nobody",), ""), "Vera")
