"""A whole chatd in this process."""

from __future__ import annotations

from tests.gateway.conftest import running, start

__all__ = ["running", "start"]
