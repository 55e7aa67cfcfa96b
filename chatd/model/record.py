"""What every stored record is."""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Base of everything that is stored."""
