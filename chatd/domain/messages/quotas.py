"""How much room the files of a user, and of an application, may take. Backends are not held to it."""

from __future__ import annotations

from typing import NamedTuple

from chatd.domain.messages.files import keep_upload
from chatd.errors import LimitExceeded
from chatd.model import Application, File
from chatd.store import tables
from chatd.store.transaction import Transaction


class Quotas(NamedTuple):
    """Bytes of the files of a user, and of an application; 0 for as many as the disk takes.

    With `visitor` no more than so many for this user, whatever is said of the application.
    """

    user: int
    application: int
    visitor: int = 0


def quotas_of(application: Application | None, usual: Quotas) -> Quotas:
    """What holds for an application: what is said of it, or else what is usual."""
    if application is None:
        return usual
    user, most = application.max_file_bytes_per_user, application.max_file_bytes
    return Quotas(usual.user if user is None else user, usual.application if most is None else most)


def check_quotas(txn: Transaction, user: int, size: int, usual: Quotas) -> None:
    """Raise LimitExceeded when there is no room for so many bytes more. A user's own uploads count from the start."""
    quotas = quotas_of(txn.get(tables.APPLICATIONS, txn.application), usual)
    waiting = sum(part.size for _, upload in txn.scan(tables.UPLOADS, user) for part in upload.file.parts())
    own = min(quotas.user or usual.visitor, usual.visitor) if usual.visitor else quotas.user
    for key, quota, whose in ((user, own, "your"), (0, quotas.application, "the application's")):
        taken = (txn.get(tables.FILE_BYTES, key) or 0) + waiting
        if quota and taken + size > quota:
            raise LimitExceeded(f"There is no room for this file: {taken} of {whose} {quota} bytes are taken.")


def has_room(txn: Transaction, size: int, usual: int) -> bool:
    """Whether all files of the application may take so many bytes more; `usual` is what the configuration allows."""
    quota = quotas_of(txn.get(tables.APPLICATIONS, txn.application), Quotas(0, usual)).application
    return not quota or (txn.get(tables.FILE_BYTES, 0) or 0) + size <= quota


def keep_within(txn: Transaction, user: int, file: File, usual: Quotas) -> None:
    """Note a blob that is on disk, for its uploader to send. Raises LimitExceeded."""
    check_quotas(txn, user, file.size, usual)
    keep_upload(txn, user, file)
