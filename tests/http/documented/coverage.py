"""Which documented operations are answered: the table in docs/platform-api.md.

`python -m tests.http.documented.coverage` writes it anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from chatd.http.platform.routes import ROUTES
from tests.http.documented import applications, bots, channels, messages, moderation, users
from tests.http.documented.operation import Operation

PAGE = Path(__file__).parents[3] / "docs" / "platform-api.md"
BEGIN, END = "<!-- coverage -->\n", "<!-- end of coverage -->\n"

# In the order in which they are called; a heading for the table.
CHAPTERS: tuple[tuple[str, tuple[Operation, ...]], ...] = (
    ("Users", users.USERS),
    ("Users: metadata", users.METADATA),
    ("Users: blocking", users.BLOCKING),
    ("Users: push", users.PUSH),
    ("Group channels", channels.GROUP),
    ("Open channels", channels.OPEN),
    ("Channels: metadata and counters", channels.SAID),
    ("Messages", messages.MESSAGES),
    ("Polls", messages.POLLS),
    ("Scheduled messages", messages.SCHEDULED_MESSAGES),
    ("Bots", bots.BOTS),
    ("Announcements", bots.ANNOUNCEMENTS),
    ("Moderation", channels.MODERATED),
    ("Moderation: reports", moderation.REPORTS),
    ("Moderation: settings", moderation.SETTINGS_OF),
    ("Application", applications.SETTINGS),
    ("Application: emojis", applications.EMOJIS),
    ("Application: push", applications.PUSH),
    ("Statistics", applications.STATISTICS),
    ("Exports", applications.EXPORTS),
    ("Privacy", applications.PRIVACY),
    ("Moderation: reports", moderation.FILTERED),
    ("Messages", messages.LAST),
    ("Users", users.LAST),
    ("Group channels", channels.LAST[:1]),
    ("Open channels", channels.LAST[1:]),
)

# Fields that answers do not have yet.
LACKING: dict[str, frozenset[str]] = {}


def answered() -> set[tuple[str, tuple[str, ...]]]:
    """Method and path of what is answered, whatever the parameters in it are called."""
    return {shape_of(f"{route.method} {route.path}") for route in ROUTES}


def shape_of(name: str) -> tuple[str, tuple[str, ...]]:
    """Method and path without the names of parameters."""
    method, path = name.split(" ")
    return method, tuple(re.sub(r"\{\w+\}", "{}", segment) for segment in path.split("/")[1:])


def table() -> str:
    """The tables, a path a line, from what there is to what is documented."""
    known, seen = answered(), set[str]()
    chapters: dict[str, dict[str, tuple[list[str], list[str]]]] = {}
    for chapter, operation in ((chapter, each) for chapter, operations in CHAPTERS for each in operations):
        if operation.name not in seen:
            seen.add(operation.name)
            lines = chapters.setdefault(chapter, {}).setdefault(operation.path, ([], []))
            lines[shape_of(operation.name) not in known].append(operation.method)
    return "".join(_chapter(chapter, lines) for chapter, lines in chapters.items()) + _lacking()


def _chapter(chapter: str, lines: dict[str, tuple[list[str], list[str]]]) -> str:
    rows = [f"| `{path}` | {', '.join(yes)} | {', '.join(no)} |\n" for path, (yes, no) in lines.items()]
    return f"\n### {chapter}\n\n| path | answered | not yet |\n|---|---|---|\n" + "".join(rows)


def _lacking() -> str:
    lines = [f"| `{name}` | {', '.join(f'`{each}`' for each in sorted(fields))} |" for name, fields in LACKING.items()]
    return "\n### Fields\n\n| answered | without |\n|---|---|\n" + "\n".join(lines) + "\n" if lines else ""


def write() -> None:
    """Put the table into the page."""
    page = PAGE.read_text("utf-8")
    before, rest = page.split(BEGIN)
    PAGE.write_text(before + BEGIN + table() + END + rest.split(END)[1], "utf-8")


def written() -> str:
    """The table that the page has."""
    return PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0]


if __name__ == "__main__":
    write()
