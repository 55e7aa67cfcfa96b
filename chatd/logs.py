"""One structured line per event, on standard error."""

from __future__ import annotations

import logging
import sys
from collections import deque
from datetime import UTC, datetime
from typing import Any

import orjson

_logger = logging.getLogger("chatd")
KEPT = 1000
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def log(event: str, /, level: int = logging.INFO, **fields: Any) -> None:
    """Write one line: what happened, and the fields that describe it."""
    _logger.log(level, event, extra={"fields": fields})


def configure(level: str, format: str) -> None:
    """Send the lines of chatd and its libraries to standard error, as text or JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if format == "json" else _Text())
    logging.basicConfig(level=logging.WARNING, handlers=[handler, recent], force=True)
    _logger.setLevel(level.upper())


class Recent(logging.Handler):
    """The last `KEPT` lines, each with a `number` that grows, for those who look at the server from its pages."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._number = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self._number += 1
        self._lines.append(_line(record) | {"number": self._number})

    def after(self, number: int, level: str, text: str) -> list[dict[str, Any]]:
        """Lines that came after a number, of a level or worse, that have a text in them, the oldest first."""
        least, wanted = logging.getLevelNamesMapping()[level.upper()], text.casefold()
        return [
            line
            for line in list(self._lines)
            if line["number"] > number
            and logging.getLevelNamesMapping()[line["level"].upper()] >= least
            and wanted in orjson.dumps(line, default=str).decode().casefold()
        ]


recent = Recent()


def _line(record: logging.LogRecord) -> dict[str, Any]:
    line = {"time": _time(record), "level": record.levelname.lower(), "event": record.getMessage()}
    line |= {name: _plain(value) for name, value in _fields(record).items()}
    if record.exc_info:
        line["traceback"] = logging.Formatter().formatException(record.exc_info)
    return line


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    found = {key: value for key, value in vars(record).items() if key not in _STANDARD and key != "fields"}
    return found | getattr(record, "fields", {})


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class _Text(logging.Formatter):
    """`time level event key=value ...`, then the traceback when there is one."""

    def format(self, record: logging.LogRecord) -> str:
        parts = [_time(record), record.levelname.lower(), record.getMessage()]
        parts += [f"{key}={_quoted(value)}" for key, value in _fields(record).items()]
        if record.exc_info:
            parts.append("\n" + self.formatException(record.exc_info))
        return " ".join(parts)


class _Json(logging.Formatter):
    """One JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        return orjson.dumps(_line(record)).decode()


def _quoted(value: Any) -> str:
    """A value as text: quoted when it holds what would make the line ambiguous."""
    text = str(value)
    if text and all(c.isprintable() and c not in ' "=' for c in text):
        return text
    return orjson.dumps(text).decode()
