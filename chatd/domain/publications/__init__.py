"""What clients are told of each event."""

from __future__ import annotations

from chatd.domain.publications import channels, messages, pins, users
from chatd.domain.publications.dispatch import render

__all__ = ["channels", "messages", "pins", "render", "users"]
