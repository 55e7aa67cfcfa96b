"""What metadata and counters of channels have in common: items under keys, a few at a time."""

from __future__ import annotations

from typing import Annotated, TypeVar

from msgspec import Meta

from chatd.domain.command import Input
from chatd.domain.fields import ChannelUrl, ItemKey, OptionalItemKey
from chatd.errors import AlreadyExists, MissingParameter, NotFound, TooManyItems

V = TypeVar("V", str, int)

# Of each kind a channel has no more.
MAX_ITEMS = 50


class View(Input, frozen=True):
    """One item, those of several keys that there are, or all."""

    channel_url: ChannelUrl
    key: OptionalItemKey = ""
    keys: Annotated[tuple[ItemKey, ...], Meta(max_length=MAX_ITEMS)] | None = None


class Delete(Input, frozen=True):
    """The item to delete, or all."""

    channel_url: ChannelUrl
    key: OptionalItemKey = ""


def picked(items: dict[str, V], input: View, noun: str) -> dict[str, V]:
    """The items that are asked for. Raises NotFound."""
    if input.key:
        if input.key not in items:
            raise NotFound(noun)
        return {input.key: items[input.key]}
    return items if input.keys is None else {key: items[key] for key in input.keys if key in items}


def check_new(items: dict[str, V], new: dict[str, V], name: str) -> None:
    """Raise what forbids items to be created: nothing given, a key that is taken, too many."""
    if not new:
        raise MissingParameter(name)
    taken = items.keys() & new.keys()
    if taken:
        raise AlreadyExists(f'"{min(taken)}" exists already.')
    check_total(items | new)


def check_total(items: dict[str, V]) -> None:
    """Raise TooManyItems for more than a channel may have."""
    if len(items) > MAX_ITEMS:
        raise TooManyItems(f"A channel has no more than {MAX_ITEMS} of them.")


def doomed(items: dict[str, V], input: Delete) -> tuple[str, ...]:
    """The keys of the items to delete that there are."""
    if input.key:
        return (input.key,) if input.key in items else ()
    return tuple(items)
