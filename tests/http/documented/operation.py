"""One documented operation."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

# What parameters of paths are unless a call says otherwise. `$name` is what an earlier answer had.
USUAL = {
    "user_id": "ann",
    "channel_url": "kitchen",
    "target_channel_url": "kitchen",
    "message_id": "$message_id",
    "key": "color",
    "poll_id": "$poll_id",
    "option_id": "1",
    "scheduled_message_id": "$scheduled_message_id",
    "request_id": "$request_id",
    "token_type": "gcm",
    "token": "push-1",
    "bot_userid": "robot",
    "unique_id": "news",
    "custom_type": "team",
    "data_type": "messages",
}


class Operation(NamedTuple):
    """An operation, and one call of it.

    `keep` are names for fields of the answer, by which later calls use them.
    """

    method: str
    path: str
    answer: Any
    body: dict[str, Any] | None
    query: str
    keep: dict[str, str]
    at: dict[str, str]

    @property
    def name(self) -> str:
        """Method and path as they are documented."""
        return f"{self.method} {self.path}"

    def url(self, kept: dict[str, str]) -> str:
        """The address to call."""
        values = USUAL | self.at
        path = re.sub(r"\{(\w+)\}", lambda found: filled(values[found[1]], kept), self.path)
        return path + (f"?{filled(self.query, kept)}" if self.query else "")


def op(
    line: str,
    answer: Any,
    *,
    body: dict[str, Any] | None = None,
    query: str = "",
    keep: dict[str, str] | None = None,
    **at: str,
) -> Operation:
    """An operation that is written "METHOD /path"; `at` are values in its path."""
    method, path = line.split(" ")
    return Operation(method, path, answer, body, query, keep or {}, at)


def filled(value: Any, kept: dict[str, str]) -> Any:
    """A value with what earlier answers had in the place of `$name`."""
    if isinstance(value, dict):
        return {key: filled(each, kept) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, kept) for each in value]
    if not isinstance(value, str):
        return value
    whole = re.fullmatch(r"#(\w+)", value)
    if whole:
        return int(kept.get(whole[1], "0"))
    return re.sub(r"\$(\w+)", lambda found: kept.get(found[1], "0"), value)
