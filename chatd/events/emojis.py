"""Emojis of an application, and what reactions may be."""

from __future__ import annotations

from chatd.model import Emoji, EmojiCategory, ReactionSettings, Record


class ReactionSettingsChanged(Record, frozen=True, tag=300):
    """What reactions may be from here on; told to nobody."""

    settings: ReactionSettings


class EmojiCategoryChanged(Record, frozen=True, tag=301):
    """A category came, or is otherwise; without `category` it is gone, with its emojis. Told to nobody."""

    number: int
    category: EmojiCategory | None = None


class EmojiChanged(Record, frozen=True, tag=302):
    """An emoji came, or is otherwise; without `emoji` it is gone. Told to nobody."""

    key: str
    emoji: Emoji | None = None
