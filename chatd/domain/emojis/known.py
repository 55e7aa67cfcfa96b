"""Which emojis there are, and whether a user may react with something."""

from __future__ import annotations

import hashlib
from typing import Final

import orjson

from chatd.domain import shapes
from chatd.errors import Forbidden, InvalidValue
from chatd.model import ReactionSettings
from chatd.store import tables
from chatd.store.transaction import Transaction

# The category that every application has, unless it says that it has not; others have numbers from 1 on.
DEFAULT_CATEGORY: Final = 0
DEFAULT_EMOJIS: Final = ("👍", "❤️", "😂", "🎉", "😮", "😢", "🙏")
_HASH_DIGITS: Final = 32


def settings_of(txn: Transaction) -> ReactionSettings:
    """What the application has said of reactions."""
    return txn.get(tables.REACTION_SETTINGS) or ReactionSettings()


def check_reaction(txn: Transaction, key: str) -> None:
    """Raise Forbidden when there are no reactions, and InvalidValue when this is none."""
    settings = settings_of(txn)
    if not settings.is_enabled:
        raise Forbidden("In this application there are no reactions.")
    if not settings.is_strict or txn.get(tables.EMOJIS, key) is not None:
        return
    if not settings.has_default or key not in DEFAULT_EMOJIS:
        raise InvalidValue('"reaction" is none of the emojis of this application.')


def categories(txn: Transaction) -> list[shapes.EmojiCategory]:
    """All categories with their emojis: the default one first, and each in the order of keys."""
    made = txn.scan(tables.EMOJI_CATEGORIES)
    found = {number: category_resource(number, each.name, each.url) for (number,), each in made}
    if settings_of(txn).has_default:
        first = category_resource(DEFAULT_CATEGORY, "default", "")
        first["emojis"] = [emoji_resource(key, "") for key in DEFAULT_EMOJIS]
        found = {DEFAULT_CATEGORY: first, **found}
    for (key,), emoji in txn.scan(tables.EMOJIS):
        found[emoji.category]["emojis"].append(emoji_resource(key, emoji.url))
    return list(found.values())


def hash_of(shown: list[shapes.EmojiCategory]) -> str:
    """What changes when the categories or their emojis do, so that a client may keep them."""
    return hashlib.sha256(orjson.dumps(shown)).hexdigest()[:_HASH_DIGITS]


def category_resource(number: int, name: str, url: str) -> shapes.EmojiCategory:
    """A category without its emojis yet."""
    return {"id": number, "name": name, "url": url, "emojis": []}


def emoji_resource(key: str, url: str) -> shapes.Emoji:
    """An emoji; without a `url` its key is the emoji itself."""
    return {"key": key, "url": url}
