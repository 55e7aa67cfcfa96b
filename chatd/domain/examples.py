"""Examples of the command table, as documentation shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from chatd.domain.command import Command, Right

# What stands for numbers and names that only a running server gives.
_NUMBER: Final = 1024
_TIME: Final = 1_790_000_000_000
_TEXT: Final = "9c2f41d0"
_TIMES: Final = ("_at", "_ts", "timestamp")
_TEXTS: Final = frozenset({"file_id", "client_id", "token", "webhook_id", "apns_key", "service_account"})


def as_backend(command: Command) -> dict[str, Any]:
    """The example of a command as a backend gives it, who has to say for whom it calls."""
    example = dict(command.example or {})
    acts_for = command.right is Right.BOTH and "user_id" in command.input.__struct_fields__
    return example if not acts_for or "user_id" in example else {"user_id": "owner"} | example


def shown(example: Mapping[str, Any] | None) -> dict[str, Any]:
    """An example with something in the place of each `$thing`."""
    return {name: _filled(name, value) for name, value in (example or {}).items()}


def _filled(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return shown(value)
    if isinstance(value, list | tuple):
        return [_filled(name, each) for each in value]
    if isinstance(value, str) and value.startswith("$"):
        return _stand_in(name)
    return value


def _stand_in(name: str) -> int | str:
    """By the name of the parameter: a time, a text, or a number."""
    if name.endswith(_TIMES):
        return _TIME
    if name == "request_id":
        return str(_NUMBER)
    return _TEXT if name in _TEXTS else _NUMBER
