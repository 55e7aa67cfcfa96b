"""Devices in the store: which a user has, whose one is. They are no part of the log, as sessions are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from chatd import ids
from chatd.model import PushCursor, PushToken
from chatd.store import tables
from chatd.store.transaction import Transaction

# Of each kind; one more takes the place of the oldest.
MAX_TOKENS: Final = 20


def add_device(txn: Transaction, device: PushToken) -> None:
    """Notify a user on a device from now on, and nobody else there: who has it now is not who had it before."""
    number = _number(txn, device.kind, device.token)
    if number is not None:
        before = txn.require(tables.PUSH_TOKENS, number)
        if before.user == device.user:
            txn.put(tables.PUSH_TOKENS, number, value=replace(device, added_at=before.added_at))
            return
        forget_device(txn, number)
    held = [number for number, each in devices_of(txn, device.user) if each.kind == device.kind]
    for number in held[: max(0, len(held) - MAX_TOKENS + 1)]:
        forget_device(txn, number)
    _put(txn, device)


def devices_of(txn: Transaction, user: int) -> Iterator[tuple[int, PushToken]]:
    """The devices of a user with their numbers, the oldest first."""
    for (_, number), _ in list(txn.scan(tables.PUSH_TOKENS_OF, user)):
        yield number, txn.require(tables.PUSH_TOKENS, number)


def device_with(txn: Transaction, kind: str, token: str) -> tuple[int, PushToken] | None:
    """The device with a token and its number; None when there is none."""
    number = _number(txn, kind, token)
    return None if number is None else (number, txn.require(tables.PUSH_TOKENS, number))


def forget_device(txn: Transaction, number: int) -> None:
    """Notify a device no more. What waits for it is dropped when its turn comes."""
    device = txn.require(tables.PUSH_TOKENS, number)
    txn.delete(tables.PUSH_TOKENS, number)
    txn.delete(tables.PUSH_TOKENS_OF, device.user, number)
    txn.delete(tables.PUSH_TOKEN_NUMBERS, token_key(device.kind, device.token))


def forget_devices(txn: Transaction, user: int) -> None:
    """Notify no device of a user any more."""
    for number, _ in devices_of(txn, user):
        forget_device(txn, number)


def forget_pushes(txn: Transaction, user: int) -> None:
    """Forget a user's devices, and how they want to be told."""
    forget_devices(txn, user)
    txn.delete(tables.PUSH_TEMPLATES, user)


def _put(txn: Transaction, device: PushToken) -> None:
    """Numbers are never given again: what waits for a device that is gone must not reach another one."""
    number = (txn.get(tables.PUSH_TOKENS_MADE) or 0) + 1
    txn.put(tables.PUSH_TOKENS_MADE, value=number)
    txn.put(tables.PUSH_TOKENS, number, value=device)
    txn.put(tables.PUSH_TOKENS_OF, device.user, number)
    txn.put(tables.PUSH_TOKEN_NUMBERS, token_key(device.kind, device.token), value=number)
    if txn.get(tables.PUSH_CURSOR) is None:
        txn.put(tables.PUSH_CURSOR, value=PushCursor(txn.head.sequence))


def _number(txn: Transaction, kind: str, token: str) -> int | None:
    return txn.get(tables.PUSH_TOKEN_NUMBERS, token_key(kind, token))


def token_key(kind: str, token: str) -> bytes:
    """By what a device is found in the table of tokens."""
    return ids.digest(f"{kind} {token}")
