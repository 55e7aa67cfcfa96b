"""What the store holds in the end."""

from __future__ import annotations

from collections import Counter

from lines import Lines
from subject import Subject

from chatd import events
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction

MAIN = 1


def check_kept(subject: Subject, acknowledged: dict[str, int], lines: Lines) -> None:
    """Each message that was acknowledged is there once, under its number; the store is sound."""
    verify = subject.command("verify")
    lines.add("chatd verify passes", verify.returncode == 0, (verify.stdout + verify.stderr).strip())
    store = Store.open_readonly(subject.data, 1 << 20)
    try:
        found = store.read(MAIN, _messages)
    finally:
        store.close()
    counts = Counter(name for name, _ in found)
    lost = acknowledged.items() - set(found)
    twice = [name for name, count in counts.items() if count > 1]
    lines.add("nothing acknowledged is lost", not lost, f"{len(acknowledged)} messages, {len(lost)} lost")
    lines.add("nothing is there twice", not twice, f"{len(found)} messages, {len(twice)} twice")


def _messages(txn: Transaction) -> list[tuple[str, int]]:
    """The names of the clients' messages, and their numbers."""
    return [
        (entry.event.message.text.rstrip("."), sequence)
        for (sequence,), entry in txn.scan(tables.LOG)
        if isinstance(entry.event, events.MessageSent) and entry.event.message.text.startswith("user")
    ]
