"""What Slack's exports hold, as far as it is carried over.

Shapes: https://slack.com/help/articles/220556107 (the files of an export), https://docs.slack.dev/reference/events/message
(messages and their subtypes) and https://docs.slack.dev/reference/objects/file-object.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

# What becomes part of keys of the store is short, and has no characters that such a key cannot have.
Id = Annotated[str, Meta(max_length=60, pattern=r"^[A-Za-z0-9._-]+\Z")]
# What users are called becomes their id, and that is neither "." nor "..", as everywhere.
UserId = Annotated[str, Meta(max_length=60, pattern=r"^(?!\.{1,2}\Z)[A-Za-z0-9._-]+\Z")]
Username = Annotated[str, Meta(pattern=r"^(?!\.{1,2}\Z)")]
Emoji = Annotated[str, Meta(min_length=1, max_length=190, pattern=r"^[^\x00-\x1f]+\Z")]
# Seconds and microseconds: a message's time, and its name within a channel.
Ts = Annotated[str, Meta(pattern=r"^[0-9]{1,11}(\.[0-9]{1,6})?\Z")]
Seconds = Annotated[int, Meta(ge=0, le=10**11)]


class Profile(Struct, frozen=True):
    """What a user says of themselves."""

    display_name: str | None = None
    real_name: str | None = None
    name: str | None = None


class User(Struct, frozen=True):
    """A line of users.json."""

    id: UserId
    name: Username | None = None
    real_name: str | None = None
    deleted: bool | None = None
    profile: Profile | None = None


class About(Struct, frozen=True):
    """A topic or a purpose."""

    value: str | None = None


class Conversation(Struct, frozen=True):
    """A channel, a private channel ("group"), a direct message ("dm") or one of several ("mpim")."""

    id: Id
    name: str | None = None
    created: Seconds | None = None
    creator: str | None = None
    is_archived: bool | None = None
    members: tuple[Id, ...] | None = None
    topic: About | None = None
    purpose: About | None = None


class File(Struct, frozen=True):
    """A file of a message. `mode` is "tombstone" for one that was deleted, "hidden_by_limit" for one not paid for."""

    id: str | None = None
    name: str | None = None
    title: str | None = None
    mimetype: str | None = None
    size: int | None = None
    mode: str | None = None
    is_external: bool | None = None
    url_private: str | None = None


class Reaction(Struct, frozen=True):
    """An emoji, and who reacted with it."""

    name: Emoji
    users: tuple[Id, ...] = ()


class Edited(Struct, frozen=True):
    """When a message was edited, and by whom."""

    ts: Ts


class Comment(Struct, frozen=True):
    """A comment on a file, as messages of that kind have it."""

    user: Id | None = None
    comment: str | None = None


class Message(Struct, frozen=True):
    """A message of a day's file."""

    ts: Ts
    type: str | None = None
    subtype: str | None = None
    user: Id | None = None
    bot_id: Id | None = None
    username: str | None = None
    text: str | None = None
    thread_ts: Ts | None = None
    reply_count: int | None = None
    user_profile: Profile | None = None
    bot_profile: Profile | None = None
    edited: Edited | None = None
    reactions: tuple[Reaction, ...] | None = None
    files: tuple[File, ...] | None = None
    file: File | None = None
    comment: Comment | None = None
    attachments: tuple[dict[str, Any], ...] | None = None
    blocks: tuple[dict[str, Any], ...] | None = None
    pinned_to: tuple[str, ...] | None = None
    hidden: bool | None = None
