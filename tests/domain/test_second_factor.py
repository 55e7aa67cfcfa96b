"""The second factor: codes of the moment count once, recovery codes too, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pyotp
import pytest

from chatd import ids
from chatd.domain.tenants import accounts, second_factor
from chatd.errors import AlreadyExists, InvalidValue, NotFound, RateLimited, SecondFactorRequired, WrongCode
from chatd.model import Account
from chatd.store import tables
from chatd.store.store import Store
from tests.store.conftest import MAP_SIZE

STEP = second_factor.STEP_SECONDS


class Guarded:
    """The account of Ann, which needs codes since `began`, in seconds."""

    def __init__(self, store: Store, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store = store
        self.account = account
        self.now = 2_000_000_000
        monkeypatch.setattr(ids, "now_ms", lambda: self.now * 1000)
        self.offer = store.write_now(0, second_factor.begin, account)
        self.recovery = store.write_now(0, second_factor.confirm, account, self.code())
        self.now += 10 * STEP

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(self.offer.secret).at(self.now + steps * STEP)

    def check(self, code: str) -> None:
        self.store.write_now(0, second_factor.check, "ann", code)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "data", MAP_SIZE)


@pytest.fixture
def ann(store: Store, monkeypatch: pytest.MonkeyPatch) -> Guarded:
    account = store.write_now(0, accounts.create, "ann", "hash", "owner")
    return Guarded(store, account, monkeypatch)


def test_a_code_is_needed_and_counts_once(ann: Guarded) -> None:
    with pytest.raises(SecondFactorRequired):
        ann.check("")
    ann.check(f"{ann.code()[:3]} {ann.code()[3:]}")
    with pytest.raises(WrongCode):
        ann.check(ann.code())
    ann.now += STEP
    ann.check(ann.code())


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_differ_by_a_step(ann: Guarded, steps: int, is_taken: bool) -> None:
    if is_taken:
        ann.check(ann.code(steps))
    with pytest.raises(WrongCode):
        ann.check(ann.code(steps))


def test_after_a_later_code_an_earlier_one_is_too_late(ann: Guarded) -> None:
    ann.check(ann.code(1))
    for steps in (-1, 0, 1):
        with pytest.raises(WrongCode):
            ann.check(ann.code(steps))


def test_each_recovery_code_counts_once(ann: Guarded) -> None:
    assert len(set(ann.recovery)) == second_factor.RECOVERY_CODES
    ann.check(ann.recovery[3].upper())
    with pytest.raises(WrongCode):
        ann.check(ann.recovery[3])
    ann.check(ann.recovery[4])


@pytest.mark.parametrize("code", ["000000", "12345", "é", "0" * 1000, "１２３４５６"])
def test_what_is_no_code_is_refused(ann: Guarded, code: str) -> None:
    with pytest.raises(WrongCode):
        ann.check(code)


def test_only_hashes_of_recovery_codes_are_kept(ann: Guarded) -> None:
    kept = repr(ann.store.read_now(0, lambda txn: txn.get(tables.SECOND_FACTORS, "ann")))
    assert not [code for code in ann.recovery if code in kept]


def test_it_counts_from_when_it_is_confirmed_and_until_it_is_removed(store: Store) -> None:
    bob = store.write_now(0, accounts.create, "bob", "hash", "member")
    with pytest.raises(NotFound):
        store.write_now(0, second_factor.confirm, bob, "123456")
    first = store.write_now(0, second_factor.begin, bob)
    second = store.write_now(0, second_factor.begin, bob)
    assert first.secret != second.secret
    assert "otpauth://totp/chatd:bob" in second.uri
    store.write_now(0, second_factor.check, "bob", "")
    with pytest.raises(InvalidValue):
        store.write_now(0, second_factor.confirm, bob, pyotp.TOTP(first.secret).now())
    store.write_now(0, second_factor.confirm, bob, pyotp.TOTP(second.secret).now())
    with pytest.raises(AlreadyExists):
        store.write_now(0, second_factor.begin, bob)
    store.write_now(0, second_factor.remove, "bob")
    store.write_now(0, second_factor.check, "bob", "")


def test_guessing_ends_for_an_hour(ann: Guarded) -> None:
    for _ in range(second_factor.MAX_FAILURES - 1):
        with pytest.raises(WrongCode):
            ann.check("nonsense")
    ann.check(ann.code())
    ann.now += 10 * STEP
    for _ in range(second_factor.MAX_FAILURES):
        with pytest.raises(WrongCode):
            ann.check("nonsense")
    for code in (ann.code(), ann.recovery[0]):
        with pytest.raises(RateLimited):
            ann.check(code)
    ann.now += 3600
    ann.check(ann.code())
