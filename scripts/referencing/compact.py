"""JSON in which what is short stands on one line, so that a change is seen where it is."""

from __future__ import annotations

import json
from typing import Any

WIDTH = 120


def compact(value: Any, margin: str = "", used: int = 0) -> str:
    """The text of a value that stands behind `used` characters of a line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(margin) + used + len(line) <= WIDTH or not value or not isinstance(value, dict | list):
        return line
    inner = margin + " "
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + compact(each, inner) for each in value) + f"\n{margin}]"
    return "{\n" + ",\n".join(inner + _member(key, each, inner) for key, each in value.items()) + f"\n{margin}}}"


def _member(key: str, value: Any, margin: str) -> str:
    name = json.dumps(key, ensure_ascii=False) + ": "
    return name + compact(value, margin, len(name))
