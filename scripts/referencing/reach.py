"""Which definitions of the schema some parts of it need."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any


def reached(parts: list[Any], definitions: dict[str, Any]) -> set[str]:
    """Those that the parts name, and those that these name."""
    found: set[str] = set()
    waiting = [name for part in parts for name in _named(part)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _named(definitions[name])
    return found


def _named(value: Any) -> Iterator[str]:
    return iter(re.findall(r'"#/\$defs/(\w+)"', json.dumps(value)))
