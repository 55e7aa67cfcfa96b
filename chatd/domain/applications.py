"""Applications: the tenants, each with a key space of its own."""

from __future__ import annotations

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
    if not (0 < len(name) <= 64 and all(c in "abcdefghijklmnopqrstuvwxyz0123456789_-" for c in name)):
        raise InvalidCharacter("An application's name is 1 to 64 characters of a-z, 0-9, _ and -.")
    if txn.get(tables.APPLICATION_NAMES, name) is not None:
        raise AlreadyExists(f'Application "{name}" exists already.')
    last = next(iter(txn.scan(tables.APPLICATIONS, reverse=True)), None)
    number = last[0][0] + 1 if last else 1
    application = Application(number, ids.new_application_id(), name, txn.now, ids.new_secret())
    txn.put(tables.APPLICATIONS, number, value=application)
    txn.put(tables.APPLICATION_NAMES, name, value=number)
    return application


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
