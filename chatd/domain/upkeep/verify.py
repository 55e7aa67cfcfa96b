"""Checking a whole store."""

from __future__ import annotations

from collections.abc import Callable

from chatd.domain.statistics.checking import check_statistics
from chatd.domain.tenants import applications
from chatd.domain.upkeep.references import (
    check_deliveries,
    check_devices,
    check_files,
    check_last_seen,
    check_privacy,
    check_references,
    check_uploads,
)
from chatd.domain.upkeep.refold import check_log
from chatd.errors import StartError
from chatd.store.findings import Findings
from chatd.store.migrations import newest_format
from chatd.store.scratch import scratch
from chatd.store.store import Store


def verify(store: Store, findings: Findings, advance: Callable[[int], None], *, digests: bool = False) -> None:
    """Note every invariant of the store that does not hold at this moment.

    `advance` is told of entries seen and events folded. What rests on entries that cannot be read is not checked.
    With `digests` every file is read. Raises StartError for a store of an older format.
    """
    with store.blobs.kept():
        store.refresh()
        _verify(store, findings, advance, digests)


def _verify(store: Store, findings: Findings, advance: Callable[[int], None], digests: bool) -> None:
    if store.format() < newest_format():
        raise StartError(f"{store.directory}: the store has an older format; the next start of chatd upgrades it.")
    if not store.check_tables(findings, advance):
        return
    store.read(0, check_references, findings)
    with scratch(store.map_size()) as place:
        for application in store.read(0, applications.every):
            store.read(application.number, check_log, place, findings, advance)
            store.read(application.number, check_last_seen, findings)
            store.read(application.number, check_statistics, findings)
            store.read(application.number, check_uploads, findings)
            store.read(application.number, check_privacy, findings)
            store.read(application.number, check_deliveries, findings)
            store.read(application.number, check_devices, findings)
            store.read(application.number, check_files, store.blobs, findings, digests)
