"""The texts of the web chat, as its modules have them, and the catalogues."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

WEB: Final = Path(__file__).parents[2] / "chatd" / "web"

# The plural categories of each language (Unicode CLDR 48, as browsers have them in Intl.PluralRules).
PLURALS: Final = {
    "es": ("one", "many", "other"),
    "de": ("one", "other"),
    "ko": ("other",),
    "ja": ("other",),
    "ar": ("zero", "one", "two", "few", "many", "other"),
}

# What the server and the SDK say to people, the usual things: what else they say stays in English.
TOLD: Final = frozenset(
    {
        "Given up.",
        "Nobody answers visitors here.",
        "Only its sender may edit a message.",
        "Only members may do this; join the channel first.",
        "Only operators of the channel may do this.",
        "Sign in first.",
        "The access code is wrong.",
        "The call failed.",
        "The channel is frozen: only its operators write in it.",
        "The channel is not public: members are invited.",
        "The file was not taken.",
        "The login or the password is wrong.",
        "The server cannot be reached.",
        "The server gave no usable answer.",
        "Too many attempts; wait a moment.",
        "Too many calls; wait a moment.",
        "Too many people sign in at the same time; try again in a moment.",
    }
)

_LITERAL: Final = r'"(?:[^"\\]|\\.)*"'
_PLAIN: Final = re.compile(rf"(?<![\w.])t\(\s*({_LITERAL})\s*[,)]")
_COUNTED: Final = re.compile(rf"(?<![\w.])counted\([^\"`]*?({_LITERAL}),\s*({_LITERAL})\s*[,)]")
_ANY: Final = re.compile(r"(?<![\w.])(?<!function )(?:t|counted)\(")
_PLACE: Final = re.compile(r"\{(\w+)\}")

Text = str | dict[str, str]


def said() -> tuple[set[str], set[str]]:
    """The texts that are said as they are, and those that depend on a number, by the form for many."""
    plain = set(TOLD)
    numbered: set[str] = set()
    for path in modules():
        source = path.read_text("utf-8")
        plain |= {json.loads(text) for text in _PLAIN.findall(source)}
        numbered |= {json.loads(many) for _, many in _COUNTED.findall(source)}
    return plain, numbered


def unreadable() -> list[str]:
    """Where a text is not a literal that can be found: `module: count`."""
    found = []
    for path in modules():
        source = path.read_text("utf-8")
        read = len(_PLAIN.findall(source)) + len(_COUNTED.findall(source))
        if read != len(_ANY.findall(source)):
            found.append(f"{path.name}: {len(_ANY.findall(source)) - read}")
    return found


def modules() -> list[Path]:
    """The modules that say something to people."""
    return sorted(path for path in (WEB / "app").rglob("*.js") if path.name != "language.js")


def catalogue(language: str) -> dict[str, Text]:
    """The texts of a language by the English ones."""
    found: dict[str, Text] = json.loads((WEB / "languages" / f"{language}.json").read_text("utf-8"))
    return found


def places(text: str) -> set[str]:
    """The names in braces."""
    return set(_PLACE.findall(text))


def lacking(language: str) -> list[str]:
    """What is said and not in the catalogue of a language."""
    plain, numbered = said()
    return sorted((plain | numbered) - catalogue(language).keys())


def idle(language: str) -> list[str]:
    """What is in the catalogue of a language and never said."""
    plain, numbered = said()
    return sorted(catalogue(language).keys() - plain - numbered)
