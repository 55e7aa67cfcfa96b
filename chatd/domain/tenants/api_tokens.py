"""The tokens of an application as its own backends see them: those made by others than the operator can be ended."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chatd import ids
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.tenants import tokens
from chatd.errors import LimitExceeded, NotFound, Unacceptable
from chatd.model import Actor, ApiToken
from chatd.store import tables
from chatd.store.transaction import Transaction

MOST = 100

Label = Annotated[str, Meta(max_length=80)]
TokenText = Annotated[str, Meta(min_length=1, max_length=200)]


class List(Input, frozen=True):
    """Nothing to say."""


class Create(Input, frozen=True):
    """A new token, and what it is for."""

    label: Label = ""


class Which(Input, frozen=True):
    """A token: its secret, or its id of a list."""

    token: TokenText


@command("api_tokens.list", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.ApiTokens)
def list_tokens(txn: Transaction, actor: Actor, input: List) -> Resource:
    """The tokens of the application, the oldest first, each by its id: secrets are not kept."""
    return {"api_tokens": [_shown(token) for token in tokens.every(txn, txn.application)]}


@command(
    "api_tokens.create",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"label": "worker"},
    is_idempotent=False,
    result=shapes.ApiToken,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Make a token; its secret is in this answer, and nowhere else."""
    if len(tokens.every(txn, txn.application)) >= MOST:
        raise LimitExceeded(f"An application has no more than {MOST} tokens.")
    secret, token = tokens.create(txn, txn.application, input.label, is_secondary=True)
    return _shown(token) | {"token": secret}


@command(
    "api_tokens.view", Right.BACKEND, Kind.READ, roles=NOBODY, example={"token": "$api_token"}, result=shapes.ApiToken
)
def view(txn: Transaction, actor: Actor, input: Which) -> Resource:
    """One token, without its secret."""
    return _shown(_find(txn, input.token))


@command(
    "api_tokens.delete",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"token": "$api_token"},
    result=shapes.Empty,
)
def delete(txn: Transaction, actor: Actor, input: Which) -> shapes.Empty:
    """End a token at once. One that the operator made ends on the command line only."""
    token = _find(txn, input.token)
    if not token.is_secondary:
        raise Unacceptable("This token was made by the server's operator, who alone can end it.")
    tokens.revoke(txn, txn.application, token.token_id)
    return {}


def _find(txn: Transaction, text: str) -> ApiToken:
    """A token of the application by its secret or its id. Raises NotFound."""
    found = txn.get(tables.API_TOKENS, ids.digest(text))
    if found is not None and found.application == txn.application:
        return found
    for token in tokens.every(txn, txn.application):
        if token.token_id == text:
            return token
    raise NotFound("Token")


def _shown(token: ApiToken) -> Resource:
    return {
        "token": token.token_id,
        "label": token.label,
        "is_secondary": token.is_secondary,
        "created_at": token.created_at,
    }
