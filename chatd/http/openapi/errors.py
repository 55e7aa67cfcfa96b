"""The errors of the Platform API, by the HTTP status that they have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from chatd.domain.command import Command
from chatd.domain.errors import described_errors
from chatd.domain.raising import codes_of
from chatd.errors import InvalidApiToken, InvalidCharacter, InvalidForm, InvalidJson, InvalidUrl

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

# Before a command is looked at: the token, the body, the form, a path that names nothing.
_OF_REQUESTS: Final = frozenset(
    {InvalidApiToken.code, InvalidJson.code, InvalidForm.code, InvalidUrl.code, InvalidCharacter.code}
)

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


def of_command(command: Command) -> Json:
    """What an operation answers when it is refused: with the codes that its command has, and those of every request."""
    codes = {code for code, _ in _meanings(400)} & (codes_of(command) | _OF_REQUESTS)
    lines = "\n".join(f"- `{code}` {', '.join(_names(code))}" for code in sorted(codes))
    schema = {"$ref": "#/components/schemas/Error", "properties": {"code": {"type": "integer", "enum": sorted(codes)}}}
    return {"description": f"{_STATUSES[400][1]}\n\n{lines}", "content": {"application/json": {"schema": schema}}}


@cache
def _names(code: int) -> tuple[str, ...]:
    """The kinds of error that have a code."""
    return tuple(error["name"] for error in described_errors() if code in error["codes"] and error["status"] == 400)


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
