"""Which errors a command can answer with: what its parameters can be refused for, and what its function may raise.

That is read from the code: every function of the chat rules that can be reached from the command's own, and every kind
of error that is named in one of them. So it may name an error too many, and none too few.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final

from msgspec import inspect as types

from chatd import errors
from chatd.domain.command import Command

# Nothing in there refuses anything: it does what was decided, and shows it.
_BEYOND: Final = ("chatd.domain.fold", "chatd.domain.publications", "chatd.domain.stream")
_WRONG: Final[dict[type[types.Type], int]] = {
    types.StrType: errors.WrongType.codes["string"],
    types.LiteralType: errors.WrongType.codes["string"],
    types.IntType: errors.WrongType.codes["number"],
    types.FloatType: errors.WrongType.codes["number"],
    types.VarTupleType: errors.WrongType.codes["list"],
    types.ListType: errors.WrongType.codes["list"],
    types.DictType: errors.WrongType.codes["object"],
    types.StructType: errors.WrongType.codes["object"],
    types.BoolType: errors.WrongType.codes["boolean"],
}


def codes_of(command: Command) -> frozenset[int]:
    """The codes of the errors that a command may answer with, besides those of any request."""
    raised = (kind.code for kind in raised_by(command) if kind is not errors.WrongType)
    return frozenset(raised) | frozenset(_refused_fields(types.type_info(command.input)))


def raised_by(command: Command) -> frozenset[type[errors.ChatdError]]:
    """The kinds of errors that the function of a command, and what it calls, name."""
    found: set[type[errors.ChatdError]] = set()
    seen: set[int] = set()
    waiting: list[Any] = [command.function]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        for each in _steps(thing):
            if _is_an_error(each):
                found.add(each)
            else:
                waiting.append(each)
    return frozenset(found)


@cache
def _steps(thing: Any) -> tuple[Any, ...]:
    """Errors that a function or class names, and what else of the chat rules can be reached from it at once."""
    named = {id(each): each for each in _named_in(thing)}.values()
    functions = (each.function if isinstance(each, Command) else each for each in named)
    return tuple(each for each in functions if _is_a_rule(each) or _is_an_error(each))


def _is_an_error(thing: Any) -> bool:
    return inspect.isclass(thing) and issubclass(thing, errors.ChatdError)


def _is_a_rule(thing: Any) -> bool:
    wrapped = inspect.unwrap(thing) if callable(thing) else thing
    home = getattr(wrapped, "__module__", None) or ""
    is_code = inspect.isfunction(wrapped) or inspect.isclass(wrapped)
    return is_code and home.startswith("chatd.domain") and not home.startswith(_BEYOND)


def _named_in(thing: Any) -> Iterator[Any]:
    """What the code of a function, or of the methods of a class, names."""
    if inspect.isclass(thing):
        yield from (each for each in vars(thing).values() if inspect.isfunction(each))
        yield from thing.__bases__
        return
    function = inspect.unwrap(thing)
    if isinstance(function, FunctionType):
        cells = (cell.cell_contents for cell in function.__closure__ or ())
        yield from (each for each in cells if callable(each))
        names = set(_names(function.__code__))
        for name in names & function.__globals__.keys():
            yield from _values(function.__globals__[name], names)


def _values(value: Any, names: set[str]) -> Iterator[Any]:
    """What a name stands for: of a module the parts that are named too, of a collection what is in it."""
    if isinstance(value, ModuleType):
        yield from (getattr(value, name) for name in names if hasattr(value, name))
    elif hasattr(value, "values") and not inspect.isclass(value):
        yield from (each for each in value.values() if callable(each))
    else:
        yield value


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _refused(kind: types.Type) -> Iterator[int]:
    """The codes with which a value is refused that should be of a type."""
    yield from (code for of, code in _WRONG.items() if isinstance(kind, of))
    match kind:
        case types.StructType():
            yield from _refused_fields(kind)
        case types.UnionType(types=members):
            for each in members:
                yield from _refused(each)
        case types.VarTupleType() | types.ListType():
            yield from (errors.TooManyItems.code, errors.InvalidValue.code)
            yield from _refused(kind.item_type)
        case types.DictType():
            yield from (errors.TooManyItems.code, errors.InvalidValue.code)
            for each in (kind.key_type, kind.value_type):
                yield from _refused(each)
        case types.StrType():
            yield from (errors.TooLong.code, errors.InvalidCharacter.code)
        case types.IntType() | types.FloatType():
            yield from (errors.NegativeNumber.code, errors.OutOfRange.code)
        case types.LiteralType():
            yield errors.InvalidValue.code


def _refused_fields(kind: types.Type) -> Iterator[int]:
    assert isinstance(kind, types.StructType)
    for field in kind.fields:
        if field.required:
            yield errors.MissingParameter.code
        yield from _refused(field.type)
