"""What clients are told of each event."""

from __future__ import annotations

from chatd.domain.publications import (
    audit,
    blocks,
    channels,
    filters,
    invitations,
    messages,
    metadata,
    notifications,
    own,
    permissions,
    pictures,
    pins,
    polls,
    previews,
    receipts,
    reports,
    sanctions,
    scheduled,
    settings,
    type_sanctions,
    users,
)
from chatd.domain.publications.dispatch import render

__all__ = ["channels", "messages", "own", "pictures", "render", "scheduled", "users"]

__all__ = ["channels", "messages", "metadata", "render", "settings", "users"]

__all__ = ["channels", "invitations", "messages", "render", "users"]

__all__ = ["channels", "messages", "pins", "polls", "previews", "render", "users"]
from chatd.domain.publications import announcements, bots

__all__ = ["announcements", "bots", "channels", "messages", "render", "users"]

__all__ = ["audit", "channels", "messages", "render", "reports", "users"]
__all__ = [
    "audit",
    "blocks",
    "channels",
    "filters",
    "invitations",
    "messages",
    "metadata",
    "notifications",
    "own",
    "permissions",
    "pictures",
    "pins",
    "polls",
    "previews",
    "receipts",
    "render",
    "reports",
    "sanctions",
    "scheduled",
    "settings",
    "type_sanctions",
    "users",
]
