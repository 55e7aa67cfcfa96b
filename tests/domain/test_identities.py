"""Who signs in with a provider gets an account by the rules, and always the same one."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.tenants import accounts
from chatd.domain.tenants.identities import Rules, enter
from chatd.errors import Forbidden
from chatd.model import Account, Identity
from tests.domain.conftest import World

ISSUER = "https://id.example"
OPEN = Rules((), True, False)


def come(
    world: World, subject: str, email: str = "", name: str = "", rules: Rules = OPEN, issuer: str = ISSUER
) -> Account:
    made: Any = world.store.write_now(0, enter, Identity(issuer, subject, email, name), rules)
    return made


def test_a_new_person_gets_an_account_once(world: World) -> None:
    first = come(world, "1", "Zoe.M@example.org", "Zoë Müller")
    assert (first.login, first.role, first.password_hash) == ("zoe.m", accounts.MEMBER, "")
    # Whatever the provider says of them later: the subject decides.
    assert come(world, "1", "other@example.org") == first
    # Another person of that address, or of another provider, is somebody else.
    assert come(world, "2", "zoe.m@example.org").login == "zoe.m2"
    assert come(world, "1", "zoe.m@example.org", issuer="https://other.example").login == "zoe.m3"
    assert come(world, "3", "", "Łukasz 日本").login == "ukasz"
    assert come(world, "4", "", "日本").login == "user"


def test_nobody_becomes_a_user_who_is_there(world: World) -> None:
    world.store.write_now(0, accounts.create, "owner", "hash", "owner")
    world.store.refresh()
    world.application = 2
    world.users("ines")
    assert [come(world, each, f"{each}@example.org").login for each in ("ines", "owner")] == ["ines2", "owner2"]


@pytest.mark.parametrize("email", ["", "eve@example.com", "eve@evil-example.org", "eve@example.org.evil.com"])
def test_only_verified_addresses_of_the_domains_get_in(world: World, email: str) -> None:
    rules = Rules(("example.org",), True, True)
    with pytest.raises(Forbidden):
        come(world, "1", email, rules=rules)
    eve = come(world, "1", "eve@Example.org", rules=rules)
    assert eve.login == "eve"
    # Who leaves the domain is out again.
    with pytest.raises(Forbidden):
        come(world, "1", email, rules=rules)


def test_an_account_is_linked_only_where_the_rules_say_so(world: World) -> None:
    world.store.write_now(0, accounts.create, "ana", "hash", "owner")
    closed = Rules(("example.org",), False, False)
    with pytest.raises(Forbidden):
        come(world, "1", "ana@example.org", rules=closed)
    # Without domains anybody could have an address that begins so.
    with pytest.raises(Forbidden):
        come(world, "1", "ana@anywhere.example", rules=Rules((), False, True))
    linked = come(world, "1", "ana@example.org", rules=closed._replace(link_by_email=True))
    assert (linked.login, linked.role) == ("ana", "owner")
    assert come(world, "1", "ana@example.org", rules=closed).login == "ana"
    with pytest.raises(Forbidden):
        come(world, "2", "ben@example.org", rules=closed._replace(link_by_email=True))


def test_an_account_that_somebody_has_is_linked_to_nobody_else(world: World) -> None:
    world.store.write_now(0, accounts.create, "ana", "hash", "owner")
    rules = Rules(("example.org", "example.com"), True, True)
    assert come(world, "1", "ana@example.org", rules=rules).role == "owner"
    other = come(world, "2", "ana@example.com", rules=rules)
    assert (other.login, other.role) == ("ana2", "member")
    with pytest.raises(Forbidden):
        come(world, "3", "ana@example.com", rules=rules._replace(create_accounts=False))


def test_the_link_goes_with_the_account(world: World) -> None:
    first = come(world, "1", "zoe@example.org")
    world.store.write_now(first.application, accounts.forget, first.user_id)
    # The user is still there, so the login is not free.
    assert come(world, "1", "zoe@example.org").login == "zoe2"
