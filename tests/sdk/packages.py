"""The pinned packages that tests in Node use."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

NODE = Path(__file__).parent / "node"


def install() -> None:
    """Have what the lock file says, unless it is there."""
    if not _are_there():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=NODE, check=True, timeout=120)


def _are_there() -> bool:
    pinned = json.loads((NODE / "package.json").read_text("utf-8"))
    return all(
        _version(name) == version for name, version in (pinned["dependencies"] | pinned["devDependencies"]).items()
    )


def _version(name: str) -> str | None:
    path = NODE / "node_modules" / name / "package.json"
    return json.loads(path.read_text("utf-8"))["version"] if path.exists() else None
