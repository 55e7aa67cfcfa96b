"""The second factor of accounts: a code of the moment from an app on a phone (TOTP, RFC 6238), or a recovery code.

A code counts once: neither who looked over a shoulder nor who kept the request can use it again.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Final, NamedTuple

import pyotp
from msgspec.structs import replace

from chatd import ids
from chatd.errors import AlreadyExists, InvalidValue, NotFound, RateLimited, SecondFactorRequired, WrongCode
from chatd.model import Account, SecondFactor
from chatd.store import tables
from chatd.store.transaction import Transaction

ISSUER: Final = "chatd"
STEP_SECONDS: Final = 30
# Clocks of phones and servers differ: one step earlier or later counts too.
STEPS: Final = (0, -1, 1)
RECOVERY_CODES: Final = 10
# So many wrong codes in a row, then none is taken for a while: who has the password gets no further by guessing.
MAX_FAILURES: Final = 10
LOCKED_MS: Final = 60 * 60 * 1000


class Offer(NamedTuple):
    """The secret that an app is to keep, and the same as an address that apps read from a picture."""

    secret: str
    uri: str


def is_on(txn: Transaction, login: str) -> bool:
    """Whether an account needs a second factor."""
    found = txn.get(tables.SECOND_FACTORS, login)
    return found is not None and found.is_confirmed


def begin(txn: Transaction, account: Account) -> Offer:
    """Offer a secret. It counts from when a code of it was confirmed. Raises AlreadyExists when one counts already."""
    if is_on(txn, account.login):
        raise AlreadyExists("The account has a second factor already.")
    secret = pyotp.random_base32()
    txn.put(tables.SECOND_FACTORS, account.login, value=SecondFactor(secret))
    return Offer(secret, pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=ISSUER))


def confirm(txn: Transaction, account: Account, code: str) -> list[str]:
    """Begin to need it, with the first code; the recovery codes, each for one time, of which only hashes are kept.

    Raises NotFound when nothing was offered, AlreadyExists, InvalidValue.
    """
    found = txn.get(tables.SECOND_FACTORS, account.login)
    if found is None:
        raise NotFound("Second factor")
    if found.is_confirmed:
        raise AlreadyExists("The account has a second factor already.")
    step = _step(txn, found, code)
    if step is None:
        raise InvalidValue("The code is wrong.")
    codes = [secrets.token_hex(5) for _ in range(RECOVERY_CODES)]
    confirmed = SecondFactor(found.secret, True, step, tuple(ids.digest(each) for each in codes))
    txn.put(tables.SECOND_FACTORS, account.login, value=confirmed)
    return codes


def check(txn: Transaction, login: str, code: str) -> None:
    """Take a code of an account, if it needs one.

    Raises SecondFactorRequired without one, WrongCode, which is counted, and RateLimited after too many of those.
    """
    found = txn.get(tables.SECOND_FACTORS, login)
    if found is None or not found.is_confirmed:
        return
    plain = code.replace(" ", "").replace("-", "").lower()
    if not plain:
        raise SecondFactorRequired("The account needs a code of its second factor.")
    wait = found.failed_at + LOCKED_MS - txn.now
    if found.failures >= MAX_FAILURES and wait > 0:
        raise RateLimited("Too many wrong codes; wait an hour.", wait / 1000)
    digest = ids.digest(plain)
    step = _step(txn, found, plain)
    if digest in found.recovery:
        left = tuple(each for each in found.recovery if each != digest)
        taken = replace(found, recovery=left, failures=0)
    elif step is not None:
        taken = replace(found, last_step=step, failures=0)
    else:
        txn.put(tables.SECOND_FACTORS, login, value=replace(found, failures=found.failures + 1, failed_at=txn.now))
        raise WrongCode("The code is wrong, or was used already.")
    txn.put(tables.SECOND_FACTORS, login, value=taken)


def remove(txn: Transaction, login: str) -> None:
    """Need it no more."""
    txn.delete(tables.SECOND_FACTORS, login)


def _step(txn: Transaction, factor: SecondFactor, code: str) -> int | None:
    """The step of time that a code is of, None for a wrong one and for one that was used."""
    now, totp = txn.now // 1000, pyotp.TOTP(factor.secret)
    for offset in STEPS:
        step = now // STEP_SECONDS + offset
        if step > factor.last_step and hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), code.encode()):
            return step
    return None
