"""How an export comes to be, in many small steps, and goes.

`begin`, then `section` for what each section holds, with `advance` for what is on disk of it, and `finish`. Each may be
repeated, so the process may end between any two of them. What is forgotten meanwhile is no more: `advance` and `finish`
say so, and whoever makes the file stops.
"""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from chatd.domain.exports import framing, person, rows
from chatd.domain.messages.discarding import discard_file
from chatd.errors import LimitExceeded
from chatd.model import Export, ExportWanted, File
from chatd.model.exports import CHANNELS, DONE, MESSAGES, PERSON, PROCESSING, USERS
from chatd.store import tables
from chatd.store.transaction import Transaction

# Requests that may wait at a time, and be kept; how long they are.
MAX_WAITING: Final = 20
MAX_KEPT: Final = 500
KEPT_MS: Final = 7 * 24 * 60 * 60 * 1000

# The sections of each kind of export, by the names of their files.
SECTIONS: Final[dict[str, tuple[tuple[str, Any], ...]]] = {
    MESSAGES: (("messages", rows.messages),),
    CHANNELS: (("channels", rows.channels),),
    USERS: (("users", rows.users),),
    PERSON: (
        ("profile", person.profile),
        ("channels", person.channels),
        ("messages", person.messages),
        ("activity", person.activity),
    ),
}


def schedule(txn: Transaction, kind: str, wanted: ExportWanted) -> Export:
    """Note what is to be exported, as it is now. Beyond `MAX_KEPT` the oldest goes. Raises LimitExceeded."""
    exports = [export for _, export in txn.scan(tables.EXPORTS)]
    if sum(export.status != DONE for export in exports) >= MAX_WAITING:
        raise LimitExceeded(f"{MAX_WAITING} exports wait to be made; try again when they are.")
    if len(exports) >= MAX_KEPT:
        remove(txn, [next(export.number for export in exports if export.status == DONE)])
    number = (txn.get(tables.EXPORTS_MADE) or 0) + 1
    export = Export(number, kind, wanted, txn.now, txn.head.sequence)
    txn.put(tables.EXPORTS_MADE, value=number)
    txn.put(tables.EXPORTS, number, value=export)
    return export


def waiting(txn: Transaction) -> Export | None:
    """The oldest export that is not done."""
    return next((export for _, export in txn.scan(tables.EXPORTS) if export.status != DONE), None)


def begin(txn: Transaction, number: int, file_id: str) -> Export | None:
    """Take an export up, or again from the beginning. None when it was forgotten."""
    export = txn.get(tables.EXPORTS, number)
    if export is None:
        return None
    kept = export.file_id or file_id
    begun = replace(export, status=PROCESSING, file_id=kept, ends=(), place=(), size=0)
    txn.put(tables.EXPORTS, number, value=begun)
    txn.put(tables.EXPORT_FILES, kept, value=number)
    return begun


def section(txn: Transaction, export: Export) -> tuple[bytes, Export | None]:
    """The next bytes of an export, and how far it is with them; None when all of its sections are complete."""
    sections = SECTIONS[export.kind]
    if len(export.ends) == len(sections):
        return b"", None
    name, walk = sections[len(export.ends)]
    found, place = walk(txn, export, export.place)
    begun = export.ends[-1] if export.ends else 0
    data = framing.framed(export.wanted, name, found, is_first=export.size == begun, is_last=place is None)
    size = export.size + len(data)
    if place is None:
        return data, replace(export, ends=(*export.ends, size), place=(), size=size)
    return data, replace(export, place=place, size=size)


def advance(txn: Transaction, export: Export) -> bool:
    """Note how much of an export is on disk; False when it was forgotten."""
    if txn.get(tables.EXPORTS, export.number) is None:
        return False
    txn.put(tables.EXPORTS, export.number, value=export)
    return True


def finish(txn: Transaction, number: int, size: int, sha256: bytes) -> bool:
    """Note that the file of an export is on disk; False when it was forgotten."""
    export = txn.get(tables.EXPORTS, number)
    if export is None:
        return False
    file = File(export.file_id, f"{export.kind}-{number}.zip", "application/zip", size, sha256)
    done = replace(export, status=DONE, file=file, expires_at=txn.now + KEPT_MS)
    txn.put(tables.EXPORTS, number, value=done)
    return True


def parts(export: Export) -> list[tuple[str, int, int]]:
    """The files in an export whose sections are complete: the name of each, where it begins and where it ends."""
    names = [f"{name}.{export.wanted.format}" for name, _ in SECTIONS[export.kind]]
    return list(zip(names, (0, *export.ends), export.ends, strict=False))


def expired(txn: Transaction) -> list[int]:
    """The exports that have been kept for long enough."""
    return [export.number for _, export in txn.scan(tables.EXPORTS) if export.file and export.expires_at <= txn.now]


def remove(txn: Transaction, numbers: list[int]) -> None:
    """Forget exports, with their files."""
    for number in numbers:
        export = txn.get(tables.EXPORTS, number)
        if export is None:
            continue
        txn.delete(tables.EXPORTS, number)
        if export.file_id:
            txn.delete(tables.EXPORT_FILES, export.file_id)
            discard_file(txn, export.file or File(export.file_id, "", "", 0))
    _forget_asked(txn)


def remove_all(txn: Transaction) -> None:
    """Forget every export: somebody is forgotten, who may be in them."""
    remove(txn, [number for (number,), _ in txn.scan(tables.EXPORTS)])


def _forget_asked(txn: Transaction) -> None:
    """Take the ids from requests for what is known of a person, once there is no file any more."""
    for (number,), request in txn.scan(tables.PRIVACY_REQUESTS):
        if request.export and request.user_ids and txn.get(tables.EXPORTS, request.export) is None:
            txn.put(tables.PRIVACY_REQUESTS, number, value=replace(request, user_ids=()))
