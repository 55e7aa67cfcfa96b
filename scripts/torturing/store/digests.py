"""What must stay the same, as something short."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from msgspec.structs import replace
from told import Event

from chatd import events
from chatd.domain.fold.stored import scrubbed
from chatd.events import LogEntry
from chatd.store import tables
from chatd.store.transaction import Transaction


def event(txn: Transaction, sequence: int) -> Event:
    """A place in the log."""
    entry = txn.require(tables.LOG, sequence)
    return Event(sequence, _digest(entry), _digest(_scrubbed(entry)))


def essence(data: dict[str, Any]) -> tuple[Any, ...]:
    """What of a publication is told at any later time as well, unless the message is edited or deleted."""
    message = data.get("message", {})
    return (data.get("type", ""), message.get("message_id", 0), message.get("created_at", 0))


def result_of(command: str, result: Any) -> dict[str, Any] | None:
    """What of a result a retry returns as well, whatever has happened since; None when retries are not told apart."""
    if command == "messages.send":
        kept = ("message", "data", "custom_type", "created_at", "channel_url", "req_id")
        named = {"id": result["message_id"], "user_id": result["user"]["user_id"]}
        return named | {name: result.get(name) for name in kept}
    if command == "channels.create":
        return {name: result[name] for name in ("id", "channel_url", "created_at")}
    return None


def _digest(entry: LogEntry) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(entry)).hexdigest()[:16]


def _scrubbed(entry: LogEntry) -> LogEntry:
    """An entry as it is once its message has been deleted."""
    if isinstance(entry.event, events.MessageSent):
        return replace(entry, event=events.MessageSent(scrubbed(entry.event.message)))
    if isinstance(entry.event, events.MessageUpdated):
        return replace(entry, event=events.MessageUpdated(scrubbed(entry.event.message)))
    if isinstance(entry.event, events.ReactionAdded | events.ReactionRemoved):
        return replace(entry, event=replace(entry.event, key=""))
    return entry
