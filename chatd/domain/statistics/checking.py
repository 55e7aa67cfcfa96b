"""Whether counts agree with the log as far as it was counted."""

from __future__ import annotations

from typing import Final

from chatd import events
from chatd.domain.statistics.sets import unpacked
from chatd.model import Generation
from chatd.store import tables
from chatd.store.findings import Findings
from chatd.store.transaction import Transaction

COUNTED: Final = "statistics count the log"
MEMBERS: Final = "statistics are of users and channels that were counted"


def check_statistics(txn: Transaction, findings: Findings) -> None:
    """Check that every message is counted once, and that sets have only what was met."""
    counting = txn.get(tables.COUNTING) if txn.has(tables.COUNTING) else None
    if counting is None:
        return
    where = f"application {txn.application}"
    generation = txn.get(tables.GENERATIONS, counting.live)
    if generation is None or generation.cursor > txn.head.sequence:
        findings.add(COUNTED, f"{where}: generation {counting.live} is {generation}")
        return
    _check_messages(txn, generation, counting.live, findings)
    met = max(generation.users, generation.channels)
    for key, raw in txn.scan(tables.DAY_SETS, counting.live):
        _check_set(raw, met, f"{where}: {key}", findings)
    for (day,), raw in txn.scan(tables.ACTIVE_USERS):
        _check_set(raw, met, f"{where}: day {day}", findings)
    for key, raw in txn.scan(tables.PLATFORM_USERS):
        _check_set(raw, met, f"{where}: day and platform {key}", findings)


def _check_messages(txn: Transaction, generation: Generation, number: int, findings: Findings) -> None:
    sent = users = channels = 0
    for (sequence,), entry in txn.scan(tables.LOG):
        if sequence > generation.cursor:
            break
        sent += isinstance(entry.event, events.MessageSent)
        users += isinstance(entry.event, events.UserCreated)
        channels += isinstance(entry.event, events.ChannelCreated)
    counted = sum(each.messages for _, day in txn.scan(tables.DAYS, number) for each in day.messages)
    if (counted, generation.users, generation.channels) != (sent, users, channels):
        findings.add(COUNTED, f"application {txn.application}: {counted} of {sent} messages")


def _check_set(raw: bytes, met: int, where: str, findings: Findings) -> None:
    try:
        members = unpacked(raw)
    except ValueError:
        findings.add(MEMBERS, f"{where} is no set")
        return
    if members and members.max() >= met:
        findings.add(MEMBERS, f"{where} has {members.max()} of {met}")
