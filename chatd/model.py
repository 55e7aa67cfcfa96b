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
    """A tenant: its own users, channels, tokens, log. `number` is its key space, `name` is unique.

    `secret` signs the addresses of its files; empty until the first start of a chatd that knows files.
    """

    number: int
    application_id: str
    name: str
    created_at: int
    secret: str = ""


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
    """A one-time right to create an account: with `login`, or when that is empty with one that nobody has."""

    role: str
    invited_by: str
    expires_at: int
    login: str = ""


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


class Retention(Record, frozen=True):
    """How long messages are kept: so many seconds, and so many of a channel; -1 for ever and for all."""

    seconds: int = -1
    count: int = -1


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
    """A group channel: what changes rarely. What changes with each message is its `ChannelState`.

    `retention` is its own; what is 0 there is as the application has it.
    """

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
    retention: Retention = Retention(0, 0)


class ChannelState(Record, frozen=True):
    """What moves with a channel's traffic.

    `ordinal` counts the messages ever sent in it that are worth a badge, `message_count` those there are now. Up to
    `expired_ordinal` they are too old to be kept: nobody has them unread.
    """

    member_count: int
    ordinal: int = 0
    last_message: int = 0
    last_message_at: int = 0
    message_count: int = 0
    expired_ordinal: int = 0


class Member(Record, frozen=True):
    """A user's membership of a channel; `since` is the sequence number of the event that began it."""

    since: int
    joined_at: int
    read_ordinal: int
    read_at: int
    is_operator: bool = False


class File(Record, frozen=True):
    """What a message says of a file. Its bytes are the blob `file_id`; with `url` they are kept elsewhere.

    `type` is a media type, `size` in bytes, `sha256` the digest of the bytes, empty for what is kept elsewhere.
    """

    file_id: str
    name: str
    type: str
    size: int
    sha256: bytes = b""
    width: int = 0
    height: int = 0
    url: str = ""


class FileUse(Record, frozen=True):
    """The message that a blob belongs to, and what it says of it."""

    message: int
    file: File


class Upload(Record, frozen=True):
    """A blob that no message uses: one that its uploader may send until `expires_at`, or one to be removed."""

    file: File
    expires_at: int


class Thread(Record, frozen=True):
    """The replies to a message: how many there are, when the last one came, when this last changed.

    `most` are up to five users who replied most, each with the number of their replies, most first.
    """

    reply_count: int
    last_replied_at: int
    updated_at: int
    most: tuple[tuple[int, int], ...] = ()


class Message(Record, frozen=True):
    """A message; `message_id` is the sequence number of the event that created it.

    `sender` is 0 for an admin message. `edit` is the sequence number of the last edit, 0 for none. `parent` is the
    message that it replies to, 0 for none; `is_in_channel` shows a reply outside of its thread too.
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
    parent: int = 0
    files: tuple[File, ...] = ()
    is_in_channel: bool = False


class PrivacyRequest(Record, frozen=True):
    """That persons are to be forgotten. `user_ids` are kept until they are; then only the numbers in `users` are.

    Users that came to be after event `last` are others. `channels` says which channels go with them:
    `do_not_delete`, `1_on_1`, `all`. Of the log, what comes before `cursor` has been seen.
    """

    number: int
    user_ids: tuple[str, ...]
    channels: str
    created_at: int
    last: int
    status: str = "scheduled"
    users: tuple[int, ...] = ()
    cursor: int = 1


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
    expires at `session`. With `forgets`, what earlier events were told as may be told no more.
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
    forgets: bool = False
