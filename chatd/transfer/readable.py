"""Stored records with the names of their fields, for JSON that people and other programs can read.

On disk a record is an array. Its readable form is an object with the same fields; those that have their default, or
are 0, "" or false, are left out. It follows from the record, so that a field which is added later needs nothing here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct

from chatd.model import Record

# What a field that has to be there on disk is taken for when its name is missing.
_ZEROS: dict[Any, Any] = {int: 0, str: "", bool: False}


def readable_type(record: type[Record], tag: str | None = None, **more: type) -> type[Struct]:
    """The type of a record's readable form; with a tag it says under "type" what it is, and has fields before."""
    fields: list[Any] = list(more.items())
    for field in msgspec.structs.fields(record):
        fields.append((field.name, _type(field.type), _default(field)))
    options: dict[str, Any] = {"tag": tag} if tag else {}
    return msgspec.defstruct(
        record.__name__, fields, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, frozen=True, **options
    )


@cache
def _part_type(record: type[Record]) -> type[Struct]:
    return readable_type(record)


def _type(annotation: Any) -> Any:
    """The type of a field, with records in it replaced by their readable forms."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return _part_type(annotation) if issubclass(annotation, Record) else annotation
    parts = tuple(_type(part) for part in get_args(annotation))
    origin = get_origin(annotation)
    if not parts:
        return annotation
    return Union[parts] if origin in (Union, UnionType) else origin[parts]  # noqa: UP007


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    if field.default is not NODEFAULT:
        return field.default
    return msgspec.field(default=_ZEROS[field.type]) if field.type in _ZEROS else NODEFAULT


def readable(record: Record, made: type[Struct] | None = None, **more: Any) -> Struct:
    """The readable form of a record."""
    for name, default in _defaults(type(record)):
        value = getattr(record, name)
        # What is encoded is told from its default by identity, so an equal one must not be given.
        if value != default:
            more[name] = _turned(value, Record, readable)
    return (made or _part_type(type(record)))(**more)


@cache
def _defaults(record: type[Record]) -> tuple[tuple[str, Any], ...]:
    """The fields of a record, each with what it is taken for when it is left out."""
    found = []
    for field in msgspec.structs.fields(record):
        made = field.default_factory() if field.default_factory is not NODEFAULT else field.default
        found.append((field.name, made if made is not NODEFAULT else _ZEROS.get(field.type, NODEFAULT)))
    return tuple(found)


def stored(form: Any, record: type[Record]) -> Record:
    """The record that has a readable form."""
    values = []
    for name, inner in _parts(record):
        value = getattr(form, name)
        values.append(value if inner is None else _turned(value, Struct, partial(stored, record=inner)))
    return record(*values)


@cache
def _parts(record: type[Record]) -> tuple[tuple[str, type[Record] | None], ...]:
    """The fields of a record, each with the record that it is made of, if any."""
    return tuple((field.name, _record_in(field.type)) for field in msgspec.structs.fields(record))


def _turned(value: Any, kind: type, turn: Callable[[Any], Any]) -> Any:
    if isinstance(value, kind):
        return turn(value)
    if isinstance(value, tuple) and value and isinstance(value[0], kind):
        return tuple(turn(part) for part in value)
    return value


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation if issubclass(annotation, Record) else None
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)
