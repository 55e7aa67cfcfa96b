"""Who somebody is to a channel and to what is in it. Each command says which of them may call it."""

from __future__ import annotations

import enum


class Role(enum.Enum):
    """A user as seen from a channel that is not public, and from a message in it.

    The owner made the channel and the message, and operates the channel.
    """

    STRANGER = "stranger"
    INVITED = "invited"
    MEMBER = "member"
    MUTED = "muted"
    BANNED = "banned"
    OPERATOR = "operator"
    OWNER = "owner"
    DEACTIVATED = "deactivated"


Roles = frozenset[Role]

EVERYBODY: Roles = frozenset(Role) - {Role.DEACTIVATED}
MEMBERS: Roles = frozenset({Role.MEMBER, Role.MUTED, Role.OPERATOR, Role.OWNER})
ACQUAINTED: Roles = MEMBERS | {Role.INVITED}
WRITERS: Roles = MEMBERS - {Role.MUTED}
OPERATORS: Roles = frozenset({Role.OPERATOR, Role.OWNER})
OWNER: Roles = frozenset({Role.OWNER})
NOBODY: Roles = frozenset()
