"""What applications set for all of their channels and backends."""

from __future__ import annotations

from chatd.model.record import Record


class ReactionSettings(Record, frozen=True):
    """Whether users react, whether the emojis that there are without are among those that are known, and whether no
    others may be used.
    """

    is_enabled: bool = True
    has_default: bool = True
    is_strict: bool = False


class EmojiCategory(Record, frozen=True):
    """A group of emojis, with the address of its picture."""

    name: str
    url: str = ""


class Emoji(Record, frozen=True):
    """An emoji of a category, with the address of its picture; without one its key is the emoji itself."""

    category: int
    url: str = ""
