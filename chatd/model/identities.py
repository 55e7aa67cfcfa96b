"""Who somebody is according to an OpenID Connect provider."""

from __future__ import annotations

from typing import NamedTuple

from chatd.model.record import Record


class Attempt(NamedTuple):
    """An attempt to sign in: where to go, and what has to come back. `verifier` proves that it is ours (PKCE)."""

    url: str
    state: str
    nonce: str
    verifier: str
    redirect_uri: str


class Identity(NamedTuple):
    """A person of a provider. `subject` never changes; `email` is empty unless the provider has verified it."""

    issuer: str
    subject: str
    email: str
    name: str


class LinkedIdentity(Record, frozen=True):
    """The account that a person of a provider signs in to."""

    login: str
    linked_at: int
