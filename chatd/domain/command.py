"""What a command is: the one form in which every edge changes or reads the world."""

from __future__ import annotations

import enum
import re
import types
import typing
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

import msgspec
import orjson

from chatd.domain.roles import EVERYBODY, Roles
from chatd.domain.visitors import VISITORS
from chatd.errors import (
    Forbidden,
    InvalidCharacter,
    InvalidValue,
    MissingParameter,
    NegativeNumber,
    OutOfRange,
    RequestError,
    TooLong,
    TooManyItems,
    WrongType,
)
from chatd.model import Actor
from chatd.store.transaction import Transaction


class Input(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of command inputs. Parameters that a command does not know are ignored."""


class Right(enum.Enum):
    """Who may call a command."""

    CLIENT = "client"
    BACKEND = "backend"
    BOTH = "both"


class Kind(enum.Enum):
    """How a command touches the world, and with that where an edge runs it."""

    READ = "read"  # on the loop, against what has been published
    SCAN = "scan"  # may read much: on the loop while it is little, else anew in a worker thread
    SEARCH = "search"  # asks the search index: in a worker thread
    WRITE = "write"  # through the writer
    SIGNAL = "signal"  # reads, and returns publications to send at once that are never stored
    LIVE = "live"  # reads, and returns a question about connections for the gateway to answer
    ASK = "ask"  # reads, and returns a question for another server; what that answers is then written


Function = Callable[[Transaction, Actor, Any], Any]

_LISTS: Final = (msgspec.inspect.VarTupleType, msgspec.inspect.ListType)


class Command(msgspec.Struct, frozen=True):
    """One entry of the command table.

    `function(txn, actor, input)` returns what the caller gets as JSON; for a SIGNAL the list of publications, for a
    LIVE one a question of `chatd.domain.live`, for an ASK one a question of `chatd.domain.asking`. `people` is the path
    of keys to the users or members in the result, for an edge to add their presence; None when there are none.
    `open_channels` is the path to open channels, for an edge to add how many users are in them. `roles` are the users
    who may call it, `example` are parameters with which it makes sense: in the documentation, and in the tests that
    every command has to pass. A command that is `is_idempotent` changes nothing more when it is called again with the
    same parameters.
    `lists` are the parameters that are lists, `structured` those and the objects.
    `result` is the type of what the caller gets.
    """

    name: str
    input: type[Input]
    function: Function
    right: Right
    kind: Kind
    lists: frozenset[str]
    structured: frozenset[str]
    people: tuple[str, ...] | None = None
    roles: Roles = EVERYBODY
    example: Mapping[str, Any] | None = None
    is_idempotent: bool = True
    result: Any = dict[str, Any]
    open_channels: tuple[str, ...] | None = None

    def parse(self, params: dict[str, Any], *, strict: bool = True) -> Input:
        """Parameters as typed input. A null counts as absent.

        With `strict=False` numbers, booleans, comma-separated lists and JSON may come as text, as in query strings and
        forms. Whole numbers may always: libraries of Protobuf write those of 64 bits so.
        Raises the subclass of RequestError that says what is wrong with which parameter.
        """
        present = {key: value for key, value in params.items() if value is not None}
        if not strict:
            for key in present.keys() & self.structured:
                present[key] = self._read(key, present[key])
        try:
            return self._converted(present, strict)
        except msgspec.ValidationError as error:
            raise explain(str(error)) from None

    def _converted(self, present: dict[str, Any], strict: bool) -> Input:
        try:
            return msgspec.convert(present, self.input, strict=strict)
        except msgspec.ValidationError as error:
            if not strict or not _NUMBER_AS_TEXT.match(str(error)):
                raise
        return msgspec.convert(present, self.input, strict=False)

    def check_right(self, actor: Actor) -> None:
        """Raise Forbidden when this kind of caller may not use the command."""
        wanted = Right.BACKEND if actor.user is None else Right.CLIENT
        if self.right not in (wanted, Right.BOTH) or (actor.is_visitor and self.name not in VISITORS):
            raise Forbidden(f'"{self.name}" is not for this kind of caller.')

    def _read(self, key: str, value: Any) -> Any:
        """A list or an object that is written as text: as JSON, or a list with commas."""
        if not isinstance(value, str):
            return value
        if value.startswith(("[", "{")):
            with suppress(orjson.JSONDecodeError):
                return orjson.loads(value)
        if key not in self.lists:
            return value
        return value.split(",") if value else []


def command(
    name: str,
    right: Right,
    kind: Kind,
    *,
    people: tuple[str, ...] | None = None,
    open_channels: tuple[str, ...] | None = None,
    roles: Roles = EVERYBODY,
    example: Mapping[str, Any] | None = None,
    is_idempotent: bool = True,
    result: Any = None,
) -> Callable[[Function], Command]:
    """Make the decorated function a command; its third parameter's annotation is the input type."""

    def wrap(function: Function) -> Command:
        hints = typing.get_type_hints(function)
        input_type = list(hints.values())[2]
        shape = hints["return"] if result is None else result
        return Command(
            name,
            input_type,
            function,
            right,
            kind,
            _fields(input_type, *_LISTS),
            _fields(input_type, *_LISTS, msgspec.inspect.DictType, msgspec.inspect.StructType),
            people,
            roles,
            example,
            is_idempotent,
            shape,
            open_channels,
        )

    return wrap


def _fields(input_type: type[Input], *kinds: type[msgspec.inspect.Type]) -> frozenset[str]:
    """The parameters that are of some kinds."""
    found = msgspec.inspect.type_info(input_type)
    assert isinstance(found, msgspec.inspect.StructType)
    return frozenset(field.name for field in found.fields if _is_any(field.type, kinds))


def _is_any(kind: msgspec.inspect.Type, kinds: tuple[type[msgspec.inspect.Type], ...]) -> bool:
    if isinstance(kind, msgspec.inspect.UnionType):
        return any(_is_any(each, kinds) for each in kind.types)
    return isinstance(kind, kinds)


# What msgspec says, and what we make of it: the parameter's path follows " - at `$.".
_MISSING = re.compile(r"missing required field `([^`]+)`")
_PATH = re.compile(r" - at `(?:key in )?\$\.?([^`]*)`")
_NUMBER_AS_TEXT = re.compile(r"Expected `int(?: \| null)?`, got `str`")
_EXPECTED = re.compile(r"Expected `(\w+)(?: \| null)?`")
_JSON_TYPES = types.MappingProxyType(
    {
        "str": "string",
        "int": "number",
        "float": "number",
        "array": "list",
        "object": "object",
        "bool": "boolean",
    }
)


def explain(text: str) -> RequestError:
    """The documented error for a validation message."""
    missing = _MISSING.search(text)
    if missing:
        return MissingParameter(missing[1])
    path = _PATH.search(text)
    name = path[1] if path and path[1] else "request"
    expected = _EXPECTED.search(text)
    kind = _JSON_TYPES.get(expected[1], "") if expected else ""
    if kind and ", got" in text:
        return WrongType(name, kind)
    return _out_of_bounds(name, kind, text.split(" - at ", maxsplit=1)[0])


def _out_of_bounds(name: str, kind: str, text: str) -> RequestError:
    if "of length <=" in text:
        bound = text.rsplit(" ", 1)[-1]
        if kind == "string":
            return TooLong(f'"{name}" must be no longer than {bound} characters.')
        return TooManyItems(f'"{name}" must have no more than {bound} items.')
    if kind == "string" and ("of length >=" in text or "matching regex" in text):
        return InvalidCharacter(f'"{name}" is empty, too short or has characters that are not allowed.')
    if ">= 0" in text:
        return NegativeNumber(f'"{name}" must not be negative.')
    if kind == "number":
        return OutOfRange(f'"{name}" is out of range: {text.lower()}.')
    return InvalidValue(f'"{name}" has an invalid value.')
