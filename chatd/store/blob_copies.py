"""Copies of blobs, in backups and out of them.

A blob never changes, so a copy on the same file system is another name of the same bytes: a backup shares them with the
backup before it, or with the store. What comes out of a backup is copied, so that neither can harm the other.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chatd.errors import StartError
from chatd.model import File
from chatd.store import tables
from chatd.store.blobs import FILES, Blobs
from chatd.store.copy import Pace, Progress, write_file
from chatd.store.files import make_directory, sync_directory
from chatd.store.transaction import Transaction

# In the form that `sha256sum --check` reads.
LISTING = "files.sha256"
_LINE = re.compile(rf"([0-9a-f]{{64}})  {FILES}/([0-9]+)/[^/]+/([A-Za-z0-9_-]+)\n")

_log = logging.getLogger("chatd.store")


class FilesCopied(NamedTuple):
    """How many blobs were copied, their bytes, and their listing."""

    files: int
    size: int
    listing: bytes


class Listed(NamedTuple):
    """A line of a listing."""

    application: int
    file_id: str
    sha256: str


def named(txn: Transaction) -> Iterator[tuple[int, File]]:
    """The files of all messages, with the numbers of their applications."""
    if not txn.has(tables.FILES):
        return
    for (number,), _ in txn.scan(tables.APPLICATIONS):
        for _, use in txn.bind(number).scan(tables.FILES):
            yield number, use.file


def copy_named(
    txn: Transaction, sources: Sequence[Blobs], target: Blobs, progress: Progress, pace: Pace
) -> FilesCopied:
    """Give `target` the blobs that messages use, from the first source that has them. Raises OSError.

    One that is nowhere is logged and left out: what there is shall be kept.
    """
    lines: list[str] = []
    size = 0
    for number, file in named(txn):
        if not _share(sources, target, number, file, pace):
            _log.error("a file is not on disk", extra={"application": number, "file_id": file.file_id})
            continue
        size += file.size
        lines.append(_line(target, number, file))
        progress(file.size)
    _sync(target.directory)
    return FilesCopied(len(lines), size, "".join(lines).encode())


def copy_listed(listing: bytes, source: Blobs, target: Blobs, progress: Progress) -> None:
    """Give `target` copies of all listed blobs. Raises OSError, and StartError when one is not what is listed."""
    for each in read_listing(listing):
        path = target.path(each.application, each.file_id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        origin = source.path(each.application, each.file_id)
        try:
            copied = write_file(os.open(origin, os.O_RDONLY | os.O_CLOEXEC), path, progress)
        except FileNotFoundError as error:
            raise StartError(f"{origin}: the backup is damaged: this file is missing.") from error
        if copied.sha256 != each.sha256:
            raise StartError(f"{origin}: the backup is damaged: this file is not what is listed.")
    _sync(target.directory)


def read_listing(listing: bytes) -> list[Listed]:
    """The lines of a listing. Raises StartError for what is none."""
    lines = listing.decode("ascii", "replace").splitlines(keepends=True)
    found = [_LINE.fullmatch(line) for line in lines]
    if None in found:
        raise StartError(f"{LISTING}: the backup is damaged: this is no list of files.")
    return [Listed(int(line[2]), line[3], line[1]) for line in found if line is not None]


def _share(sources: Sequence[Blobs], target: Blobs, application: int, file: File, pace: Pace) -> bool:
    """Give a blob to `target`; whether any source had it."""
    path = target.path(application, file.file_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    having = [source for source in sources if source.size(application, file.file_id) == file.size]
    for source in having:
        try:
            os.link(source.path(application, file.file_id), path)
            return True
        except OSError:  # of another file system, one that has no such names, or too many names
            continue
    for source in reversed(having):
        origin = source.path(application, file.file_id)
        write_file(os.open(origin, os.O_RDONLY | os.O_CLOEXEC), path, lambda _: None, pace)
        return True
    return False


def _line(target: Blobs, application: int, file: File) -> str:
    path = target.path(application, file.file_id).relative_to(target.directory.parent)
    return f"{file.sha256.hex()}  {path.as_posix()}\n"


def _sync(directory: Path) -> None:
    """Make the names of all blobs durable."""
    if directory.exists():
        make_directory(directory)
        for each in (directory, *(path for path in directory.glob("**/") if path != directory)):
            sync_directory(each)
