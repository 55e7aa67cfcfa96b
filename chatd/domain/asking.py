"""Questions for other servers. Commands of the kind ASK return them: whoever asks writes what was answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Call(NamedTuple):
    """What does a program answer to a JSON body, signed with a secret? `keep(txn, answer)` is the command's result."""

    url: str
    secret: str
    body: dict[str, Any]
    keep: Callable[..., Any]


class Translation(NamedTuple):
    """What is a text in some languages? There may be none. `keep(txn, texts by language)` is the command's result."""

    text: str
    languages: tuple[str, ...]
    keep: Callable[..., Any]
