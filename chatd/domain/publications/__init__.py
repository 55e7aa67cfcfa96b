"""What clients are told of each event."""

from __future__ import annotations

from chatd.domain.publications import channels, messages, pins, polls, previews, users
from chatd.domain.publications.dispatch import render

__all__ = ["channels", "messages", "pins", "polls", "previews", "render", "users"]
