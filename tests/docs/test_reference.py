"""The reference of commands is what the command table says now."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from chatd.domain import COMMANDS
from chatd.domain.meanings import MEANINGS
from chatd.domain.schema import parameters

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SDK, CLIENT = "chatd/web/sdk", "chatd/client"
WRITTEN = {
    "commands.md": ["docs"],
    "commands.json": ["docs", SDK],
    "chatd.proto": ["docs", SDK],
    "schema.d.ts": [SDK],
    "errors.js": [SDK],
    "errors.py": [CLIENT],
    "schema.py": [CLIENT],
    "commands.py": [CLIENT],
    "operations.py": [CLIENT],
}
PAGE = (DOCS / "commands.md").read_text("utf-8")


def test_it_is_up_to_date(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "referencing"), str(tmp_path)]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for name, folder in ((name, folder) for name, folders in WRITTEN.items() for folder in folders):
        is_current = (tmp_path / name).read_text("utf-8") == (ROOT / folder / name).read_text("utf-8")
        assert is_current, f"{folder}/{name} is not what the command table says: run scripts/reference, and commit it"


def test_every_link_leads_to_one_heading() -> None:
    headings = [_anchor(heading) for heading in re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)]
    links = set(re.findall(r"\]\(#([^)]+)\)", PAGE))
    assert {link: headings.count(link) for link in links} == dict.fromkeys(links, 1)


def _anchor(heading: str) -> str:
    """As the sites do that show Markdown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_reference_is_defined() -> None:
    text = (DOCS / "commands.json").read_text("utf-8")
    assert set(re.findall(r'"\$ref": "#/\$defs/(\w+)"', text)) <= set(json.loads(text)["$defs"])


def test_no_meaning_is_left_over() -> None:
    assert set(MEANINGS) - {place for name in COMMANDS for place in _places(name)} == set()


def _places(name: str) -> set[str]:
    """Where the meaning of each parameter of a command may stand."""
    paths = set(_paths(parameters(COMMANDS[name]), ""))
    return {place + path for path in paths for place in (f"{name} ", f"{name.partition('.')[0]} ", "")}


def _paths(schema: dict[str, object], path: str) -> list[str]:
    found: list[str] = []
    properties = schema.get("properties", {})
    assert isinstance(properties, dict)
    for name, each in properties.items():
        found.append(path + name)
        for inner in (each, *each.get("anyOf", ())):
            found += _paths(inner.get("items", {}), f"{path}{name}[].")
    return found
