"""What results look like, as types: the schema is made of them, and every example's result is held against them.

Times are milliseconds except `created_at` of users and channels, which are seconds, as the Platform API has it.
"""

from __future__ import annotations

from chatd.domain.shapes.answers import Empty, ServerTime
from chatd.domain.shapes.channels import DisappearingMessage, GroupChannel, GroupChannels
from chatd.domain.shapes.content import (
    MetaArray,
    PinnedMessage,
    PinnedMessages,
    Poll,
    PollOption,
    Polls,
    Voters,
)
from chatd.domain.shapes.messages import (
    FoundMessage,
    Message,
    MessageEvents,
    MessageRetention,
    Messages,
    MetaItem,
    Reaction,
    ReactionChange,
    Reactions,
    SearchResults,
    ThreadInfo,
    Total,
)
from chatd.domain.shapes.users import (
    BasicUser,
    Closed,
    Connection,
    Connections,
    Member,
    Members,
    Membership,
    Presence,
    Presences,
    PrivacyRequest,
    PrivacyRequests,
    Token,
    UnreadByUser,
    UnreadCount,
    User,
    Users,
)

__all__ = [
    "BasicUser",
    "Closed",
    "Connection",
    "Connections",
    "DisappearingMessage",
    "Empty",
    "FoundMessage",
    "GroupChannel",
    "GroupChannels",
    "Member",
    "Members",
    "Membership",
    "Message",
    "MessageEvents",
    "MessageRetention",
    "Messages",
    "MetaArray",
    "MetaItem",
    "PinnedMessage",
    "PinnedMessages",
    "Poll",
    "PollOption",
    "Polls",
    "Presence",
    "Presences",
    "PrivacyRequest",
    "PrivacyRequests",
    "Reaction",
    "ReactionChange",
    "Reactions",
    "SearchResults",
    "ServerTime",
    "ThreadInfo",
    "Token",
    "Total",
    "UnreadByUser",
    "UnreadCount",
    "User",
    "Users",
    "Voters",
]
