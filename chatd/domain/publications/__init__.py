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
    users,
)
from chatd.domain.publications.dispatch import render

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
    "users",
]
