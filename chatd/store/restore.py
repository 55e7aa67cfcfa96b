"""Making a store of a backup."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from chatd import ids
from chatd.errors import StartError, StorageFailed
from chatd.store import tables
from chatd.store.backup import DATA, Manifest, read_manifest
from chatd.store.blob_copies import LISTING, copy_listed
from chatd.store.blobs import FILES, Blobs
from chatd.store.copy import Progress, write_file
from chatd.store.files import claim, make_directory, sync_directory
from chatd.store.migrations import newest_format
from chatd.store.store import Store
from chatd.store.table import Table
from chatd.store.transaction import Transaction

_RESTORING = "restoring"


def restore(backup: Path, directory: Path, map_size: int, progress: Progress = lambda _: None) -> Manifest:
    """Make the store in `directory`, which has none, what a backup holds; what the backup says of itself.

    The store appears whole and on disk, or not at all. Raises StartError for a backup that is none, is damaged or
    newer than this chatd, and for a directory that has a store; StorageFailed when the disk refuses.
    """
    manifest = read_manifest(backup)
    if manifest.schema_version > newest_format():
        raise StartError(
            f"{backup}: the backup has format {manifest.schema_version}; this chatd knows {newest_format()}. "
            "Use a newer one."
        )
    try:
        make_directory(directory)
        handle = claim(directory)
        try:
            _restore(backup, manifest, directory, map_size, progress)
        finally:
            os.close(handle)
    except OSError as error:
        raise StorageFailed(f"{directory}: the store cannot be restored: {error}") from error
    return manifest


def _restore(backup: Path, manifest: Manifest, directory: Path, map_size: int, progress: Progress) -> None:
    if (directory / DATA).exists() or (directory / FILES).exists():
        raise StartError(f"{directory}: there is a store here. Move it away first; it was not touched.")
    restoring = directory / _RESTORING
    shutil.rmtree(restoring, ignore_errors=True)
    restoring.mkdir(mode=0o700)
    try:
        copied = write_file(os.open(backup / DATA, os.O_RDONLY | os.O_CLOEXEC), restoring / DATA, progress)
        if copied != (manifest.bytes, manifest.sha256):
            raise StartError(f"{backup}: the backup is damaged: {DATA} is not what its manifest says.")
        store = Store.open(restoring, map_size)
        try:
            store.write_now(0, begin_anew)
        finally:
            store.close()
        if manifest.files:
            copy_listed(_listing(backup, manifest), Blobs(backup / FILES), Blobs(restoring / FILES), progress)
            (restoring / FILES).rename(directory / FILES)
        (restoring / DATA).rename(directory / DATA)
        sync_directory(directory)
    finally:
        shutil.rmtree(restoring)


def _listing(backup: Path, manifest: Manifest) -> bytes:
    listing = (backup / LISTING).read_bytes()
    if hashlib.sha256(listing).hexdigest() != manifest.files_sha256:
        raise StartError(f"{backup}: the backup is damaged: {LISTING} is not what its manifest says.")
    return listing


def begin_anew(txn: Transaction) -> None:
    """Give every log a new epoch, and every application a new secret, and end all sessions, invites and resets.

    Clients may have seen more than the backup holds; with another epoch nobody takes the new events for those. A
    session, an invite or a reset may have been ended since. Addresses of files that were given out are valid no more.
    """
    ended: tuple[Table[Any], ...] = (
        tables.SESSIONS,
        tables.ACCOUNT_SESSIONS,
        tables.INVITES,
        tables.PASSWORD_RESETS,
    )
    for table in ended:
        for key, _ in list(txn.scan(table)):
            txn.delete(table, *key)
    for (number,), application in list(txn.scan(tables.APPLICATIONS)):
        txn.put(tables.APPLICATIONS, number, value=replace(application, secret=ids.new_secret()))
        tenant = txn.bind(number)
        for key, _ in list(tenant.scan(tables.USER_SESSIONS)):
            tenant.delete(tables.USER_SESSIONS, *key)
        # What was not sent is not in a backup.
        for key, _ in list(tenant.scan(tables.UPLOADS)):
            tenant.delete(tables.UPLOADS, *key)
        if tenant.head.epoch:
            tenant.put(tables.HEAD, value=replace(tenant.head, epoch=ids.new_epoch()))
