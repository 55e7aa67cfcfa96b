"""What a loaded shared object imports, replaced in this process by functions of ours.

An ELF object calls imported functions through slots that the dynamic linker fills, one relocation each (System V ABI,
chapters 4 and 5). The relocations are found by the object's dynamic section, as the linker does, and another address
is put into the slot. No compiler, no preloaded library and no tracer is needed.
"""

from __future__ import annotations

import ctypes
import mmap
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PT_DYNAMIC = 2
_DT_PLTRELSZ, _DT_STRTAB, _DT_SYMTAB, _DT_RELA, _DT_RELASZ, _DT_JMPREL = 2, 5, 6, 7, 8, 23
# Kinds of relocation that hold an imported function's address, by machine: an absolute address, GLOB_DAT, JUMP_SLOT.
_KINDS = {62: {1, 6, 7}, 183: {257, 1025, 1026}}  # x86-64, AArch64

_HEADER = struct.Struct(
    "<4sBB10xHH12xQ14xHH"
)  # magic, class, order, type, machine, program headers: place, size, count
_SEGMENT = struct.Struct("<IIQQQQQQ")
_DYNAMIC = struct.Struct("<qQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_RELOCATION = struct.Struct("<QQq")
_LITTLE_64 = (b"\x7fELF", 2, 1)

_libc = ctypes.CDLL(None, use_errno=True)


def replace(object_file: Path, functions: dict[str, Any]) -> set[str]:
    """Have a loaded object call these ctypes functions; the names that it imports at all.

    They have to be kept for as long as the process lives. Raises RuntimeError on a machine that is not known.
    """
    base = _base(object_file)
    found = set()
    for slot, name in _slots(object_file, base):
        if name in functions:
            address = ctypes.cast(functions[name], ctypes.c_void_p).value
            assert address is not None
            _make_writable(slot)
            ctypes.c_uint64.from_address(slot).value = address
            found.add(name)
    return found


def _slots(object_file: Path, base: int) -> Iterator[tuple[int, str]]:
    """The address of each slot for an imported function, and the function's name."""
    machine, dynamic = _dynamic(object_file)
    for place, size in ((_DT_RELA, _DT_RELASZ), (_DT_JMPREL, _DT_PLTRELSZ)):
        raw = ctypes.string_at(base + dynamic.get(place, 0), dynamic.get(size, 0))
        for offset, info, _ in _RELOCATION.iter_unpack(raw):
            if info & 0xFFFFFFFF in _KINDS[machine] and info >> 32:
                symbol = base + dynamic[_DT_SYMTAB] + (info >> 32) * _SYMBOL.size
                name = _SYMBOL.unpack(ctypes.string_at(symbol, _SYMBOL.size))[0]
                yield base + offset, ctypes.string_at(base + dynamic[_DT_STRTAB] + name).decode()


def _dynamic(object_file: Path) -> tuple[int, dict[int, int]]:
    """The machine and the dynamic section of an object: addresses in it count from where it is loaded."""
    raw = object_file.read_bytes()
    *kind, _, machine, place, size, count = _HEADER.unpack_from(raw)
    if tuple(kind) != _LITTLE_64 or machine not in _KINDS:
        raise RuntimeError(f"{object_file}: system calls can be intercepted on x86-64 and AArch64 only")
    for number in range(count):
        segment = _SEGMENT.unpack_from(raw, place + number * size)
        if segment[0] == _PT_DYNAMIC:
            section = raw[segment[2] : segment[2] + segment[5]]
            return machine, dict(_DYNAMIC.iter_unpack(section))
    raise RuntimeError(f"{object_file}: there is no dynamic section")


def _base(object_file: Path) -> int:
    """Where the object is loaded."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        fields = line.split(maxsplit=5)
        if len(fields) == 6 and fields[5] == str(object_file.resolve()) and int(fields[2], 16) == 0:
            return int(fields[0].split("-")[0], 16)
    raise RuntimeError(f"{object_file} is not loaded")


def _make_writable(address: int) -> None:
    """Slots may be on pages that the linker has made read-only (RELRO)."""
    page = address & -mmap.PAGESIZE
    if _libc.mprotect(ctypes.c_void_p(page), ctypes.c_size_t(mmap.PAGESIZE), mmap.PROT_READ | mmap.PROT_WRITE):
        raise OSError(ctypes.get_errno(), "mprotect")
