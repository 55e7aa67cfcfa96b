"""What differs from run to run, and what it is called in a recording.

A name such as `$message_1` stands for the same value wherever it occurs. `$time`, `$seconds` and `$text` stand for any
value of their kind.
"""

from __future__ import annotations

from typing import Any

KINDS = {
    "client": "client",
    "epoch": "epoch",
    "offset": "offset",
    "message_id": "message",
    "read_message_id": "message",
    "msg_id": "message",
    "pinned_message_ids": "message",
    "channel.id": "channel",
    "token": "token",
    "file_id": "file",
}
SECONDS = {"ttl"}
TIMES = {"time", "server_time", "user_last_read"}
TEXTS = {"application_id", "version", "url", "plain_url"}
ANY = {"$time": int, "$seconds": int, "$text": str}


class Names:
    """The names of one run with their values."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def named(self, told: Any, key: str = "") -> Any:
        """What was told, with names in the place of what another run would tell differently."""
        if isinstance(told, dict):
            of = "channel." if "channel_url" in told else ""
            return {name: self.named(value, of + name if name == "id" else name) for name, value in told.items()}
        if isinstance(told, list):
            return [self.named(value, key) for value in told]
        return self._name(told, key) if told and not isinstance(told, bool) else told

    def filled(self, line: Any) -> Any:
        """A line with the values of its names."""
        if isinstance(line, dict):
            return {name: self.filled(value) for name, value in line.items()}
        if isinstance(line, list):
            return [self.filled(value) for value in line]
        return self._values.get(line, line) if isinstance(line, str) else line

    def fits(self, recorded: Any, told: Any) -> bool:
        """Whether this was told, as far as the names allow; names that had no value get theirs."""
        if isinstance(recorded, dict):
            return (
                isinstance(told, dict)
                and set(recorded) == set(told)
                and all(self.fits(value, told[name]) for name, value in recorded.items())
            )
        if isinstance(recorded, list):
            return isinstance(told, list) and len(recorded) == len(told) and all(map(self.fits, recorded, told))
        if not isinstance(recorded, str) or not recorded.startswith("$"):
            return bool(recorded == told)
        if recorded in ANY:
            return isinstance(told, ANY[recorded]) and bool(told)
        return bool(self._values.setdefault(recorded, told) == told)

    def _name(self, value: Any, key: str) -> Any:
        if key in SECONDS:
            return "$seconds"
        if key in TEXTS:
            return "$text"
        if isinstance(value, int) and (key.endswith(("_at", "_ts")) or key in TIMES):
            return "$time"
        return self._bound(KINDS[key], value) if key in KINDS else value

    def _bound(self, kind: str, value: Any) -> str:
        """The name that the value has already, or a new one."""
        alike = {name: each for name, each in self._values.items() if name.startswith(f"${kind}_")}
        for name, each in alike.items():
            if each == value:
                return name
        name = f"${kind}_{len(alike) + 1}"
        self._values[name] = value
        return name
