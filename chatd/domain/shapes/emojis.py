"""Emojis, and what reactions may be."""

from __future__ import annotations

from typing import TypedDict


class Emoji(TypedDict):
    """An emoji; without a `url` its key is the emoji itself."""

    key: str
    url: str


class Emojis(TypedDict):
    """Emojis."""

    emojis: list[Emoji]


class EmojiCategory(TypedDict):
    """A category; `id` 0 is that of the emojis which every application has."""

    id: int
    name: str
    url: str
    emojis: list[Emoji]


class EmojiCategories(TypedDict):
    """All categories; the hash changes when something of them does."""

    emoji_hash: str
    emoji_categories: list[EmojiCategory]


class NewEmojiCategories(TypedDict):
    """The categories that were made."""

    emoji_categories: list[EmojiCategory]


class ReactionSettings(TypedDict):
    """Whether users react, whether only with known emojis, and whether the default ones are known."""

    reactions: bool
    only_known_emojis: bool
    use_default_emoji: bool


class DefaultEmoji(TypedDict):
    """Whether there are the emojis that every application has."""

    use_default_emoji: bool
