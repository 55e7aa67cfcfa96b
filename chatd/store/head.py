"""What a data file says of itself on its first two pages.

Looked at before LMDB maps the file: LMDB would not say what is wrong with it, and reading a page that the file does
not reach kills the process (SIGBUS). Layout: `MDB_meta` in mdb.c of LMDB 0.9, 64 bits, this machine's byte order.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

from lmdb.verify import VerifyError, verify

from chatd.errors import StartError

_MAGIC = struct.pack("=I", 0xBEEFC0DE)
_VERSION = 1  # of the files that LMDB 0.9 writes; those of 1.0 have 3, and begin their pages otherwise
_PAGE_HEADER = struct.Struct("=Q2xH4x")  # number, flags
_META_FLAG = 8
_META = struct.Struct("=4sI16xI44x48xQQ")  # magic, version, page size, last page, transaction
# Commits between the two. It is 1, but for heads that the disk has said to keep, lost, and said nothing of.
_MOST_APART = 5
# A server may write a head while we read the other one: then they are read again.
_LOOKS = 100
_SMALLEST_PAGE = 256
_LARGEST_PAGE = 0x8000


class Meta(NamedTuple):
    """One of the two meta pages."""

    number: int
    flags: int
    magic: bytes
    version: int
    page_size: int
    last_page: int
    transaction: int


def check_file(path: Path) -> None:
    """Raises StartError unless `path` is absent, or is a whole data file of LMDB 0.9. Changes nothing."""
    try:
        file = path.open("rb", buffering=0)
    except FileNotFoundError:
        return
    with file:
        for _ in range(_LOOKS):
            first, second = _metas(path, file)
            if _are_twins(first, second):
                break
        else:
            raise StartError(f"{path}: the file is damaged; restore a backup. It was not touched.")
        newest = max(first, second, key=lambda meta: meta.transaction)
        # After the metas: a server may be writing, and it writes pages before the meta that counts them.
        size = os.fstat(file.fileno()).st_size
    # Pages at the end that were never used may be missing. Then only a walk through the file tells.
    if size < (newest.last_page + 1) * newest.page_size and not _is_sound(path):
        raise StartError(f"{path}: the file is cut short; restore a backup. It was not touched.")


def _metas(path: Path, file: BinaryIO) -> tuple[Meta, Meta]:
    first = _meta(path, file, 0)
    if not _SMALLEST_PAGE <= first.page_size <= _LARGEST_PAGE:
        raise StartError(f"{path}: the file is damaged; restore a backup. It was not touched.")
    return first, _meta(path, file, first.page_size)


def _are_twins(first: Meta, second: Meta) -> bool:
    """Whether two metas can be of one file: commits write them in turn, even ones the first, odd ones the second."""
    for number, meta in enumerate((first, second)):
        if (meta.number, meta.flags, meta.page_size) != (number, _META_FLAG, first.page_size):
            return False
        if meta.transaction and meta.transaction % 2 != number:
            return False
    return abs(first.transaction - second.transaction) <= _MOST_APART


def _meta(path: Path, file: BinaryIO, place: int) -> Meta:
    file.seek(place)
    raw = file.read(_PAGE_HEADER.size + _META.size)
    if not raw:
        raise StartError(f"{path}: the file is empty or cut short; restore a backup. It was not touched.")
    magic_at = raw.find(_MAGIC)
    if magic_at not in (-1, _PAGE_HEADER.size):
        raise StartError(
            f"{path}: the file was written by LMDB 1.0; chatd reads the format of 0.9. It was not touched."
        )
    if magic_at == -1 and place == 0:
        raise StartError(f"{path}: this is not a chatd store. It was not touched.")
    if magic_at == -1 or len(raw) < _PAGE_HEADER.size + _META.size:
        raise StartError(f"{path}: the file is cut short or damaged; restore a backup. It was not touched.")
    number, flags = _PAGE_HEADER.unpack_from(raw)
    meta = Meta(number, flags, *_META.unpack_from(raw, _PAGE_HEADER.size))
    if meta.version != _VERSION:
        raise StartError(
            f"{path}: the file has LMDB format {meta.version}; chatd reads {_VERSION}. It was not touched."
        )
    return meta


def _is_sound(path: Path) -> bool:
    try:
        return not verify(str(path))  # type: ignore[no-untyped-call]
    except VerifyError:
        return False
