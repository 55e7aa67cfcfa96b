"""What the changelog says of a version, for those who have it or come to it."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

from chatd import VERSION

_ITEM: Final = re.compile(r"^- ", re.MULTILINE)


def words_of(version: str, changelog: str) -> list[str]:
    """The items of a version in the text of a changelog, each in one line; none when it does not know the version."""
    for section in re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]:
        title, _, text = section.partition("\n")
        if title.split()[0] == version:
            return [" ".join(item.split()) for item in _ITEM.split(text)[1:]]
    return []


def changes() -> list[str]:
    """The items of this version."""
    return words_of(VERSION, (files("chatd") / "CHANGELOG.md").read_text("utf-8"))
