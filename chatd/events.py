"""The durable facts of an application, one record each.

An event is what the log holds under a sequence number. State tables follow from events alone:
`domain.fold.apply(state, event) = new state`. Tags are frozen: they are the format on disk. The sequence number of
the event that creates a user, channel or message is that thing's number, so creating events leave it out (0) and
`apply` fills it in. So it does with `created_at`: 0 is the time that the log gives. What was imported has its own time
there, which is kept; it is never later than that of the log.
"""

from __future__ import annotations

import msgspec

from chatd.model import Channel, Message, Record, Retention, User


class UserCreated(Record, frozen=True, tag=1):
    """A user came into being; `user.number` is 0 here and is this event's sequence number."""

    user: User


class UserUpdated(Record, frozen=True, tag=2):
    """A user changed; `user` is the whole new record."""

    user: User


class UserDeleted(Record, frozen=True, tag=3):
    """A user was deleted and has left every channel; what they wrote stays, their record does not."""

    user: int
    user_id: str


class ChannelCreated(Record, frozen=True, tag=4):
    """A channel came into being with its first members; `channel.number` is 0 here."""

    channel: Channel
    members: tuple[int, ...]
    operators: tuple[int, ...] = ()
    req_id: str = ""


class ChannelUpdated(Record, frozen=True, tag=5):
    """A channel's settings changed; `channel` is the whole new record."""

    channel: Channel


class ChannelDeleted(Record, frozen=True, tag=6):
    """A channel is gone with its messages."""

    channel: int
    channel_url: str


class MemberJoined(Record, frozen=True, tag=7):
    """Users became members; `inviter` is 0 when they joined by themselves."""

    channel: int
    users: tuple[int, ...]
    inviter: int = 0


class MemberLeft(Record, frozen=True, tag=8):
    """Users ceased to be members; `reason` is `left` or `deleted`."""

    channel: int
    users: tuple[int, ...]
    reason: str = "left"


class MessageSent(Record, frozen=True, tag=9):
    """A message was sent; `message.message_id` is 0 here and is this event's sequence number."""

    message: Message


class MessageUpdated(Record, frozen=True, tag=10):
    """A message was edited; `message` is the whole new record, its `edit` still that of the edit before."""

    message: Message


class MessageDeleted(Record, frozen=True, tag=11):
    """A message was deleted for everyone; its text is scrubbed from the log in the same commit."""

    channel: int
    message_id: int


class ChannelRead(Record, frozen=True, tag=12):
    """A member has read a channel up to and including the message with `ordinal`, sent at `read_at` or before."""

    channel: int
    user: int
    ordinal: int
    read_at: int


class SessionsRevoked(Record, frozen=True, tag=13):
    """All sessions of a user were ended, or the one that expires at `session`. Nobody is told: connections close."""

    user: int
    session: int = 0


class ReactionAdded(Record, frozen=True, tag=14):
    """A user reacted to a message with `key`; `created_at` is 0 but for what was imported."""

    channel: int
    message_id: int
    key: str
    user: int
    created_at: int = 0


class ReactionRemoved(Record, frozen=True, tag=15):
    """A user took a reaction back."""

    channel: int
    message_id: int
    key: str
    user: int


class RetentionChanged(Record, frozen=True, tag=20):
    """How long the application keeps messages where a channel does not say it."""

    retention: Retention


class MessagesExpired(Record, frozen=True, tag=21):
    """The oldest messages of a channel are gone, up to and including the one at (`created_at`, `message_id`).

    `deleted` are those of them that were deleted before. What was written is scrubbed from the log in the same commit.
    """

    channel: int
    created_at: int
    message_id: int
    deleted: tuple[int, ...] = ()


class MessagesErased(Record, frozen=True, tag=22):
    """Messages of a channel are gone because their sender is forgotten; `deleted` were deleted before."""

    channel: int
    messages: tuple[int, ...]
    deleted: tuple[int, ...] = ()


class UserErased(Record, frozen=True, tag=23):
    """Who the user was is forgotten: of the record its number is left."""

    user: int


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
)


class LogEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One place in the log: when it happened (milliseconds, never falling along the log) and what."""

    time: int
    event: Event
