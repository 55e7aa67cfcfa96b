"""The durable facts of an application, one record each.

An event is what the log holds under a sequence number. State tables follow from events alone:
`domain.fold.apply(state, event) = new state`. Tags are frozen: they are the format on disk. The sequence number of
the event that creates a user, channel or message is that thing's number, so creating events leave it out (0) and
`apply` fills it in. So it does with `created_at`: 0 is the time that the log gives. What was imported has its own time
there, which is kept; it is never later than that of the log.
"""

from __future__ import annotations

from chatd.events.announcements import (
    AnnouncementCreated,
    AnnouncementMoved,
    AnnouncementProgressed,
    AnnouncementUpdated,
)
from chatd.events.audit import ActNoted
from chatd.events.auto_messages import AutoMessagesChanged
from chatd.events.blocks import UserBlocked, UserUnblocked
from chatd.events.bots import BotChanged
from chatd.events.channels import ChannelCreated, ChannelDeleted, ChannelFrozen, ChannelUpdated
from chatd.events.emojis import EmojiCategoryChanged, EmojiChanged, ReactionSettingsChanged
from chatd.events.filters import FilterHit, ModerationChanged, ModerationRemoved
from chatd.events.invitations import (
    InvitationEnded,
    InvitationPreferenceChanged,
    InvitationReceived,
    InvitationsEnded,
    LeftoversRemoved,
    UsersInvited,
)
from chatd.events.log import Event, LogEntry
from chatd.events.members import ChannelRead, MemberJoined, MemberLeft, OperatorsChanged
from chatd.events.messages import MessageDeleted, MessageSent, MessageUpdated, ReactionAdded, ReactionRemoved
from chatd.events.metadata import ChannelMetacountersChanged, ChannelMetadataChanged
from chatd.events.notifications import ChannelPreferenceChanged, PushPreferenceChanged
from chatd.events.own import BookmarksRemoved, DraftChanged, MessageSaved, MessageUnsaved, ThreadFollowed, ThreadRead
from chatd.events.pace import PaceChanged
from chatd.events.permissions import PermissionsChanged
from chatd.events.pictures import PictureChanged, ThumbnailsMade
from chatd.events.pins import MessagePinned, MessageUnpinned
from chatd.events.polls import (
    PollCreated,
    PollDeleted,
    PollOptionAdded,
    PollOptionRemoved,
    PollOptionUpdated,
    PollUpdated,
    PollVoted,
)
from chatd.events.previews import LinkPreviewed
from chatd.events.receipts import ChannelDelivered, ChannelMarkedUnread
from chatd.events.reports import ReportMade, ReportsMoved
from chatd.events.retention import MessagesErased, MessagesExpired, RetentionChanged
from chatd.events.sanctions import TracesRemoved, UserBanned, UserMuted, UserUnbanned, UserUnmuted
from chatd.events.scheduled import MessageScheduled, ScheduledChanged, ScheduledEnded
from chatd.events.settings import (
    ChannelHidden,
    ChannelHiddenForAll,
    ChannelUnhidden,
    ChannelUnhiddenForAll,
    HistoryReset,
    HistoryResetForAll,
)
from chatd.events.told import OfChannel, OfPoll, OfUser
from chatd.events.type_sanctions import (
    ExpulsionAdvanced,
    MuteTold,
    TellingAdvanced,
    TypeOperatorAdded,
    TypeOperatorRemoved,
    UserBannedFromType,
    UserMutedInType,
    UserUnbannedFromType,
    UserUnmutedInType,
)
from chatd.events.users import (
    PresencePreferenceChanged,
    SessionsRevoked,
    UserCreated,
    UserDeleted,
    UserDiscoveryChanged,
    UserErased,
    UserUpdated,
)

__all__ = [
    "ActNoted",
    "AnnouncementCreated",
    "AnnouncementMoved",
    "AnnouncementProgressed",
    "AnnouncementUpdated",
    "AutoMessagesChanged",
    "BookmarksRemoved",
    "BotChanged",
    "ChannelCreated",
    "ChannelDeleted",
    "ChannelDelivered",
    "ChannelFrozen",
    "ChannelHidden",
    "ChannelHiddenForAll",
    "ChannelMarkedUnread",
    "ChannelMetacountersChanged",
    "ChannelMetadataChanged",
    "ChannelPreferenceChanged",
    "ChannelRead",
    "ChannelUnhidden",
    "ChannelUnhiddenForAll",
    "ChannelUpdated",
    "DraftChanged",
    "EmojiCategoryChanged",
    "EmojiChanged",
    "Event",
    "ExpulsionAdvanced",
    "FilterHit",
    "HistoryReset",
    "HistoryResetForAll",
    "InvitationEnded",
    "InvitationPreferenceChanged",
    "InvitationReceived",
    "InvitationsEnded",
    "LeftoversRemoved",
    "LinkPreviewed",
    "LogEntry",
    "MemberJoined",
    "MemberLeft",
    "MessageDeleted",
    "MessagePinned",
    "MessageSaved",
    "MessageScheduled",
    "MessageSent",
    "MessageUnpinned",
    "MessageUnsaved",
    "MessageUpdated",
    "MessagesErased",
    "MessagesExpired",
    "ModerationChanged",
    "ModerationRemoved",
    "MuteTold",
    "OfChannel",
    "OfPoll",
    "OfUser",
    "OperatorsChanged",
    "PaceChanged",
    "PermissionsChanged",
    "PictureChanged",
    "PollCreated",
    "PollDeleted",
    "PollOptionAdded",
    "PollOptionRemoved",
    "PollOptionUpdated",
    "PollUpdated",
    "PollVoted",
    "PresencePreferenceChanged",
    "PushPreferenceChanged",
    "ReactionAdded",
    "ReactionRemoved",
    "ReactionSettingsChanged",
    "ReportMade",
    "ReportsMoved",
    "RetentionChanged",
    "ScheduledChanged",
    "ScheduledEnded",
    "SessionsRevoked",
    "TellingAdvanced",
    "ThreadFollowed",
    "ThreadRead",
    "ThumbnailsMade",
    "TracesRemoved",
    "TypeOperatorAdded",
    "TypeOperatorRemoved",
    "UserBanned",
    "UserBannedFromType",
    "UserBlocked",
    "UserCreated",
    "UserDeleted",
    "UserDiscoveryChanged",
    "UserErased",
    "UserMuted",
    "UserMutedInType",
    "UserUnbanned",
    "UserUnbannedFromType",
    "UserUnblocked",
    "UserUnmuted",
    "UserUnmutedInType",
    "UserUpdated",
    "UsersInvited",
]
