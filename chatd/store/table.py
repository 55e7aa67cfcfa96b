"""What a table is: a named, ordered map from key tuples to records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from chatd.store.keys import packer, prefix_packer, unpacker

V = TypeVar("V")


class Table(Generic[V]):
    """A table of the store.

    `number` is frozen: it names the database in the file. `key` lists the component types (int, str, bytes of 32).
    `value` is the record type, or None for a table that only holds keys. A `shared` table belongs to the whole
    server instead of one application. `encode` writes values shorter than they are.
    """

    __slots__ = ("decode", "encode", "key", "name", "number", "pack", "pack_prefix", "shared", "unpack")

    def __init__(
        self,
        name: str,
        number: int,
        key: tuple[type, ...],
        value: type[V] | None = None,
        *,
        shared: bool = False,
        encode: Callable[[V], bytes] | None = None,
    ) -> None:
        self.name = name
        self.number = number
        self.key = key
        self.shared = shared
        self.pack = packer(key)
        self.pack_prefix = prefix_packer(key)
        self.unpack = unpacker(key)
        self.encode: Any = encode or (_nothing if value is None else msgspec.msgpack.Encoder().encode)
        self.decode: Any = _nothing_from if value is None else msgspec.msgpack.Decoder(value).decode

    def __repr__(self) -> str:
        return f"<Table {self.name}>"


class MarkedTable(Table[bool]):
    """A table that only holds keys, of which some are marked: their value is True. No mark takes no room."""

    __slots__ = ()

    def __init__(self, name: str, number: int, key: tuple[type, ...]) -> None:
        super().__init__(name, number, key, bool)
        self.encode: Any = _mark
        self.decode = _is_marked


def _mark(value: bool | None) -> bytes:
    return b"\1" if value else b""


def _is_marked(raw: bytes) -> bool:
    if raw in (b"", b"\1"):
        return raw != b""
    raise msgspec.DecodeError("this is no mark")


def _nothing(value: Any) -> bytes:
    return b""


def _nothing_from(raw: bytes) -> None:
    return None
