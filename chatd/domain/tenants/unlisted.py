"""Applications on their way in and out: nobody sees them, and what is left of them is removed a little at a time."""

from __future__ import annotations

from itertools import islice

from msgspec.structs import replace

from chatd import ids
from chatd.domain.tenants import applications
from chatd.errors import Unacceptable
from chatd.model import Application
from chatd.store import tables
from chatd.store.transaction import Transaction


def expect(txn: Transaction, name: str) -> int:
    """The number of an application that is to come under a name. What arrived before and did not come in leaves.

    Only for who holds `files.lock_arrivals`. Raises AlreadyExists, InvalidCharacter.
    """
    applications.check_name(txn, name)
    turn_back(txn)
    number = applications.next_number(txn)
    txn.put(tables.UNLISTED, number, value=tables.ARRIVING)
    return number


def admit(txn: Transaction, number: int, application: Application) -> Application:
    """List an application that has arrived whole. It keeps its id when that is free. Raises AlreadyExists."""
    applications.check_name(txn, application.name)
    taken = {each.application_id for each in applications.every(txn)}
    own = application.application_id
    admitted = replace(application, number=number, application_id=ids.new_application_id() if own in taken else own)
    txn.delete(tables.UNLISTED, number)
    applications.enlist(txn, admitted)
    return admitted


def turn_back(txn: Transaction) -> None:
    """What has arrived and not come in leaves: its import was killed, or refused by the disk."""
    for (number,), state in list(txn.scan(tables.UNLISTED)):
        if state == tables.ARRIVING:
            txn.put(tables.UNLISTED, number, value=tables.LEAVING)


def is_arriving(txn: Transaction) -> bool:
    """Whether something has arrived and not come in yet."""
    return any(state == tables.ARRIVING for _, state in txn.scan(tables.UNLISTED))


def dismiss(txn: Transaction, name: str) -> Application:
    """Take an application off the list, with its API tokens: from now on nobody can use it, and it leaves.

    Raises NotFound, and Unacceptable while people have accounts in it.
    """
    application = applications.by_name(txn, name)
    if any(account.application == application.number for _, account in txn.scan(tables.ACCOUNTS)):
        raise Unacceptable(f'People have accounts in "{name}": it is the web chat\'s application.')
    for (digest,), token in list(txn.scan(tables.API_TOKENS)):
        if token.application == application.number:
            txn.delete(tables.API_TOKENS, digest)
    for key, _ in list(txn.scan(tables.TEAMS, application.number)):
        txn.delete(tables.TEAMS, *key)
    txn.delete(tables.APPLICATION_NAMES, name)
    txn.delete(tables.APPLICATIONS, application.number)
    txn.put(tables.UNLISTED, application.number, value=tables.LEAVING)
    return application


def leaving(txn: Transaction) -> list[int]:
    """The numbers of applications of which something may be left."""
    return [number for (number,), state in txn.scan(tables.UNLISTED) if state == tables.LEAVING]


def clear(txn: Transaction, number: int, limit: int) -> int:
    """Remove up to `limit` rows of an application that leaves; how many. With the last of them it is gone."""
    tenant = txn.bind(number)
    removed = 0
    for table in tables.ALL:
        if not table.shared:
            for key, _ in list(islice(tenant.stored(table), limit - removed)):
                parts = table.unpack(key)
                tenant.delete(table, *parts)
                if table is tables.USER_SESSIONS:
                    tenant.delete(tables.SESSIONS, parts[1])
                removed += 1
    if removed < limit:
        txn.put(tables.UNLISTED, number, value=tables.GONE)
    return removed
