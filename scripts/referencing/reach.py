"""Which parts of the schema somebody needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_ONLY_BACKENDS = "For backends:"


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


def for_clients(parameters: dict[str, Any]) -> dict[str, Any]:
    """Parameters without those that clients have no use for."""
    kept = {
        name: each
        for name, each in parameters.get("properties", {}).items()
        if not each.get("description", "").startswith(_ONLY_BACKENDS)
    }
    return parameters | {"properties": kept}
