"""The sorted meta array of a message: keys in an order of their own, each with a list of values."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from chatd.errors import InvalidValue, TooManyItems
from chatd.model import Message

MAX_KEYS: Final = 10

MetaKey = Annotated[str, Meta(min_length=1, max_length=128)]
MetaValues = Annotated[tuple[Annotated[str, Meta(max_length=190)], ...], Meta(max_length=10)]
Stored = tuple[tuple[str, tuple[str, ...]], ...]


class MetaItem(msgspec.Struct, frozen=True, gc=False):
    """A key with its values."""

    key: MetaKey
    value: MetaValues = ()


SortedMetaArray = Annotated[tuple[MetaItem, ...], Meta(max_length=MAX_KEYS)]


def stored_meta(items: tuple[MetaItem, ...]) -> Stored:
    """Meta as a message holds it. Raises InvalidValue for a key that comes twice."""
    if not items:
        return ()
    meta = tuple((item.key, item.value) for item in items)
    if len(dict(meta)) < len(meta):
        raise InvalidValue('"sorted_metaarray" has a key twice.')
    return meta


def checked(meta: dict[str, tuple[str, ...]]) -> Stored:
    """Meta as a message holds it. Raises TooManyItems."""
    if len(meta) > MAX_KEYS:
        raise TooManyItems(f"A message has at most {MAX_KEYS} keys in its sorted meta array.")
    return tuple(meta.items())


def meta_resource(message: Message) -> list[dict[str, Any]]:
    """The sorted meta array as it looks from outside."""
    return [{"key": key, "value": list(values)} for key, values in message.meta]
