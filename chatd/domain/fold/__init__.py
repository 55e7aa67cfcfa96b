"""Old state + event = new state.

`apply` is the only code that writes state tables which follow from the log. It reads nothing but those tables and
the event, so folding the log into an empty store gives the same tables again (tests/domain/test_laws.py).
"""

from __future__ import annotations

from chatd.domain.fold import channels, members, messages, own, pictures, reactions, retention, scheduled, users
from chatd.domain.fold.dispatch import apply

__all__ = [
    "apply",
    "channels",
    "members",
    "messages",
    "own",
    "pictures",
    "reactions",
    "retention",
    "scheduled",
    "users",
]
from chatd.domain.fold import metadata, settings

__all__ = ["apply", "channels", "members", "messages", "metadata", "reactions", "retention", "settings", "users"]
from chatd.domain.fold import invitations

__all__ = ["apply", "channels", "invitations", "members", "messages", "reactions", "retention", "users"]
from chatd.domain.fold import pins, polls, previews

__all__ = ["apply", "channels", "members", "messages", "pins", "polls", "previews", "reactions", "retention", "users"]
from chatd.domain.fold import bots

__all__ = ["apply", "bots", "channels", "members", "messages", "reactions", "retention", "users"]
from chatd.domain.fold import audit, reports

__all__ = ["apply", "audit", "channels", "members", "messages", "reactions", "reports", "retention", "users"]
