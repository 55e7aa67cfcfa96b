"""The files of an export: in a directory, or in a zip file that is never unpacked.

Names come from strangers. Only what the archive lists, or what lies inside the directory, can be opened, so no name
leads anywhere else; and whatever is read is read up to a limit.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from chatd.errors import BrokenExport

MAX_MEMBERS = 500_000
# Of a file of JSON, and of a line of one that has a line for each thing: they are decoded in memory.
MAX_TEXT = 64 << 20
PIECE = 1 << 20

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError)

Progress = Callable[[int], None]


class Archive:
    """Files by name, with slashes. `advance` is told the bytes of text that were read."""

    def __init__(
        self, path: Path, sizes: dict[str, int], opener: Callable[[str], IO[bytes]], advance: Progress
    ) -> None:
        self.path = path
        self._sizes = sizes
        self._opener = opener
        self._advance = advance
        self._checked: set[str] = set()

    def names(self) -> list[str]:
        """All files, in order."""
        return sorted(self._sizes)

    def size(self, name: str) -> int | None:
        """Bytes of a file, None when there is none."""
        return self._sizes.get(name)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A file of the archive. What cannot be read of it raises BrokenExport."""
        try:
            with self._opener(name) as file:
                yield file
        except _BROKEN as error:
            raise BrokenExport(f"{name}: the file cannot be read: {error}") from error

    def text(self, name: str) -> bytes:
        """A whole file of text. Raises BrokenExport when it is too large."""
        with self.open(name) as file:
            found = file.read(MAX_TEXT + 1)
        if len(found) > MAX_TEXT:
            raise BrokenExport(f"{name}: the file has more than {MAX_TEXT} bytes.")
        self._advance(len(found))
        return found

    def check(self, name: str) -> None:
        """Read a file once through, so that one which cannot be read is found before anything comes of it."""
        if name not in self._checked:
            self._checked.add(name)
            with self.open(name) as file:
                while file.read(PIECE):
                    pass

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file. Raises BrokenExport for one that is too long."""
        with self.open(name) as file:
            number = 0
            while line := file.readline(MAX_TEXT + 1):
                number += 1
                if len(line) > MAX_TEXT:
                    raise BrokenExport(f"{name}, line {number}: the line has more than {MAX_TEXT} bytes.")
                self._advance(len(line))
                yield line


@contextmanager
def open_archive(path: Path, advance: Progress = lambda _: None) -> Iterator[Archive]:
    """The archive at a path: a directory, a zip file, or a single file with what lies beside it.

    Raises BrokenExport when it is none, or is larger than an export can be.
    """
    if path.is_dir():
        yield Archive(path, _inside(path), lambda name: (path / name).open("rb"), advance)
    elif not zipfile.is_zipfile(path):
        beside = path.parent
        sizes = {path.name: path.stat().st_size, **_inside(beside / "data", "data/")}
        yield Archive(path, sizes, lambda name: (beside / name).open("rb"), advance)
    else:
        with _zip(path) as file:
            yield Archive(path, _listed(path, file), file.open, advance)


def total_text(path: Path, suffixes: tuple[str, ...]) -> int:
    """Bytes of the files of text in an archive, for a progress bar."""
    with open_archive(path) as archive:
        return sum(archive.size(name) or 0 for name in archive.names() if name.endswith(suffixes))


def _inside(directory: Path, prefix: str = "") -> dict[str, int]:
    """The regular files below a directory. Links are not followed: they may lead out of it."""
    found: dict[str, int] = {}
    for folder, _, names in os.walk(directory):
        for name in names:
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                found[prefix + path.relative_to(directory).as_posix()] = path.stat().st_size
        _check_count(directory, len(found))
    return found


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        file = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise BrokenExport(f"{path}: the zip file cannot be read: {error}") from error
    with file:
        yield file


def _listed(path: Path, file: zipfile.ZipFile) -> dict[str, int]:
    members = [info for info in file.infolist() if not info.is_dir()]
    _check_count(path, len(members))
    for info in members:
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
            raise BrokenExport(f"{path}: {info.filename} is encrypted, or packed in a way that chatd does not read.")
    return {info.filename: info.file_size for info in members}


def _check_count(path: Path, count: int) -> None:
    if count > MAX_MEMBERS:
        raise BrokenExport(f"{path}: there are more than {MAX_MEMBERS} files.")
