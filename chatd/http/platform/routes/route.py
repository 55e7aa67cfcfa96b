"""What a route is: one operation of the Platform API, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal

from chatd.errors import InvalidCharacter, WrongType

ChannelType = Literal["", "group", "open"]

# Parameters of paths that are numbers. Without leading zeros a number has one address.
NUMBERS: Final = frozenset({"message_id", "poll_id", "option_id", "scheduled_message_id", "category_id"})


@dataclass(frozen=True, eq=False, slots=True)
class Route:
    """One operation: method, path, and the command that it is.

    `segments` is the path, split; `{name}` stands for a parameter, which is one of the command. `fixed` are further
    parameters that the path implies. `names` says what the command calls parameters that are called otherwise here.
    With `item` the path's `key` and the body's `value` are that parameter, `{key: value}`. `channel_type` is the
    kind of channel that a path is about. What `is_void` answers `{}` whatever the command returns. What `is_for_master`
    takes a token that the operator made. What is `shown_by` another command answers what that one says of the
    same parameters then.
    """

    method: str
    segments: tuple[str, ...]
    command: str
    fixed: dict[str, Any] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    item: str = ""
    channel_type: ChannelType = ""
    is_void: bool = False
    shown_by: str = ""
    is_for_master: bool = False

    @property
    def path(self) -> str:
        """The path below /v3 with its parameters in braces."""
        return "/" + "/".join(self.segments)

    @property
    def parameters(self) -> list[str]:
        """The names of the parameters in the path, in its order."""
        return [segment[1:-1] for segment in self.segments if segment[0] == "{"]

    def params(self, segments: list[str]) -> dict[str, Any]:
        """The parameters in a path that is this one, and those that it implies. Raises WrongType, InvalidCharacter."""
        params = self.fixed.copy()
        for at, name, is_number in _places(self):
            found = segments[at]
            if not found or "\x00" in found:
                raise InvalidCharacter(f'"{name}" is empty or has characters that are not allowed.')
            params[name] = _number(name, found) if is_number else found
        return params

    def input(self, params: dict[str, Any]) -> dict[str, Any]:
        """Parameters of a request as the command calls them."""
        for name, meant in self.names.items():
            if name in params:
                params.setdefault(meant, params[name])
        if self.item and "key" in params and "value" in params:
            params[self.item] = {params["key"]: params["value"]}
        return params


def route(method: str, path: str, command: str, **more: Any) -> Route:
    """The route of a path that is written as in the documentation."""
    return Route(method, tuple(path.strip("/").split("/")), command, **more)


@cache
def _places(route: Route) -> tuple[tuple[int, str, bool], ...]:
    """Of each parameter in the path of a route the segment, the name, and whether it is a number."""
    names = ((at, segment[1:-1]) for at, segment in enumerate(route.segments) if segment[0] == "{")
    return tuple((at, name, name in NUMBERS) for at, name in names)


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 17):
        raise WrongType(name, "number")
    return int(text)
