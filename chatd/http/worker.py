"""The service worker of the web chat: its script, with the files of the page that it keeps."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

import orjson
import trio
from starlette.responses import Response

from chatd.http.pages import WEB

# What every visit needs; the rest is kept when it is used.
_FOLDERS: Final = ("app", "sdk", "css")
_KINDS: Final = frozenset({".css", ".js"})
_FILES: Final = ("icon.svg", "icons/icon-192.png", "manifest.webmanifest")
_VENDORED: Final = ("centrifuge-*/*.js", "marked-*/*.js", "inter-*/inter-latin-wght-normal.woff2")
# It may fetch what the page may; a browser takes a policy of its own with the script.
_HEADERS: Final = {
    "cache-control": "no-cache",
    "content-security-policy": "default-src 'none'; connect-src 'self'",
}


async def worker() -> Response:
    """The script: another one whenever a file of the page is another one."""
    script = await trio.to_thread.run_sync(_script)
    return Response(script, media_type="text/javascript", headers=_HEADERS)


def shell() -> list[str]:
    """The paths that the worker keeps from the beginning."""
    folders = [path for folder in _FOLDERS for path in (WEB / folder).iterdir() if path.suffix in _KINDS]
    vendored = [path for pattern in _VENDORED for path in (WEB / "vendor").glob(pattern)]
    paths = sorted([*folders, *vendored, *(WEB / name for name in _FILES)])
    return ["/", *(f"/web/{path.relative_to(WEB).as_posix()}" for path in paths)]


def _script() -> bytes:
    known = tuple((str(path), path.stat().st_mtime_ns) for path in sorted(WEB.rglob("*")) if path.is_file())
    lines = f"const VERSION = {_version(known)!r};\nconst SHELL = {orjson.dumps(shell()).decode()};\n"
    return lines.encode() + (WEB / "worker.js").read_bytes()


@lru_cache(maxsize=1)
def _version(known: tuple[tuple[str, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, _ in known:
        digest.update(path.removeprefix(str(WEB)).encode() + b"\0" + Path(path).read_bytes())
    return digest.hexdigest()[:16]
