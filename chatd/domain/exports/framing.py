"""The rows of an export as bytes: a JSON array with a row a line, or CSV (RFC 4180) with times that people read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from chatd.domain.resources.resource import Resource
from chatd.model import ExportWanted

MILLISECONDS, SECONDS = 1000, 1

# The columns of each section: of some the name of the field, of others where it is found.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "messages": (
        "message_id", "type", "channel_url", "channel_type", "custom_type", "user.user_id", "user.nickname", "message",
        "data", "created_at", "updated_at", "parent_message_id", "mentioned_users", "files", "reactions",
        "sorted_metaarray",
    ),
    "channels": (
        "channel_url", "name", "cover_url", "custom_type", "data", "created_at", "created_by.user_id", "is_distinct",
        "is_public", "is_super", "is_ephemeral", "is_broadcast", "freeze", "joined_member_count", "read_receipt",
        "metadata",
    ),
    "users": (
        "user_id", "nickname", "profile_url", "is_active", "has_ever_logged_in", "created_at", "preferred_languages",
        "discovery_keys", "metadata", "is_bot",
    ),
}  # fmt: skip
# What a second is, of the times of each section.
UNITS: Final = {"messages": MILLISECONDS, "channels": SECONDS, "users": SECONDS}
TIMES: Final = frozenset({"created_at", "updated_at"})


def framed(wanted: ExportWanted, name: str, rows: list[Resource], *, is_first: bool, is_last: bool) -> bytes:
    """Some rows of a section, with what comes before the first and after the last."""
    if wanted.format == "csv":
        return _csv(wanted, name, rows, is_first=is_first)
    lines = b",\n".join(orjson.dumps(row) for row in rows)
    if is_first:
        # Before the first row there is a line break too, so that whether one must follow a comma is never asked.
        return b"[\n" + lines + (b"\n]\n" if is_last else b"") if lines or is_last else b""
    return (b",\n" + lines if lines else b"") + (b"\n]\n" if is_last else b"")


def _csv(wanted: ExportWanted, name: str, rows: list[Resource], *, is_first: bool) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=wanted.delimiter)
    columns = COLUMNS[name]
    if is_first:
        writer.writerow(column.replace(".", "_").replace("user_user_id", "user_id") for column in columns)
    shown = _time(ZoneInfo(wanted.timezone), UNITS[name])
    writer.writerows([_cell(row, column, shown) for column in columns] for row in rows)
    return text.getvalue().encode()


def _cell(row: Resource, column: str, shown: Callable[[int], str]) -> Any:
    """What a row has in a column; lists and objects as JSON."""
    if column in TIMES:
        return shown(row.get(column) or 0)
    if column == "files":
        value: Any = row.get("files") or ([row["file"]] if row["file"] else [])
    else:
        value = row
        for key in column.split("."):
            value = value.get(key) if value else None
    if column == "mentioned_users":
        value = [user["user_id"] for user in value]
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else "" if value is None else value


def _time(zone: ZoneInfo, unit: int) -> Callable[[int], str]:
    """A time as ISO 8601; empty for none."""

    def shown(time: int) -> str:
        return datetime.fromtimestamp(time / unit, zone).isoformat(timespec="milliseconds") if time else ""

    return shown
