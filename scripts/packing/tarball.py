"""A package as npm takes it: the same bytes for the same files."""

from __future__ import annotations

import gzip
import tarfile
from pathlib import Path

# What npm itself writes into the packages it makes: no file is from before the oldest time that ZIP knows.
_TIME = 499_162_500


def pack(folder: Path, path: Path) -> None:
    """Write the files of a folder as a package."""
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for each in sorted(folder.rglob("*")):
            if each.is_file():
                archive.add(each, f"package/{each.relative_to(folder).as_posix()}", filter=_plain)


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode, entry.mtime = 0o644, _TIME
    return entry
