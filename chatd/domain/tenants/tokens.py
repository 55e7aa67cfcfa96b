"""API tokens: the secrets with which backends act for an application."""

from __future__ import annotations

import secrets

from chatd import ids
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


def backend_of(txn: Transaction, secret: str) -> tuple[ApiToken, Application]:
    """A token, and the application that it belongs to. Raises InvalidApiToken."""
    token = _find(txn, secret)
    return token, txn.require(tables.APPLICATIONS, token.application)


def application_of_api_token(txn: Transaction, secret: str) -> int:
    """The number of the application that a token belongs to. Raises InvalidApiToken."""
    return _find(txn, secret).application


def _find(txn: Transaction, secret: str) -> ApiToken:
    """The lookup is by hash: how long it takes says nothing about the secret."""
    token = txn.get(tables.API_TOKENS, ids.digest(secret))
    if token is None:
        raise InvalidApiToken("The API token is not valid.")
    return token
