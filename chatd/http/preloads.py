"""The modules that the script of a page imports, at any depth, named in the page, to be asked for at once.

Without that a browser learns of each level of imports from the one above, a round trip later.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_ENTRY: Final = re.compile(r'^ *<script type="module" src="(/web/[^"]+)"></script>\n', re.MULTILINE)
# What is imported when it is used, by `import()`, is not meant.
_IMPORT: Final = re.compile(r'^(?:import|export)\b(?:[^;"]*\bfrom)? ?"(\.[^"]+)";', re.MULTILINE)


def with_preloads(html: str, web: Path) -> str:
    """The page with a line for each module, nearest first; `web` is where `/web` is."""
    return _ENTRY.sub(lambda entry: _lines(web / entry[1].removeprefix("/web/"), web) + entry[0], html)


def _lines(entry: Path, web: Path) -> str:
    paths = (module.relative_to(web).as_posix() for module in _modules(entry))
    return "".join(f'    <link rel="modulepreload" href="/web/{path}">\n' for path in paths)


def _modules(entry: Path) -> Iterator[Path]:
    known, waiting = {entry}, [entry]
    for module in waiting:
        found = dict.fromkeys(_beside(module, name) for name in _IMPORT.findall(module.read_text("utf-8")))
        new = [each for each in found if each not in known]
        known.update(new)
        waiting += new
        yield from new


def _beside(module: Path, name: str) -> Path:
    return Path(os.path.normpath(module.parent / name))
