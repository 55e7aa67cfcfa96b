"""API tokens: the secrets with which backends act for an application."""

from __future__ import annotations

import secrets

from chatd import ids
from chatd.domain.tenants.allowed_addresses import is_allowed
from chatd.errors import InvalidApiToken, NotFound, TooLong
from chatd.model import ApiToken, Application
from chatd.store import tables
from chatd.store.transaction import Transaction


def create(txn: Transaction, application: int, label: str, *, is_secondary: bool = False) -> tuple[str, ApiToken]:
    """A new token of an application: the secret, which is not kept, and its record."""
    if len(label) > 80:
        raise TooLong("A token's label is at most 80 characters.")
    secret = ids.new_secret()
    token = ApiToken(application, secrets.token_hex(4), label, txn.now, is_secondary)
    txn.put(tables.API_TOKENS, ids.digest(secret), value=token)
    return secret, token


def every(txn: Transaction, application: int) -> list[ApiToken]:
    """The tokens of an application, oldest first."""
    found = [token for _, token in txn.scan(tables.API_TOKENS) if token.application == application]
    return sorted(found, key=lambda token: token.created_at)


def revoke(txn: Transaction, application: int, token_id: str) -> ApiToken:
    """End a token at once. Raises NotFound."""
    for (digest,), token in list(txn.scan(tables.API_TOKENS)):
        if token.application == application and token.token_id == token_id:
            txn.delete(tables.API_TOKENS, digest)
            return token
    raise NotFound("Token")


def backend_of(txn: Transaction, secret: str, address: str) -> tuple[ApiToken, Application]:
    """A token, and the application that it belongs to, for a caller at an address. Raises InvalidApiToken."""
    token = _find(txn, secret, address)
    return token, txn.require(tables.APPLICATIONS, token.application)


def application_of_api_token(txn: Transaction, secret: str, address: str) -> int:
    """The number of the application that a token belongs to. Raises InvalidApiToken."""
    return _find(txn, secret, address).application


def _find(txn: Transaction, secret: str, address: str) -> ApiToken:
    """The lookup is by hash: how long it takes says nothing about the secret.

    Who calls from where nobody may learns nothing of the token either.
    """
    token = txn.get(tables.API_TOKENS, ids.digest(secret))
    if token is None or not is_allowed(txn.bind(token.application), address):
        raise InvalidApiToken("The API token is not valid.")
    return token
