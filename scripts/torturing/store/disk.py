"""The disk under the victim's feet: system calls that LMDB makes, carried out, noted, and made to go wrong."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import imports
import lmdb.cpython
from fault import AFTER, BEFORE, HEAD, MIDDLE, PAGE, REFUSED, SHORT, SIZE, SYNC, UNSURE, Fault
from journal import EVERYTHING, FAILED, SECTOR, SYNCED, WRITE, Journal, Record
from place import Place

_HEAD_PAGES = 2 * os.sysconf("SC_PAGE_SIZE")

_int, _long, _size, _pointer = ctypes.c_int, ctypes.c_int64, ctypes.c_size_t, ctypes.c_void_p
_SIGNATURES: dict[str, tuple[Any, ...]] = {
    "pwrite": (ctypes.c_ssize_t, _int, _pointer, _size, _long),
    "write": (ctypes.c_ssize_t, _int, _pointer, _size),
    "writev": (ctypes.c_ssize_t, _int, _pointer, _int),
    "pwritev": (ctypes.c_ssize_t, _int, _pointer, _int, _long),
    "fdatasync": (_int, _int),
    "fsync": (_int, _int),
    "msync": (_int, _pointer, _size, _int),
    "ftruncate": (_int, _int, _long),
}
_libc = ctypes.CDLL(None, use_errno=True)
_sync = os.fsync


class _Piece(ctypes.Structure):
    """`struct iovec` (POSIX, <sys/uio.h>)."""

    _fields_ = (("base", _pointer), ("size", _size))


class Disk:
    """Stands between LMDB and the kernel in this process, from `install` on.

    `calls` counts the system calls by name and `steps` them by what they do. `on_fault` is called when the fault
    is met, before it shows, `on_stop` before the process is killed.
    """

    def __init__(self, place: Place, fault: Fault, on_fault: Callable[[], None], on_stop: Callable[[], None]) -> None:
        self.calls: Counter[str] = Counter()
        self.steps: Counter[str] = Counter()
        self._place = place
        self._journal = Journal(place.journal)
        self._fault = fault
        self._on_fault = on_fault
        self._on_stop = on_stop
        self._met: Counter[str] = Counter()
        self._kept: dict[str, Any] = {}

    def install(self) -> None:
        """Begin. Raises RuntimeError when LMDB does not call what it needs to."""
        for name, signature in _SIGNATURES.items():
            function = self._counted(name, getattr(self, f"_{name}"))
            for alias in (name, f"{name}64"):
                self._kept[alias] = ctypes.CFUNCTYPE(*signature, use_errno=True)(function)
        found = imports.replace(Path(lmdb.cpython.__file__), self._kept)
        if not {name.removesuffix("64") for name in found} >= {"pwrite", "fdatasync"}:
            raise RuntimeError(f"LMDB does not write as expected; it calls {sorted(found)}")
        os.fsync = self._fsync_of_python

    def _counted(self, name: str, function: Callable[..., int]) -> Callable[..., int]:
        def call(*args: Any) -> int:
            self.calls[name] += 1
            try:
                return function(*args)
            except OSError as error:
                ctypes.set_errno(error.errno or errno.EIO)
                return -1

        return call

    def _pwrite(self, handle: int, address: int, size: int, offset: int) -> int:
        return self._put(handle, ctypes.string_at(address, size), offset)

    def _pwritev(self, handle: int, address: int, count: int, offset: int) -> int:
        pieces = (_Piece * count).from_address(address)
        return self._put(handle, b"".join(ctypes.string_at(each.base, each.size) for each in pieces), offset)

    def _writev(self, handle: int, address: int, count: int) -> int:
        offset = os.lseek(handle, 0, os.SEEK_CUR)
        written = self._pwritev(handle, address, count, offset)
        os.lseek(handle, offset + written, os.SEEK_SET)
        return written

    def _write(self, handle: int, address: int, size: int) -> int:
        return os.write(handle, ctypes.string_at(address, size))

    def _fdatasync(self, handle: int) -> int:
        how = self._meet(SYNC)
        if how == BEFORE:
            self._stop()
        if how == REFUSED:
            self._journal.add(Record(FAILED, 0, EVERYTHING))
            raise OSError(self._fault.error, "fdatasync")
        os.fdatasync(handle)
        self._journal.add(Record(SYNCED, 0, EVERYTHING))
        if how == AFTER:
            self._stop()
        return 0

    def _fsync(self, handle: int) -> int:
        return self._fdatasync(handle)

    def _msync(self, address: int, size: int, flags: int) -> int:
        if _libc.msync(_pointer(address), _size(size), flags):
            raise OSError(ctypes.get_errno(), "msync")
        return 0

    def _ftruncate(self, handle: int, length: int) -> int:
        how = self._meet(SIZE)
        if how == BEFORE:
            self._stop()
        if how == REFUSED:
            raise OSError(self._fault.error, "ftruncate")
        os.ftruncate(handle, length)
        if how == AFTER:
            self._stop()
        return 0

    def _put(self, handle: int, data: bytes, offset: int) -> int:
        """Write to the data file."""
        how = self._meet(HEAD if offset < _HEAD_PAGES and len(data) < _HEAD_PAGES else PAGE)
        if how == BEFORE:
            self._stop()
        if how == REFUSED:
            raise OSError(self._fault.error, "pwrite")
        if how in (MIDDLE, SHORT):
            data = data[: len(data) // 2]
        start, end = offset // SECTOR * SECTOR, -(-(offset + len(data)) // SECTOR) * SECTOR
        before = self._read(handle, end - start, start)
        self._journal.add(Record(WRITE, start, end - start, os.fstat(handle).st_size, before))
        written = os.pwrite(handle, data, offset)
        is_certain = bool(fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_DSYNC)
        if how == UNSURE:
            self._journal.add(Record(FAILED, start, end - start))
            raise OSError(self._fault.error, "pwrite")
        if how == MIDDLE:
            self._stop()
        if is_certain:
            self._journal.add(Record(SYNCED, start, end - start))
        if how == AFTER:
            self._stop()
        return written

    def _read(self, handle: int, size: int, offset: int) -> bytes:
        """What the file holds; LMDB writes head pages through a handle that cannot read."""
        reader = os.open(f"/proc/self/fd/{handle}", os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.pread(reader, size, offset)
        finally:
            os.close(reader)

    def _meet(self, step: str) -> str:
        """Count a step; how it is to go wrong, empty when it is not."""
        self.steps[step] += 1
        fault = self._fault
        if step == fault.call and fault.nth <= self.steps[step] < fault.nth + fault.times:
            if self.steps[step] == fault.nth:
                self._on_fault()
                self._met = self.steps.copy()
            return fault.how
        call, how, later = fault.end
        if step == call and self._met and self.steps[step] == self._met[step] + later:
            return how
        return ""

    def _fsync_of_python(self, handle: int) -> None:
        """chatd itself syncs directories: from then on the files in them have their names."""
        _sync(handle)
        if os.path.samestat(os.fstat(handle), self._place.store.stat()):
            self._place.named.touch()

    def _stop(self) -> None:
        self._on_stop()
        os.kill(os.getpid(), signal.SIGKILL)
