"""Sessions of browsers, resets of passwords and starred channels, as they are kept."""

from __future__ import annotations

import pytest

from chatd import ids
from chatd.domain.tenants import accounts, browsers, resets, starred
from chatd.errors import NotFound, TooLong
from chatd.model import AccountSession, Browser, PasswordReset
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World


@pytest.fixture
def login(world: World) -> str:
    world.store.write_now(0, accounts.create, "bob", "hash", accounts.MEMBER)
    return "bob"


def test_a_session_notes_when_it_was_seen_but_not_each_time(world: World, login: str) -> None:
    def story(txn: Transaction) -> list[int]:
        secret, made = accounts.sign_in(txn, login, Browser("Firefox", "192.0.2.1"))
        seen = [txn.require(tables.ACCOUNT_SESSIONS, ids.digest(secret)).seen_at]
        old = AccountSession(login, made.expires_at, made.browser, 1, txn.now - browsers.NOTED_EVERY + 1)
        for session in (old, AccountSession(login, made.expires_at)):
            txn.put(tables.ACCOUNT_SESSIONS, ids.digest(secret), value=session)
            browsers.touch(txn, secret)
            seen.append(txn.require(tables.ACCOUNT_SESSIONS, ids.digest(secret)).seen_at - txn.now)
        assert seen[0] == txn.now
        return seen[1:]

    assert world.store.write_now(0, story) == [-browsers.NOTED_EVERY + 1, 0]


def test_a_reset_expires(world: World, login: str) -> None:
    def story(txn: Transaction) -> None:
        secret, made = resets.create(txn, "Bob")
        assert made == PasswordReset(login, txn.now + resets.LIFETIME)
        assert resets.view(txn, secret) == made
        txn.put(tables.PASSWORD_RESETS, ids.digest(secret), value=PasswordReset(login, ids.now_ms()))
        with pytest.raises(NotFound):
            resets.use(txn, secret, "new")

    world.store.write_now(0, story)


def test_so_many_channels_are_starred_and_no_more(world: World, login: str) -> None:
    def story(txn: Transaction) -> None:
        for number in range(starred.MOST):
            starred.change(txn, login, f"c{number}", True)
        assert len(starred.change(txn, login, "c7", True)) == starred.MOST
        with pytest.raises(TooLong):
            starred.change(txn, login, "more", True)
        assert "c7" not in starred.change(txn, login, "c7", False)

    world.store.write_now(0, story)


def test_all_goes_with_the_account(world: World, login: str) -> None:
    def story(txn: Transaction) -> None:
        resets.create(txn, login)
        starred.change(txn, login, "garden", True)
        accounts.sign_in(txn, login)
        accounts.forget(txn.bind(txn.require(tables.ACCOUNTS, login).application), login)
        for table in (tables.STARRED, tables.PASSWORD_RESETS, tables.ACCOUNT_SESSIONS):
            assert list(txn.scan(table)) == []

    world.store.write_now(0, story)
