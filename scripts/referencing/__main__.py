"""Writes the reference of commands: what it says comes from the command table and its routes alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from compact import compact
from operations_of import operations
from page import flat, page
from parameters_of import commands
from protobuf import protobuf
from python_of import error_classes
from resources_of import resources
from types_of import error_names, types

from chatd.domain import COMMANDS
from chatd.domain.schema import schema
from chatd.http.openapi.document import document

ROOT = Path(__file__).parents[2]
SDK, CLIENT = "chatd/web/sdk", "chatd/client"
# Where each belongs; what is in the SDK every server gives to whoever asks.
FILES = {
    "commands.json": ["docs", SDK],
    "commands.md": ["docs"],
    "chatd.proto": ["docs", SDK],
    "schema.d.ts": [SDK],
    "errors.js": [SDK],
    "errors.py": [CLIENT],
    "schema.py": [CLIENT],
    "commands.py": [CLIENT],
    "operations.py": [CLIENT],
}


def main() -> None:
    """Write the files, where they belong or to a directory that is named; what nobody has said yet ends it."""
    described = schema(dict(COMMANDS))
    if unsaid := [path for name, each in described["commands"].items() for path in _unsaid(name, each["parameters"])]:
        sys.exit("\n  ".join(["Say in chatd/domain/meanings.py what these parameters mean:", *unsaid]))
    texts = {
        "commands.json": compact(described) + "\n",
        "commands.md": page(described),
        "chatd.proto": protobuf(described),
        "schema.d.ts": types(described),
        "errors.js": error_names(described),
        "errors.py": error_classes(described),
        "schema.py": resources(described),
        "commands.py": commands(described),
        "operations.py": operations(document(), described),
    }
    for name, text in texts.items():
        directories = [Path(sys.argv[1])] if len(sys.argv) > 1 else [ROOT / path for path in FILES[name]]
        for directory in directories:
            (directory / name).write_text(text, "utf-8")


def _unsaid(command: str, parameters: dict[str, Any]) -> Iterator[str]:
    for path, parameter in flat(parameters):
        if not parameter["description"]:
            yield f"{command} {path}"


if __name__ == "__main__":
    main()
