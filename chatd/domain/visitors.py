"""What visitors of a site may do, who have no account: talk in the channels that they are members of."""

from __future__ import annotations

from typing import Final

VISITORS: Final = frozenset(
    {
        "channels.changes",
        "channels.list",
        "channels.mark_delivered",
        "channels.mark_read",
        "channels.typing",
        "channels.view",
        "drafts.delete",
        "drafts.list",
        "drafts.set",
        "emoji_categories.list",
        "emojis.list",
        "members.list",
        "messages.changes",
        "messages.delete",
        "messages.list",
        "messages.send",
        "messages.update",
        "messages.view",
        "permissions.view",
        "pins.list",
        "polls.view",
        "polls.vote",
        "reaction_settings.view",
        "reactions.add",
        "reactions.list",
        "reactions.remove",
        "server.time",
        "threads.list",
        "users.me",
        "users.unread_message_count",
        "users.view_push_preference",
    }
)
