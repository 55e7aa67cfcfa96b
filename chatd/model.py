"""The nouns of chatd as records.

Stored records are arrays on disk: the order of fields is the format. A new field goes to the end with a default;
a field is never removed or moved. Times are Unix milliseconds. `number` is the sequence number of the event that
created a thing: it identifies users and channels inside their application and never changes.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Base of everything that is stored."""


class Application(Record, frozen=True):
    """A tenant: its own users, channels, tokens, log. `number` is its key space, `name` is unique."""

    number: int
    application_id: str
    name: str
    created_at: int


class ApiToken(Record, frozen=True):
    """A backend's token, found by its hash. `token_id` names it in lists; the secret itself is not kept."""

    application: int
    token_id: str
    label: str
    created_at: int


class Account(Record, frozen=True):
    """A person who signs in to the web pages; also the user `user_id` of `application`."""

    login: str
    password_hash: str
    role: str
    application: int
    user_id: str
    created_at: int


class Invite(Record, frozen=True):
    """A one-time right to create an account."""

    role: str
    invited_by: str
    expires_at: int


class AccountSession(Record, frozen=True):
    """A signed-in browser."""

    login: str
    expires_at: int


class Session(Record, frozen=True):
    """A client's right to act as a user, found by the hash of its token."""

    application: int
    user: int
    user_id: str
    expires_at: int


class Head(Record, frozen=True):
    """The end of an application's log: the last sequence number and its time, and the id of the log."""

    sequence: int
    time: int
    epoch: str


class User(Record, frozen=True):
    """A user of an application."""

    number: int
    user_id: str
    nickname: str
    profile_url: str
    created_at: int
    metadata: dict[str, str] = msgspec.field(default_factory=dict)
    is_active: bool = True
    has_ever_logged_in: bool = False
    preferred_languages: tuple[str, ...] = ()
    discovery_keys: tuple[str, ...] = ()


class Channel(Record, frozen=True):
    """A group channel: what changes rarely. What changes with each message is its `ChannelState`."""

    number: int
    channel_url: str
    name: str
    cover_url: str
    custom_type: str
    data: str
    created_at: int
    created_by: int
    is_distinct: bool = False
    is_public: bool = False


class ChannelState(Record, frozen=True):
    """What moves with a channel's traffic.

    `ordinal` counts the messages ever sent in it that are worth a badge, `message_count` those there are now.
    """

    member_count: int
    ordinal: int = 0
    last_message: int = 0
    last_message_at: int = 0
    message_count: int = 0


class Member(Record, frozen=True):
    """A user's membership of a channel; `since` is the sequence number of the event that began it."""

    since: int
    joined_at: int
    read_ordinal: int
    read_at: int
    is_operator: bool = False


class Message(Record, frozen=True):
    """A text message; `message_id` is the sequence number of the event that created it.

    `sender` is 0 for an admin message. `edit` is the sequence number of the last edit, 0 for none.
    """

    message_id: int
    channel: int
    sender: int
    ordinal: int
    created_at: int
    text: str
    data: str = ""
    custom_type: str = ""
    req_id: str = ""
    updated_at: int = 0
    is_removed: bool = False
    mention_type: str = "users"
    mentioned: tuple[int, ...] = ()
    is_silent: bool = False
    edit: int = 0


class Actor(msgspec.Struct, frozen=True, gc=False):
    """Who makes a call. `user` is None for a backend with an API token; it acts for whom it names.

    `connection` is the serial number of the connection on which a client calls, 0 when it calls over HTTP.
    """

    application: int
    user: int | None
    user_id: str | None
    connection: int = 0


class Publication(msgspec.Struct, frozen=True):
    """Something to tell connected clients, after the commit that made it true.

    `channel`: goes to the online members of that channel; `user`: to that user's own devices; 0 = not so.
    `sequence` is 0 for what is never stored. `joined` begin to receive with this publication, `left` end with it.
    With `disconnect` the connections of `user` are closed: their sessions have ended, or only the one that
    expires at `session`.
    """

    application: int
    sequence: int
    data: dict[str, Any]
    channel: int = 0
    user: int = 0
    joined: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    disconnect: bool = False
    session: int = 0
