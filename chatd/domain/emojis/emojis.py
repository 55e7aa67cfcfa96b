"""Emojis of an application."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.emojis.categories import CategoryId, find_category
from chatd.domain.emojis.known import DEFAULT_EMOJIS, categories, emoji_resource, settings_of
from chatd.domain.fields import Url
from chatd.domain.messages.reaction_keys import Key, check_key
from chatd.domain.roles import NOBODY
from chatd.domain.stream import note
from chatd.errors import AlreadyExists, LimitExceeded, NotFound
from chatd.model import Actor, Emoji
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_EMOJIS: Final = 1000
AT_ONCE: Final = 100


class New(Input, frozen=True):
    """An emoji to be: the reaction that it stands for, and its picture."""

    key: Key
    url: Url = ""


class List(Input, frozen=True):
    """Nothing to say."""


class Create(Input, frozen=True):
    """Emojis to add to a category."""

    emoji_category_id: CategoryId
    emojis: Annotated[tuple[New, ...], Meta(min_length=1, max_length=AT_ONCE)]


class View(Input, frozen=True):
    """An emoji."""

    emoji_key: Key


class Update(Input, frozen=True):
    """The picture that an emoji is to have."""

    emoji_key: Key
    url: Url


@command("emojis.list", Right.BOTH, Kind.READ, example={}, result=shapes.Emojis)
def list_emojis(txn: Transaction, actor: Actor, input: List) -> shapes.Emojis:
    """All emojis, whatever their category."""
    return {"emojis": [emoji for category in categories(txn) for emoji in category["emojis"]]}


@command(
    "emojis.create",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"emoji_category_id": "$category", "emojis": [{"key": "tulip", "url": "https://example.org/tulip.png"}]},
    result=shapes.Emojis,
)
def create(txn: Transaction, actor: Actor, input: Create) -> shapes.Emojis:
    """Add emojis to a category. AlreadyExists for a key that one has already."""
    find_category(txn, input.emoji_category_id)
    if sum(1 for _ in txn.scan(tables.EMOJIS)) + len(input.emojis) > MAX_EMOJIS:
        raise LimitExceeded(f"There are at most {MAX_EMOJIS} emojis.")
    for new in input.emojis:
        check_key("key", new.key)
        if _is_taken(txn, new.key):
            raise AlreadyExists(f'There is an emoji "{new.key}" already.')
        note(txn, events.EmojiChanged(new.key, Emoji(input.emoji_category_id, new.url)))
    return {"emojis": [emoji_resource(new.key, new.url) for new in input.emojis]}


@command("emojis.view", Right.BOTH, Kind.READ, example={"emoji_key": "rose"}, result=shapes.Emoji)
def view(txn: Transaction, actor: Actor, input: View) -> shapes.Emoji:
    """One emoji."""
    if input.emoji_key in DEFAULT_EMOJIS and settings_of(txn).has_default:
        return emoji_resource(input.emoji_key, "")
    return emoji_resource(input.emoji_key, _find(txn, input.emoji_key).url)


@command(
    "emojis.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"emoji_key": "rose", "url": "https://example.org/rose-2.png"},
    result=shapes.Emoji,
)
def update(txn: Transaction, actor: Actor, input: Update) -> shapes.Emoji:
    """Give an emoji another picture."""
    before = _find(txn, input.emoji_key)
    if before.url != input.url:
        note(txn, events.EmojiChanged(input.emoji_key, replace(before, url=input.url)))
    return emoji_resource(input.emoji_key, input.url)


@command("emojis.delete", Right.BACKEND, Kind.WRITE, roles=NOBODY, example={"emoji_key": "rose"}, result=shapes.Empty)
def delete(txn: Transaction, actor: Actor, input: View) -> shapes.Empty:
    """Remove an emoji. Reactions with it stay."""
    _find(txn, input.emoji_key)
    note(txn, events.EmojiChanged(input.emoji_key))
    return {}


def _is_taken(txn: Transaction, key: str) -> bool:
    return key in DEFAULT_EMOJIS or txn.get(tables.EMOJIS, key) is not None


def _find(txn: Transaction, key: str) -> Emoji:
    check_key("emoji_key", key)
    found = txn.get(tables.EMOJIS, key)
    if found is None:
        raise NotFound("Emoji")
    return found
