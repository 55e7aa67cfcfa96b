"""Answers that are about nothing in particular."""

from __future__ import annotations

from typing import TypedDict


class Empty(TypedDict):
    """Nothing: it was done."""


class ServerTime(TypedDict):
    """The time of the server, in milliseconds."""

    server_time: int
