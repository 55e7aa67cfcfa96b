"""What is in the npm package besides types."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from modules import SDK, modules

from chatd import VERSION

ROOT = Path(__file__).parents[2]
README = Path(__file__).parent / "README.md"
# In the package the transport is a dependency; the server serves a copy of it.
TRANSPORT = "transport.js"
_FROM_NPM = 'export { Centrifuge } from "centrifuge";\n'


def fill(package: Path) -> None:
    """Put the modules, and what says what they are, into a folder."""
    for name in modules():
        shutil.copyfile(SDK / name, package / name)
    (package / TRANSPORT).write_text(_FROM_NPM, "utf-8")
    shutil.copyfile(ROOT / "LICENSE", package / "LICENSE")
    shutil.copyfile(README, package / "README.md")
    (package / "package.json").write_text(json.dumps(_description(), indent=2) + "\n", "utf-8")


def _description() -> dict[str, object]:
    return {
        "name": "chatd",
        "version": VERSION,
        "description": "The SDK of chatd, a self-hosted chat platform: browsers, Node and React Native",
        "license": "Apache-2.0",
        "type": "module",
        "main": "./chatd.js",
        "types": "./chatd.d.ts",
        "exports": {".": {"types": "./chatd.d.ts", "default": "./chatd.js"}, "./package.json": "./package.json"},
        "sideEffects": False,
        "engines": {"node": ">=18"},
        "dependencies": {"centrifuge": _transport_version()},
    }


def _transport_version() -> str:
    """That of the copy that the server serves."""
    [folder] = (SDK.parent / "vendor").glob("centrifuge-*")
    return folder.name.removeprefix("centrifuge-")
