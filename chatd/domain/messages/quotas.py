"""How much room the files of a user, and of an application, may take. Backends are not held to it."""

from __future__ import annotations

from typing import NamedTuple

from chatd.domain.messages.files import keep_upload
from chatd.errors import LimitExceeded
from chatd.model import File
from chatd.store import tables
from chatd.store.transaction import Transaction


class Quotas(NamedTuple):
    """Bytes of the files of a user, and of an application; 0 for as many as the disk takes."""

    user: int
    application: int


def check_quotas(txn: Transaction, user: int, size: int, quotas: Quotas) -> None:
    """Raise LimitExceeded when there is no room for so many bytes more. A user's own uploads count from the start."""
    waiting = sum(part.size for _, upload in txn.scan(tables.UPLOADS, user) for part in upload.file.parts())
    for key, quota, whose in ((user, quotas.user, "your"), (0, quotas.application, "the application's")):
        taken = (txn.get(tables.FILE_BYTES, key) or 0) + waiting
        if quota and taken + size > quota:
            raise LimitExceeded(f"There is no room for this file: {taken} of {whose} {quota} bytes are taken.")


def has_room(txn: Transaction, size: int, quota: int) -> bool:
    """Whether all files of the application may take so many bytes more."""
    return not quota or (txn.get(tables.FILE_BYTES, 0) or 0) + size <= quota


def keep_within(txn: Transaction, user: int, file: File, quotas: Quotas) -> None:
    """Note a blob that is on disk, for its uploader to send. Raises LimitExceeded."""
    check_quotas(txn, user, file.size, quotas)
    keep_upload(txn, user, file)
