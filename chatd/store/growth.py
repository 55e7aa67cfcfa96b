"""The size of the map: how much of its file an environment can reach."""

from __future__ import annotations

import ctypes
import mmap
from contextlib import suppress
from pathlib import Path

import lmdb

from chatd.errors import StorageFailed

# Of the map. The rest is for what is written while somebody reads, and the map has to wait for him.
_FULL = 0.8
_RESERVED = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS


def is_due(environment: lmdb.Environment) -> bool:
    """Whether so much of the map has been used that it should be larger."""
    info, page_size = environment.info(), environment.stat()["psize"]
    used: int = (info["last_pgno"] + 1) * page_size
    return bool(used > _FULL * info["map_size"])


def enlarge(environment: lmdb.Environment) -> None:
    """Double the map; no transaction of this process may be in use. Raises StorageFailed when there is no room.

    Other processes notice when something is written beyond theirs, and `adopt` it.
    """
    size = 2 * environment.info()["map_size"]
    _reserve(size)
    environment.set_mapsize(size)


def enlarge_if_due(environment: lmdb.Environment) -> None:
    """Double the map until it has room, as `enlarge`."""
    while is_due(environment):
        enlarge(environment)


def adopt(environment: lmdb.Environment) -> None:
    """Take the size that another process has given the map, as `enlarge`."""
    environment.set_mapsize(0)


def let_go_of_pages(environment: lmdb.Environment) -> None:
    """Have the system forget which pages of the map this process has looked at; it may look at them again.

    For each of them it has work to do when the map is given up: milliseconds for each GiB. Done here, in any thread
    and beside those who read, nobody waits for it then.
    """
    libc = ctypes.CDLL(None)
    libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    data = str(Path(environment.path()).resolve() / "data.mdb")
    with suppress(OSError), Path("/proc/self/maps").open() as maps:  # a matter of time only
        for line in maps:
            if line.rstrip("\n").endswith(f" {data}"):
                begin, end = (int(part, 16) for part in line.split()[0].split("-"))
                libc.madvise(begin, end - begin, mmap.MADV_DONTNEED)


def _reserve(size: int) -> None:
    """See whether so many addresses are free: LMDB gives up its old map before it asks for the new one."""
    try:
        mmap.mmap(-1, size, flags=_RESERVED, prot=mmap.PROT_READ).close()
    except (OSError, OverflowError, ValueError) as error:
        raise StorageFailed(f"The store's map cannot grow to {size} bytes: {error}") from error
