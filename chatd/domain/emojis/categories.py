"""Categories of emojis."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.emojis.known import categories, category_resource, hash_of
from chatd.domain.fields import Url
from chatd.domain.roles import NOBODY
from chatd.domain.stream import note
from chatd.errors import LimitExceeded, NotFound
from chatd.model import Actor, EmojiCategory
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_CATEGORIES: Final = 100

Name = Annotated[str, Meta(min_length=1, max_length=128)]
CategoryId = Annotated[int, Meta(ge=0, le=2**53)]


class New(Input, frozen=True):
    """A category to be."""

    name: Name
    url: Url = ""


class List(Input, frozen=True):
    """Nothing to say."""


class Create(Input, frozen=True):
    """Categories to make."""

    emoji_categories: Annotated[tuple[New, ...], Meta(min_length=1, max_length=MAX_CATEGORIES)]


class View(Input, frozen=True):
    """A category."""

    category_id: CategoryId


class Update(Input, frozen=True):
    """What is to change about a category; what is absent stays."""

    category_id: CategoryId
    name: Name | None = None
    url: Url | None = None


@command("emoji_categories.list", Right.BOTH, Kind.READ, example={}, result=shapes.EmojiCategories)
def list_categories(txn: Transaction, actor: Actor, input: List) -> shapes.EmojiCategories:
    """All emojis by category, and a hash that changes when they do."""
    found = categories(txn)
    return {"emoji_hash": hash_of(found), "emoji_categories": found}


@command(
    "emoji_categories.create",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"emoji_categories": [{"name": "Garden", "url": "https://example.org/garden.png"}]},
    is_idempotent=False,
    result=shapes.NewEmojiCategories,
)
def create(txn: Transaction, actor: Actor, input: Create) -> shapes.NewEmojiCategories:
    """Make categories without emojis yet."""
    count = sum(1 for _ in txn.scan(tables.EMOJI_CATEGORIES))
    if count + len(input.emoji_categories) > MAX_CATEGORIES:
        raise LimitExceeded(f"There are at most {MAX_CATEGORIES} categories.")
    found = []
    for new in input.emoji_categories:
        number = (txn.get(tables.EMOJI_CATEGORIES_MADE) or 0) + 1
        note(txn, events.EmojiCategoryChanged(number, EmojiCategory(new.name, new.url)))
        found.append(category_resource(number, new.name, new.url))
    return {"emoji_categories": found}


@command(
    "emoji_categories.view", Right.BOTH, Kind.READ, example={"category_id": "$category"}, result=shapes.EmojiCategory
)
def view(txn: Transaction, actor: Actor, input: View) -> shapes.EmojiCategory:
    """One category, with its emojis."""
    return _shown(txn, input.category_id)


@command(
    "emoji_categories.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"category_id": "$category", "name": "Flowers"},
    result=shapes.EmojiCategory,
)
def update(txn: Transaction, actor: Actor, input: Update) -> shapes.EmojiCategory:
    """Change the name or the picture of a category."""
    before = find_category(txn, input.category_id)
    name = before.name if input.name is None else input.name
    after = EmojiCategory(name, before.url if input.url is None else input.url)
    if after != before:
        note(txn, events.EmojiCategoryChanged(input.category_id, after))
    return _shown(txn, input.category_id)


@command(
    "emoji_categories.delete",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"category_id": "$category"},
    result=shapes.Empty,
)
def delete(txn: Transaction, actor: Actor, input: View) -> shapes.Empty:
    """Remove a category with its emojis. Reactions with them stay."""
    find_category(txn, input.category_id)
    note(txn, events.EmojiCategoryChanged(input.category_id))
    return {}


def _shown(txn: Transaction, number: int) -> shapes.EmojiCategory:
    for each in categories(txn):
        if each["id"] == number:
            return each
    raise NotFound("Category")


def find_category(txn: Transaction, number: int) -> EmojiCategory:
    """A category that the application has made. Raises NotFound."""
    found = txn.get(tables.EMOJI_CATEGORIES, number)
    if found is None:
        raise NotFound("Category")
    return found
