"""Old state + event = new state.

`apply` is the only code that writes state tables which follow from the log. It reads nothing but those tables and
the event, so folding the log into an empty store gives the same tables again (tests/domain/test_laws.py).
"""

from __future__ import annotations

from chatd.domain.fold import (
    announcements,
    audit,
    auto_messages,
    blocks,
    bots,
    channels,
    emojis,
    filters,
    invitations,
    members,
    messages,
    metadata,
    notifications,
    own,
    pace,
    permissions,
    pictures,
    pins,
    polls,
    previews,
    reactions,
    receipts,
    reports,
    retention,
    sanctions,
    scheduled,
    settings,
    type_sanctions,
    users,
)
from chatd.domain.fold.dispatch import apply

__all__ = [
    "announcements",
    "apply",
    "audit",
    "auto_messages",
    "blocks",
    "bots",
    "channels",
    "emojis",
    "filters",
    "invitations",
    "members",
    "messages",
    "metadata",
    "notifications",
    "own",
    "pace",
    "permissions",
    "pictures",
    "pins",
    "polls",
    "previews",
    "reactions",
    "receipts",
    "reports",
    "retention",
    "sanctions",
    "scheduled",
    "settings",
    "type_sanctions",
    "users",
]
