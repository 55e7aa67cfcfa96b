"""API tokens."""

from __future__ import annotations

from typing import TypedDict


class ApiToken(TypedDict):
    """An API token: its secret in the answer that makes it, else its id."""

    token: str
    label: str
    is_secondary: bool
    created_at: int


class ApiTokens(TypedDict):
    """The API tokens of an application."""

    api_tokens: list[ApiToken]


class AllowedAddresses(TypedDict):
    """From where backends may call, as networks; empty for everywhere."""

    ip_whitelist_addresses: list[str]
