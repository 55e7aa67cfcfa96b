"""Invites: nobody becomes a user who is there already, but by an invite for it."""

from __future__ import annotations

import pytest

from chatd.domain.tenants import accounts, invites
from chatd.errors import AlreadyExists, InvalidValue, NotFound
from chatd.model import Account
from tests.domain.conftest import World


def accept(world: World, secret: str, login: str) -> Account:
    return world.store.write_now(0, invites.accept, secret, login, "", "hash")


def test_a_user_who_is_there_is_not_for_whoever_comes(world: World) -> None:
    world.store.write_now(0, accounts.create, "owner", "hash", "owner")
    world.store.refresh()
    world.application = 2
    world.users("ines")
    secret, _ = world.store.write_now(0, invites.create, "member", "owner")
    for taken in ("ines", "Ines", "owner"):
        with pytest.raises(AlreadyExists):
            accept(world, secret, taken)
    assert accept(world, secret, "jonas").user_id == "jonas"

    own, _ = world.store.write_now(0, invites.create, "member", "owner", "Ines")
    with pytest.raises(InvalidValue, match='for the login "ines"'):
        accept(world, own, "mara")
    assert accept(world, own, "Ines").login == "ines"
    with pytest.raises(NotFound):
        accept(world, own, "ines")
