"""The log: every kind of event, and its place."""

from __future__ import annotations

import msgspec

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

Event = (
    UserCreated
    | UserUpdated
    | UserDeleted
    | ChannelCreated
    | ChannelUpdated
    | ChannelDeleted
    | MemberJoined
    | MemberLeft
    | MessageSent
    | MessageUpdated
    | MessageDeleted
    | ChannelRead
    | ChannelDelivered
    | ChannelMarkedUnread
    | ChannelPreferenceChanged
    | PushPreferenceChanged
    | SessionsRevoked
    | ReactionAdded
    | ReactionRemoved
    | RetentionChanged
    | PaceChanged
    | MessagesExpired
    | MessagesErased
    | UserErased
    | MessageScheduled
    | ScheduledChanged
    | ScheduledEnded
    | DraftChanged
    | MessageSaved
    | MessageUnsaved
    | ThreadFollowed
    | ThreadRead
    | BookmarksRemoved
    | ThumbnailsMade
    | PictureChanged
    | ChannelHidden
    | ChannelUnhidden
    | HistoryReset
    | ChannelHiddenForAll
    | ChannelUnhiddenForAll
    | HistoryResetForAll
    | ChannelMetadataChanged
    | ChannelMetacountersChanged
    | UsersInvited
    | InvitationReceived
    | InvitationsEnded
    | InvitationEnded
    | InvitationPreferenceChanged
    | LeftoversRemoved
    | ChannelFrozen
    | OperatorsChanged
    | MessagePinned
    | MessageUnpinned
    | PollCreated
    | PollDeleted
    | PollOptionAdded
    | PollOptionRemoved
    | PollOptionUpdated
    | PollUpdated
    | PollVoted
    | LinkPreviewed
    | BotChanged
    | UserDiscoveryChanged
    | PresencePreferenceChanged
    | AnnouncementCreated
    | AnnouncementMoved
    | AnnouncementProgressed
    | AnnouncementUpdated
    | UserMuted
    | UserUnmuted
    | UserBanned
    | UserUnbanned
    | TracesRemoved
    | ExpulsionAdvanced
    | MuteTold
    | TellingAdvanced
    | TypeOperatorAdded
    | TypeOperatorRemoved
    | UserBannedFromType
    | UserMutedInType
    | UserUnbannedFromType
    | UserUnmutedInType
    | UserBlocked
    | UserUnblocked
    | ActNoted
    | ReportMade
    | ReportsMoved
    | PermissionsChanged
    | ModerationChanged
    | ModerationRemoved
    | FilterHit
    | EmojiCategoryChanged
    | AutoMessagesChanged
    | EmojiChanged
    | ReactionSettingsChanged
)


class LogEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One place in the log: when it happened (milliseconds, never falling along the log) and what."""

    time: int
    event: Event
