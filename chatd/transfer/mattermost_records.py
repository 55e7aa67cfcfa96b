"""The lines of Mattermost's bulk export, as far as they are carried over.

Shapes: https://docs.mattermost.com/onboard/bulk-loading-data-format.html.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

# What becomes part of keys of the store is short, and has no characters that such a key cannot have.
Name = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x20]+\Z")]
# What users are called becomes their id, and that is neither "." nor "..", as everywhere.
Username = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^(?!\.{1,2}\Z)[^\x00-\x20]+\Z")]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53)]


class InChannel(Struct, frozen=True):
    """A user's membership of a channel of a team."""

    name: Name
    roles: str | None = None
    last_viewed_at: Milliseconds | None = None


class InTeam(Struct, frozen=True):
    """A user's membership of a team."""

    name: Name
    channels: tuple[InChannel, ...] | None = None


class User(Struct, frozen=True):
    """A person; `delete_at` is when they were deactivated, 0 for never."""

    username: Username
    nickname: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    delete_at: int | None = None
    teams: tuple[InTeam, ...] | None = None
    profile_image: str | None = None


class Bot(Struct, frozen=True):
    """A program with a name of its own."""

    username: Username
    display_name: str | None = None
    delete_at: int | None = None


class Channel(Struct, frozen=True):
    """A channel of a team; `type` is O for open, P for private."""

    team: Name
    name: Name
    type: str
    display_name: str | None = None
    header: str | None = None
    purpose: str | None = None
    deleted_at: int | None = None


class Participant(Struct, frozen=True):
    """A member of a direct channel."""

    username: Name
    last_viewed_at: Milliseconds | None = None


class DirectChannel(Struct, frozen=True):
    """The channel of two people, or of some more. Newer exports name its members as participants."""

    members: tuple[Name, ...] | None = None
    participants: tuple[Participant, ...] | None = None
    header: str | None = None


class Reaction(Struct, frozen=True):
    """An emoji by its name."""

    user: Name
    emoji_name: Name
    create_at: Milliseconds = 0


class Attachment(Struct, frozen=True):
    """Where a file is, below the data of the export."""

    path: str


class Reply(Struct, frozen=True, kw_only=True):
    """What a post and a reply to one have in common."""

    user: Name
    create_at: Milliseconds
    message: str | None = None
    type: str | None = None
    edit_at: Milliseconds | None = None
    props: dict[str, Any] | None = None
    flagged_by: tuple[str, ...] | None = None
    is_pinned: bool | None = None
    reactions: tuple[Reaction, ...] | None = None
    attachments: tuple[Attachment, ...] | None = None


class Post(Reply, frozen=True, kw_only=True):
    """A message in a channel of a team, with the replies to it."""

    team: Name
    channel: Name
    replies: tuple[Reply, ...] | None = None


class DirectPost(Reply, frozen=True, kw_only=True):
    """A message in a direct channel, with the replies to it."""

    channel_members: tuple[Name, ...]
    replies: tuple[Reply, ...] | None = None


class Line(Struct, frozen=True):
    """A line: its type, and the object that the type names."""

    type: str
    version: int | None = None
    user: User | None = None
    bot: Bot | None = None
    channel: Channel | None = None
    direct_channel: DirectChannel | None = None
    post: Post | None = None
    direct_post: DirectPost | None = None
