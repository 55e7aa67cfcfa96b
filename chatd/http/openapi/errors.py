"""The errors of the Platform API, by the HTTP status that they have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from chatd.domain.errors import described_errors

Json = dict[str, Any]

# What goes wrong with session tokens is for clients; backends have none.
_STATUSES: Final = {
    400: ("BadRequest", "The request is wrong, or cannot be done; nothing was changed."),
    413: ("TooLarge", "The body is larger than the server takes."),
    429: ("TooMany", "Too many requests: wait as long as `Retry-After` says."),
    500: ("Failed", "The server made a mistake."),
    503: ("Unavailable", "The server cannot do it now: try again."),
}
_WAIT: Final = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}}

STATUSES: Final = {str(status): {"$ref": f"#/components/responses/{name}"} for status, (name, _) in _STATUSES.items()}

ERROR: Final[Json] = {
    "title": "Error",
    "description": "What every error answers.",
    "type": "object",
    "required": ["error", "message", "code"],
    "properties": {
        "error": {"const": True},
        "message": {"type": "string", "description": "For people."},
        "code": {"type": "integer", "description": "For programs: says what is wrong, and never changes."},
    },
}


def responses() -> Json:
    """The responses by name, each with the codes that it may have."""
    return {name: _response(status, text) for status, (name, text) in _STATUSES.items()}


def _response(status: int, text: str) -> Json:
    meanings = list(_meanings(status))
    lines = "\n".join(f"- `{code}`: {meaning}" for code, meaning in meanings)
    code = {"type": "integer", "enum": sorted({code for code, _ in meanings})}
    schema = {"$ref": "#/components/schemas/Error", "properties": {"code": code}}
    found: Json = {"description": f"{text}\n\n{lines}", "content": {"application/json": {"schema": schema}}}
    return found | ({"headers": _WAIT} if status in (429, 503) else {})


def _meanings(status: int) -> Iterator[tuple[int, str]]:
    """The codes that a status has, and what they mean."""
    for error in described_errors():
        if error["status"] == status:
            for code in error["codes"]:
                yield code, error["description"].replace("\n", " ")
