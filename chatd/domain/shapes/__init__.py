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
from chatd.domain.shapes.lists import ChannelChanges, ChannelCount, MessageChanges, MessageOffset
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
from chatd.domain.shapes.moderation import Act, Acts, ChannelPermissions, Permissions, Report, Reports
from chatd.domain.shapes.open_channels import OpenChannel, OpenChannels, Participants
from chatd.domain.shapes.operators import InvitationPreference, Operator, Operators
from chatd.domain.shapes.own import Draft, Drafts, FollowedThread, FollowedThreads, SavedMessage, SavedMessages
from chatd.domain.shapes.scheduled import ScheduledCount, ScheduledMessage, ScheduledMessages
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
    "Act",
    "Acts",
    "BasicUser",
    "ChannelChanges",
    "ChannelCount",
    "ChannelPermissions",
    "Closed",
    "Connection",
    "Connections",
    "DisappearingMessage",
    "Draft",
    "Drafts",
    "Empty",
    "FollowedThread",
    "FollowedThreads",
    "FoundMessage",
    "GroupChannel",
    "GroupChannels",
    "InvitationPreference",
    "Member",
    "Members",
    "Membership",
    "Message",
    "MessageChanges",
    "MessageEvents",
    "MessageOffset",
    "MessageRetention",
    "Messages",
    "MetaArray",
    "MetaItem",
    "OpenChannel",
    "OpenChannels",
    "Operator",
    "Operators",
    "Participants",
    "Permissions",
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
    "Report",
    "Reports",
    "SavedMessage",
    "SavedMessages",
    "ScheduledCount",
    "ScheduledMessage",
    "ScheduledMessages",
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
