"""Keys of the organization API: secrets with which applications are made, listed and deleted."""

from __future__ import annotations

import re
import secrets
from typing import Final

from msgspec.structs import replace

from chatd import ids
from chatd.domain.tenants import applications, tokens, unlisted
from chatd.errors import InvalidApiToken, MissingParameter, NotFound, TooLong
from chatd.model import Application, OrganizationKey
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_TITLE: Final = 100


def create_key(txn: Transaction, label: str) -> tuple[str, OrganizationKey]:
    """A new key: the secret, which is not kept, and its record."""
    secret = ids.new_secret()
    key = OrganizationKey(secrets.token_hex(4), label, txn.now)
    txn.put(tables.ORGANIZATION_KEYS, ids.digest(secret), value=key)
    return secret, key


def every_key(txn: Transaction) -> list[OrganizationKey]:
    """All keys, the oldest first."""
    return sorted((key for _, key in txn.scan(tables.ORGANIZATION_KEYS)), key=lambda key: key.created_at)


def revoke_key(txn: Transaction, key_id: str) -> None:
    """End a key. Raises NotFound."""
    for (digest,), key in list(txn.scan(tables.ORGANIZATION_KEYS)):
        if key.key_id == key_id:
            txn.delete(tables.ORGANIZATION_KEYS, digest)
            return
    raise NotFound("Key")


def check_key(txn: Transaction, secret: str) -> None:
    """Raise InvalidApiToken when there is no such key. The lookup is by hash, as that of tokens."""
    if txn.get(tables.ORGANIZATION_KEYS, ids.digest(secret)) is None:
        raise InvalidApiToken("The organization API token is not valid.")


def create_application(txn: Transaction, title: str) -> tuple[Application, str]:
    """A new application that is called anything, and the secret of a token of it. Its own name follows from that."""
    if not title.strip():
        raise MissingParameter("app_name")
    if len(title) > MAX_TITLE:
        raise TooLong(f'"app_name" must be no longer than {MAX_TITLE} characters.')
    made = replace(applications.create(txn, _free_name(txn, title)), title=title)
    txn.put(tables.APPLICATIONS, made.number, value=made)
    secret, _ = tokens.create(txn, made.number, "organization")
    return made, secret


def find_application(txn: Transaction, application_id: str) -> Application:
    """The application with an id. Raises NotFound."""
    for each in applications.every(txn):
        if each.application_id == application_id:
            return each
    raise NotFound("Application")


def delete_application(txn: Transaction, application_id: str) -> None:
    """Take an application off the list; the server removes what it held. Raises NotFound, Unacceptable."""
    unlisted.dismiss(txn, find_application(txn, application_id).name)


def _free_name(txn: Transaction, title: str) -> str:
    """A name that no application has, like a title."""
    plain = re.sub(r"[^a-z0-9_-]+", "-", title.lower()).strip("-")[:50] or "application"
    name, count = plain, 1
    while txn.get(tables.APPLICATION_NAMES, name) is not None:
        count += 1
        name = f"{plain}-{count}"
    return name
