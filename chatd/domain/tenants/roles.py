"""What each role of a team may do in the dashboard: which commands, by their nouns."""

from __future__ import annotations

from typing import Final

from chatd.domain.command import Command, Kind, Right

OWNER: Final = "owner"
ADMIN: Final = "admin"
MODERATOR: Final = "moderator"
DEVELOPER: Final = "developer"
ANALYST: Final = "analyst"
ROLES: Final = (OWNER, ADMIN, MODERATOR, DEVELOPER, ANALYST)

_READING: Final = frozenset({Kind.READ, Kind.SCAN, Kind.SEARCH, Kind.LIVE})

# What people say and do, and what keeps order among them.
CONVERSATION: Final = frozenset(
    {
        "announcements",
        "auto_messages",
        "bans",
        "blocks",
        "channel_metadata",
        "channels",
        "connections",
        "emoji_categories",
        "emojis",
        "files",
        "filtered_messages",
        "members",
        "messages",
        "metacounters",
        "moderation",
        "mutes",
        "open_channels",
        "operators",
        "pace",
        "permissions",
        "pins",
        "polls",
        "presence",
        "reaction_settings",
        "reactions",
        "reports",
        "retention",
        "scheduled_messages",
        "slow_mode",
        "threads",
        "type_bans",
        "type_mutes",
        "type_operators",
        "user_metadata",
        "users",
        "audit",
    }
)
# What programs are given to work with.
BUILDING: Final = frozenset(
    {
        "api_tokens",
        "applications",
        "bots",
        "deliveries",
        "incoming_webhooks",
        "ip_whitelist",
        "push",
        "push_tokens",
        "sessions",
        "slash_commands",
        "webhooks",
        "server",
    }
)
# What people keep to themselves: it was not said to anybody.
PRIVATE: Final = frozenset({"drafts", "saved"})
# Whole data, for which there are laws.
DATA: Final = frozenset({"exports", "privacy"})
FIGURES: Final = frozenset({"statistics"})

# Beside what they may read, moderators call these. Nothing of it is done in the name of a user.
MODERATED: Final = frozenset(
    {
        "bans.add",
        "bans.remove",
        "bans.update",
        "channels.freeze",
        "connections.cut",
        "messages.delete",
        "moderation.update",
        "mutes.add",
        "mutes.remove",
        "open_channels.freeze",
        "pace.update",
        "reports.update",
        "slow_mode.update",
        "type_bans.add",
        "type_bans.add_of_user",
        "type_bans.remove",
        "type_mutes.add",
        "type_mutes.add_of_user",
        "type_mutes.remove",
    }
)
# Developers try out what they build.
TRIED: Final = frozenset(
    {
        "channel_metadata",
        "channels",
        "emoji_categories",
        "emojis",
        "messages",
        "metacounters",
        "open_channels",
        "user_metadata",
        "users",
        "reactions",
        "polls",
        "scheduled_messages",
    }
)
NEVER_TRIED: Final = frozenset({"users.erase", "users.delete", "channels.delete", "open_channels.delete"})


def changes(command: Command) -> bool:
    """Whether a command changes anything, for others too."""
    return command.kind not in _READING or command.name == "connections.cut"


def may_call(role: str, command: Command) -> bool:
    """Whether somebody with a role may call a command, as a backend."""
    if command.right is Right.CLIENT:
        return False
    noun = command.name.split(".", 1)[0]
    is_reading = not changes(command)
    match role:
        case "owner" | "admin":
            return True
        case "moderator":
            return noun in FIGURES or command.name in MODERATED or (noun in CONVERSATION and is_reading)
        case "developer":
            is_tried = noun in TRIED and command.name not in NEVER_TRIED
            return noun in BUILDING | FIGURES or (noun in CONVERSATION and (is_reading or is_tried))
        case "analyst":
            return noun in FIGURES
        case _:
            return False
