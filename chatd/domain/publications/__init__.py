"""What clients are told of each event."""

from __future__ import annotations

from chatd.domain.publications import channels, messages, metadata, settings, users
from chatd.domain.publications.dispatch import render

__all__ = ["channels", "messages", "metadata", "render", "settings", "users"]
from chatd.domain.publications import invitations

__all__ = ["channels", "invitations", "messages", "render", "users"]
