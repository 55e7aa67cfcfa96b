"""What every resource is."""

from __future__ import annotations

from typing import Any

Resource = dict[str, Any]
