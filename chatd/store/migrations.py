"""Incompatible changes of the tables, one after the other.

Adding a table, or a field with a default at the end of a record, is compatible and needs none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import lmdb

# Changes the tables in one write transaction. Databases are found by their tables' numbers.
Migration = Callable[[lmdb.Transaction, dict[int, Any]], None]

# By the format that each leads to, from the one before. Append-only: files of every age are met.
MIGRATIONS: dict[int, Migration] = {}

_FIRST = 1


def newest_format() -> int:
    """The format that this chatd writes. It refuses newer ones."""
    return max(MIGRATIONS, default=_FIRST)
