"""What clients are told of each event."""

from __future__ import annotations

from chatd.domain.publications import channels, messages, own, pictures, scheduled, users
from chatd.domain.publications.dispatch import render

__all__ = ["channels", "messages", "own", "pictures", "render", "scheduled", "users"]
from chatd.domain.publications import metadata, settings

__all__ = ["channels", "messages", "metadata", "render", "settings", "users"]
from chatd.domain.publications import invitations

__all__ = ["channels", "invitations", "messages", "render", "users"]
from chatd.domain.publications import pins, polls, previews

__all__ = ["channels", "messages", "pins", "polls", "previews", "render", "users"]
from chatd.domain.publications import bots

__all__ = ["bots", "channels", "messages", "render", "users"]
from chatd.domain.publications import audit, reports

__all__ = ["audit", "channels", "messages", "render", "reports", "users"]
