"""Checking a whole store."""

from __future__ import annotations

from collections.abc import Callable

from chatd.domain import applications
from chatd.domain.references import check_last_seen, check_references, check_uploads
from chatd.domain.refold import check_log
from chatd.errors import StartError
from chatd.store.findings import Findings
from chatd.store.migrations import newest_format
from chatd.store.scratch import scratch
from chatd.store.store import Store


def verify(store: Store, findings: Findings, advance: Callable[[int], None]) -> None:
    """Note every invariant of the store that does not hold at this moment.

    `advance` is told of entries seen and events folded. What rests on entries that cannot be read is not checked.
    Raises StartError for a store of an older format.
    """
    if store.format() < newest_format():
        raise StartError(f"{store.directory}: the store has an older format; the next start of chatd upgrades it.")
    if not store.check_tables(findings, advance):
        return
    store.read(0, check_references, findings)
    with scratch(store.map_size()) as place:
        for application in store.read(0, applications.every):
            store.read(application.number, check_log, place, findings, advance)
            store.read(application.number, check_last_seen, findings)
            store.read(application.number, check_uploads, findings)
