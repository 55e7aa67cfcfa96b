"""Examples of the command table, as documentation shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from chatd.domain.command import Command

# What stands for numbers and names that only a running server gives.
_NUMBER: Final = 1024
_TIME: Final = 1_790_000_000_000
_TEXT: Final = "9c2f41d0"
_TIMES: Final = ("_at", "_ts", "timestamp", "tomorrow")


def shown(command: Command) -> dict[str, Any]:
    """The example of a command, with something in the place of each `$thing`."""
    return {name: _filled(name, value) for name, value in (command.example or {}).items()}


def _filled(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(key, each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_filled(name, each) for each in value]
    if isinstance(value, str) and value.startswith("$"):
        return _stand_in(name)
    return value


def _stand_in(name: str) -> int | str:
    """By the name of the parameter: a time, the text of a request or a file, or a number."""
    if name.endswith(_TIMES):
        return _TIME
    return _TEXT if name in ("request_id", "file_id", "client_id", "token") else _NUMBER
