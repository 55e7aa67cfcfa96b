"""The modules of the SDK: what its entry imports, and what that imports."""

from __future__ import annotations

import re
from pathlib import Path

SDK = Path(__file__).parents[2] / "chatd" / "web" / "sdk"
ENTRY = "chatd.js"

_IMPORT = re.compile(r"""(?:\bfrom |\bimport |\bimport\()"\./([a-z_]+\.js)\"""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def modules(entry: str = ENTRY) -> list[str]:
    """Names of the files that a program has when it imports the SDK, also of those that are loaded later."""
    found: set[str] = set()
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        found.add(name)
        code = _COMMENT.sub("", (SDK / name).read_text("utf-8"))
        waiting += set(_IMPORT.findall(code)) - found
    return sorted(found)
