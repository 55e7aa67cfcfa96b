"""The errors that callers get, as data."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from chatd.errors import ChatdError, RequestError, ServerError, WrongType


def described_errors() -> list[dict[str, Any]]:
    """Every kind of error that a command or an edge answers with, by name."""
    kinds = {kind.__name__: kind for root in (RequestError, ServerError) for kind in _leaves(root)}
    return [_described(kind) for _, kind in sorted(kinds.items())]


def _leaves(kind: type[ChatdError]) -> Iterator[type[ChatdError]]:
    """What is raised: what stands below a root, at any depth."""
    for each in kind.__subclasses__():
        yield each
        yield from _leaves(each)


def _described(kind: type[ChatdError]) -> dict[str, Any]:
    codes = sorted(WrongType.codes.values()) if kind is WrongType else [kind.code]
    return {
        "name": kind.__name__,
        "codes": codes,
        "rpc_codes": [_rpc_code(kind, code) for code in codes],
        "status": kind.status,
        "temporary": kind.temporary,
        "description": inspect.getdoc(kind),
    }


def _rpc_code(kind: type[ChatdError], code: int) -> int:
    error = kind.__new__(kind)
    error.code = code
    return error.rpc_code
