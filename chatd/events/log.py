"""The log: every kind of event, and its place."""

from __future__ import annotations

import msgspec

from chatd.events.channels import ChannelCreated, ChannelDeleted, ChannelUpdated
from chatd.events.members import ChannelRead, MemberJoined, MemberLeft
from chatd.events.messages import MessageDeleted, MessageSent, MessageUpdated, ReactionAdded, ReactionRemoved
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
from chatd.events.retention import MessagesErased, MessagesExpired, RetentionChanged
from chatd.events.users import SessionsRevoked, UserCreated, UserDeleted, UserErased, UserUpdated

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
    | SessionsRevoked
    | ReactionAdded
    | ReactionRemoved
    | RetentionChanged
    | MessagesExpired
    | MessagesErased
    | UserErased
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
)


class LogEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One place in the log: when it happened (milliseconds, never falling along the log) and what."""

    time: int
    event: Event
