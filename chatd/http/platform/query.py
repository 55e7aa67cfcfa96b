"""Query strings as the Platform API writes them."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

from chatd.errors import InvalidUrl


def parse(query: bytes, lists: frozenset[str]) -> dict[str, Any]:
    """Parameters as text, those in `lists` as lists of text. Raises InvalidUrl for what is not UTF-8.

    A list is one value with commas between its items, or several values of one name; `name[]` is `name`. A comma
    inside an item is written %2C beside plain commas, and %252C where the commas themselves are encoded.
    """
    found: dict[str, Any] = {}
    if not query:
        return found
    for pair in query.decode("latin-1").split("&"):
        raw_name, _, raw = pair.partition("=")
        name = decode(raw_name).removesuffix("[]")
        if name in lists:
            found[name] = [*found.get(name, ()), *_items(raw)]
        elif name:
            found[name] = decode(raw)
    return found


def decode(text: str) -> str:
    """Text without its percent-encoding."""
    if "%" not in text and "+" not in text:
        return text
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError:
        raise InvalidUrl("The URL is not UTF-8.") from None


def _items(raw: str) -> list[str]:
    if "," in raw:
        return [decode(item) for item in raw.split(",")]
    whole = decode(raw)
    return [item.replace("%2C", ",").replace("%2c", ",") for item in whole.split(",")] if whole else []
