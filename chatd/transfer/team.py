"""A team that moves in from elsewhere, as none of the places that it may come from calls it.

Keys are the other place's own: they say who and what is meant, and never change, so that what was imported before is
found again. Times are Unix milliseconds, 0 for unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Protocol

from msgspec import Struct, field

from chatd.transfer.archive import Archive

# Characters of a topic or a purpose.
MAX_ABOUT = 2000
TOO_LARGE = "files that are larger than files.max_bytes"


class Kind(Enum):
    """Who can see a room."""

    PUBLIC = "public"
    PRIVATE = "private"
    DIRECT = "direct"  # the one room of exactly its members


class Person(Struct, frozen=True):
    """Somebody who wrote; `user_id` is what they want to be called here."""

    key: str
    user_id: str
    nickname: str
    is_active: bool = True
    created_at: int = 0
    metadata: dict[str, str] = field(default_factory=dict)


class Room(Struct, frozen=True):
    """A channel. A public one may become one with a public channel that is here, under `channel_url`.

    `own_url` is for one that must not, or cannot. `read_until` is up to when members have read; who is not in it has
    read everything.
    """

    key: str
    kind: Kind
    channel_url: str
    own_url: str
    name: str
    members: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    creator: str = ""
    created_at: int = 0
    data: str = ""
    read_until: dict[str, int] = field(default_factory=dict)


class Attachment(Struct, frozen=True):
    """A file: where it is in the archive, or an address elsewhere."""

    name: str
    type: str = ""
    path: str = ""
    url: str = ""
    size: int = 0


class Reaction(Struct, frozen=True):
    """Somebody's reaction."""

    emoji: str
    user: str
    created_at: int = 0


class Post(Struct, frozen=True):
    """A message. `parent` is the key of that which it replies to; `begins` says that others may reply to this one.

    `is_in_channel` shows a reply outside of its thread too.
    """

    key: str
    room: str
    author: str
    text: str
    created_at: int
    edited_at: int = 0
    parent: str = ""
    begins: bool = False
    is_in_channel: bool = False
    mentioned: tuple[str, ...] = ()
    mentions_all: bool = False
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()


class Team(Struct, frozen=True):
    """Everybody and every room, by key; `authors` are those who wrote or reacted in a room."""

    people: dict[str, Person]
    rooms: dict[str, Room]
    authors: dict[str, set[str]]


class Tally:
    """What became of everything, by kind."""

    def __init__(self) -> None:
        self.imported: Counter[str] = Counter()
        self.present: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()


class Source(Protocol):
    """An export of another place. `name` begins the keys of what came from it."""

    name: str
    archive: Archive

    def survey(self) -> Team:
        """Read all of it; who and what is there. Raises BrokenExport where something is wrong."""
        ...

    def posts(self, tally: Tally) -> Iterator[Post]:
        """Read all messages, room by room or reply by reply, and count what is left out."""
        ...


Progress = Callable[[int], None]
