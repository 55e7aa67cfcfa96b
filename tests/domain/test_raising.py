"""What is said of errors that commands answer with names each that they do answer with: see also `test_permissions`."""

from __future__ import annotations

from typing import Any, Final

import msgspec
import pytest

from chatd.domain import COMMANDS
from chatd.domain.raising import codes_of, raised_by
from chatd.errors import ChatdError, Forbidden, MessageBlocked, Muted, NotFound, RateLimited

WRONG: Final[tuple[Any, ...]] = (
    *("", "x", "\0", "x" * 30_000, -2, 0, 2**63 - 1, 1.5, True, [], {}, [0], [{}], ["\0"], ["x" * 30_000]),
    *(list(range(3000)), ["x"] * 3000, {"a": {}}, {"": "x"}, {"a": 2**40}, {str(each): "x" for each in range(3000)}),
)


def refusal(name: str, params: dict[str, Any]) -> ChatdError | None:
    """The error with which parameters are refused."""
    try:
        COMMANDS[name].parse(params)
    except ChatdError as error:
        return error
    return None


@pytest.mark.parametrize("name", COMMANDS)
def test_whatever_a_parameter_is_refused_for_is_listed(name: str) -> None:
    command = COMMANDS[name]
    codes = codes_of(command)
    for parameter in command.input.__struct_fields__:
        for value in WRONG:
            error = refusal(name, dict(command.example or {}) | {parameter: value})
            assert error is None or error.code in codes, f"{parameter}: {error.message}"
    required = [each.name for each in msgspec.structs.fields(command.input) if each.required]
    for parameter in required:
        error = refusal(name, {each: each for each in required if each != parameter})
        assert error is not None
        assert error.code in codes


def test_what_a_function_raises_far_away_is_found() -> None:
    assert raised_by(COMMANDS["messages.send"]) >= {Muted, RateLimited, MessageBlocked, Forbidden, NotFound}
    assert raised_by(COMMANDS["messages.copy"]) >= {Muted, RateLimited}
    assert not raised_by(COMMANDS["pace.view"])
    assert Muted not in raised_by(COMMANDS["users.list"])
