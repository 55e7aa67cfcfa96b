"""Applications: the tenants, each with a key space of its own."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from chatd import ids
from chatd.errors import AlreadyExists, InvalidCharacter, NotFound
from chatd.model import Application
from chatd.store import tables
from chatd.store.transaction import Transaction

# The application whose users are the accounts of the web chat.
MAIN = "main"


def create(txn: Transaction, name: str) -> Application:
    """A new application. Raises AlreadyExists, or InvalidCharacter for a name that is not 1-64 of [a-z0-9_-]."""
    check_name(txn, name)
    application = Application(next_number(txn), ids.new_application_id(), name, txn.now, ids.new_secret())
    enlist(txn, application)
    return application


def check_name(txn: Transaction, name: str) -> None:
    """Raises AlreadyExists and InvalidCharacter, as `create`."""
    if not (0 < len(name) <= 64 and all(c in "abcdefghijklmnopqrstuvwxyz0123456789_-" for c in name)):
        raise InvalidCharacter("An application's name is 1 to 64 characters of a-z, 0-9, _ and -.")
    if txn.get(tables.APPLICATION_NAMES, name) is not None:
        raise AlreadyExists(f'Application "{name}" exists already.')


def next_number(txn: Transaction) -> int:
    """A number that no application has or had."""
    listed = next(txn.scan(tables.APPLICATIONS, reverse=True), None)
    unlisted = next(txn.scan(tables.UNLISTED, reverse=True), None)
    return 1 + max(last[0][0] if last else 0 for last in (listed, unlisted))


def enlist(txn: Transaction, application: Application) -> None:
    """Put an application on the list: from now on it can be used."""
    txn.put(tables.APPLICATIONS, application.number, value=application)
    txn.put(tables.APPLICATION_NAMES, application.name, value=application.number)


def limit(txn: Transaction, name: str, limits: Mapping[str, int | None]) -> Application:
    """Set limits of an application by their names in `Application`, which says what they mean. Raises NotFound."""
    changed = replace(by_name(txn, name), **limits)
    txn.put(tables.APPLICATIONS, changed.number, value=changed)
    return changed


def exists(txn: Transaction, number: int) -> bool:
    """Whether an application is on the list."""
    return txn.get(tables.APPLICATIONS, number) is not None


def by_name(txn: Transaction, name: str) -> Application:
    """The application called `name`. Raises NotFound."""
    number = txn.get(tables.APPLICATION_NAMES, name)
    if number is None:
        raise NotFound("Application")
    return txn.require(tables.APPLICATIONS, number)


def by_number(txn: Transaction, number: int) -> Application:
    """The application in key space `number`."""
    return txn.require(tables.APPLICATIONS, number)


def every(txn: Transaction) -> list[Application]:
    """All applications, oldest first."""
    return [application for _, application in txn.scan(tables.APPLICATIONS)]


def ensure_secrets(txn: Transaction) -> None:
    """Give a secret to each application that is from before there were any."""
    for application in every(txn):
        if not application.secret:
            changed = replace(application, secret=ids.new_secret())
            txn.put(tables.APPLICATIONS, application.number, value=changed)


def ensure_main(txn: Transaction) -> Application:
    """The application of the web chat's accounts, made when it is not there yet."""
    if txn.get(tables.APPLICATION_NAMES, MAIN) is None:
        return create(txn, MAIN)
    return by_name(txn, MAIN)
