"""Slack's way to write, as plain text: https://docs.slack.dev/messaging/formatting-message-text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

from chatd.transfer.emoji import with_emoji

_MARK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_EVERYBODY = {"channel", "everyone", "here"}
_PARTS = ("pretext", "title", "text", "fallback")


class Written:
    """A text as people read it, with the ids of those whom it mentions. `name_of` gives what an id is called here."""

    def __init__(self, text: str, user_of: Callable[[str], str], channel_of: Callable[[str], str]) -> None:
        self.mentioned: list[str] = []
        self.mentions_all = False
        self._user_of = user_of
        self._channel_of = channel_of
        # What looks like a mark after this was written with entities, and is none.
        self.text = with_emoji(html.unescape(_MARK.sub(self._mark, text)))

    def _mark(self, match: re.Match[str]) -> str:
        sign, what, label = match[1], match[2], match[3] or ""
        if sign == "@":
            self.mentioned.append(what)
            return f"@{self._user_of(what) or label or what}"
        if sign == "#":
            return f"#{label or self._channel_of(what) or what}"
        if sign == "!":
            return self._special(what, label)
        address = what.removeprefix("mailto:").removeprefix("tel:")
        return f"{label} ({what})" if label and label != address and label != what else address

    def _special(self, what: str, label: str) -> str:
        if what in _EVERYBODY:
            self.mentions_all = True
            return f"@{what}"
        return label or f"@{what.partition('^')[2] or what}"


def shown(attachments: tuple[dict[str, Any], ...], blocks: tuple[dict[str, Any], ...]) -> str:
    """What a message without a text of its own shows: the texts of its attachments, or of its blocks."""
    texts = []
    for attachment in attachments:
        found = [attachment[part] for part in _PARTS if isinstance(attachment.get(part), str) and attachment[part]]
        # The fallback says the same again, for who cannot show the rest.
        texts.extend(found[:-1] if len(found) > 1 and attachment.get("fallback") else found)
    return "\n".join(texts or _block_texts(blocks))


def _block_texts(blocks: tuple[dict[str, Any], ...]) -> Iterator[str]:
    for block in blocks:
        for part in (block, *(each for each in _list(block, "elements") + _list(block, "fields"))):
            text = part.get("text")
            if isinstance(text, dict):
                text = text.get("text")
            if isinstance(text, str) and text:
                yield text


def _list(block: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = block.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
