"""What the changelog says of a version, for those who have it or come to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from chatd import VERSION

# Beside the package, in a checkout. An installed package has none.
FILE: Final = Path(__file__).resolve().parents[3] / "CHANGELOG.md"

_ITEM: Final = re.compile(r"^- ", re.MULTILINE)


def words_of(version: str, changelog: str) -> list[str]:
    """The items of a version in the text of a changelog, each in one line; none when it does not know the version."""
    for section in re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]:
        title, _, text = section.partition("\n")
        if title.split()[0] == version:
            return [" ".join(item.split()) for item in _ITEM.split(text)[1:]]
    return []


def changes() -> list[str]:
    """The items of this version; none where chatd has no changelog beside it."""
    return words_of(VERSION, FILE.read_text("utf-8")) if FILE.exists() else []
