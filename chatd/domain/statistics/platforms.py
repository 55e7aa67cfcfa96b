"""Platforms: which library a client connects with, as it says itself. Of all that clients say only this is counted."""

from __future__ import annotations

from typing import Final

# Numbers are frozen: they are keys. What is not known is the last name.
PLATFORMS: Final = {1: "js", 2: "python", 3: "go", 4: "swift", 5: "java", 6: "dart", 7: "csharp", 0: "(other)"}

_NUMBERS: Final = {name: number for number, name in PLATFORMS.items()}
# What libraries call themselves before or instead of the name of their language.
_PREFIXES: Final = ("chatd-", "centrifuge-", "centrifugal-")
_ALIASES: Final = {
    "javascript": "js",
    "kotlin": "java",
    "android": "java",
    "ios": "swift",
    "flutter": "dart",
    "dotnet": "csharp",
    "c#": "csharp",
    "unity": "csharp",
}


def platform_of(software: str) -> int:
    """The number of the platform of a client that calls itself so: a name, and perhaps a version after a space."""
    name = software.partition(" ")[0].lower()
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return _NUMBERS.get(_ALIASES.get(name, name), 0)
