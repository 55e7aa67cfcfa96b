"""What results look like, as types: the schema is made of them, and every example's result is held against them.

Times are milliseconds except `created_at` of users and channels, which are seconds, as the Platform API has it.
"""

from __future__ import annotations

from chatd.domain.shapes.answers import Empty, ServerTime
from chatd.domain.shapes.blocks import Blocked, BlockedUser, BlockedUsers
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
from chatd.domain.shapes.moderation import Act, Acts, Report, Reports
from chatd.domain.shapes.open_channels import OpenChannel, OpenChannels, Participants
from chatd.domain.shapes.operators import InvitationPreference, Operator, Operators
from chatd.domain.shapes.own import Draft, Drafts, FollowedThread, FollowedThreads, SavedMessage, SavedMessages
from chatd.domain.shapes.sanctions import Ban, BannedChannels, Bans, Mute, MutedChannels, MutedUsers, SlowMode
from chatd.domain.shapes.scheduled import ScheduledCount, ScheduledMessage, ScheduledMessages
from chatd.domain.shapes.tokens import ApiToken, ApiTokens
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
    UnreadItems,
    User,
    Users,
)
from chatd.domain.shapes.webhooks import DeliveryAttempts, FailedDeliveries, Handled, WebhookSettings

__all__ = [
    "Act",
    "Acts",
    "ApiToken",
    "ApiTokens",
    "Ban",
    "BannedChannels",
    "Bans",
    "BasicUser",
    "Blocked",
    "BlockedUser",
    "BlockedUsers",
    "ChannelChanges",
    "ChannelCount",
    "Closed",
    "Connection",
    "Connections",
    "DeliveryAttempts",
    "DisappearingMessage",
    "Draft",
    "Drafts",
    "Empty",
    "FailedDeliveries",
    "FollowedThread",
    "FollowedThreads",
    "FoundMessage",
    "GroupChannel",
    "GroupChannels",
    "Handled",
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
    "Mute",
    "MutedChannels",
    "MutedUsers",
    "OpenChannel",
    "OpenChannels",
    "Operator",
    "Operators",
    "Participants",
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
    "SlowMode",
    "ThreadInfo",
    "Token",
    "Total",
    "UnreadByUser",
    "UnreadCount",
    "UnreadItems",
    "User",
    "Users",
    "Voters",
    "WebhookSettings",
]
