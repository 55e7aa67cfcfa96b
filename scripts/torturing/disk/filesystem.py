"""A small filesystem, and filling it to the last byte."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILLER = "filler"
MIB = 1 << 20


class Filesystem:
    """A mounted filesystem. `fill` and `free` may be called as often as one likes."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._filler = directory / FILLER

    @property
    def free_bytes(self) -> int:
        """What it still has room for."""
        state = os.statvfs(self.directory)
        return state.f_bavail * state.f_frsize

    def take(self, share: float) -> None:
        """Take a share of what is free, for `free` to give back."""
        with self._filler.open("ab") as file:
            os.posix_fallocate(file.fileno(), 0, int(self.free_bytes * share))

    def fill(self) -> None:
        """Write until not a byte more can be written."""
        with self._filler.open("ab", buffering=0) as file:
            size = MIB
            while size:
                try:
                    file.write(bytes(size))
                    os.fsync(file.fileno())
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    size //= 2

    def free(self) -> None:
        """Remove what `fill` wrote."""
        self._filler.unlink(missing_ok=True)

    def takes_a_byte(self) -> bool:
        """Whether another file could have one."""
        path = self.directory / "byte"
        try:
            path.write_bytes(b"x")
            return True
        except OSError:
            return False
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def mounted(directory: Path | None, mib: int) -> Iterator[Filesystem]:
    """The filesystem at `directory`, or a new one in memory of so many MiB, which only root may mount."""
    if directory is not None:
        yield Filesystem(directory)
        return
    with tempfile.TemporaryDirectory(prefix="chatd-disk-") as place:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mib}m", "chatd-disk", place], check=True)
        try:
            yield Filesystem(Path(place))
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)
