"""The web chat and the reference of the Platform API: a page each, and static files."""

from __future__ import annotations

import gzip
import mimetypes
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import trio
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from chatd.http.answers import PAGE_POLICY
from chatd.http.preloads import with_preloads

WEB = Path(str(files("chatd") / "web"))

# What a host's own table of types may lack or have otherwise; browsers run no script of another type.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("text/plain", ".proto")

# Browsers ask each time whether a file is still the same: after an upgrade nobody runs old parts with new ones.
_CACHE = "no-cache"
# What becomes smaller when it is packed; pictures and fonts are packed already.
_TEXTS: Final = frozenset({".css", ".html", ".js", ".json", ".mjs", ".proto", ".svg"})
# What browsers do not need of modules of our own, an eighth of what the first load weighs: lines that are only comment,
# types within lines, and what lines begin with. No text of theirs goes over lines.
_COMMENTS: Final = re.compile(
    rb"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)\n|/\*\* @type [^\n*]*\*/ ", re.MULTILINE
)
_INDENTATION: Final = re.compile(rb"\n\s+")
_OWN_SCRIPTS: Final = (WEB / "app", WEB / "sdk")
_NO_FRAMES: Final = "frame-ancestors 'none'"
# Headers that are about the bytes of the file itself.
_OF_THE_WHOLE: Final = frozenset({"content-length", "accept-ranges"})


async def page(scope: Scope, name: str = "index.html") -> Response:
    """A page, by default the one that is the web chat, whatever its path says; packed for clients that take it."""
    headers = {"content-security-policy": PAGE_POLICY, "cache-control": _CACHE, "vary": "accept-encoding"}
    plain, packed = await trio.to_thread.run_sync(_html, name, (WEB / name).stat().st_mtime_ns)
    if not _takes_gzip(scope):
        return Response(plain, headers=headers, media_type="text/html")
    return Response(packed, headers=headers | {"content-encoding": "gzip"}, media_type="text/html")


async def widget(scope: Scope, origins: Sequence[str]) -> Response:
    """The page of the widget, which pages of these origins may put into a frame."""
    answer = await page(scope, "widget.html")
    ancestors = " ".join(origins) or "'none'"
    answer.headers["content-security-policy"] = PAGE_POLICY.replace(_NO_FRAMES, f"frame-ancestors {ancestors}")
    return answer


def widget_script() -> FileResponse:
    """What pages of other sites load to have the widget."""
    headers = {"cache-control": _CACHE, "cross-origin-resource-policy": "cross-origin"}
    return FileResponse(WEB / "widget.js", headers=headers)


class WebFiles(StaticFiles):
    """Files of the web chat, texts packed for clients that take it (RFC 9110, section 12.5.3)."""

    def __init__(self, directory: Path = WEB) -> None:
        super().__init__(directory=directory)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with the policy of pages."""
        response = await super().get_response(path, scope)
        response.headers["content-security-policy"] = PAGE_POLICY
        response.headers["cache-control"] = _CACHE
        if not isinstance(response, FileResponse) or Path(response.path).suffix not in _TEXTS:
            return response
        response.headers["vary"] = "accept-encoding"
        if not _takes_gzip(scope):
            return response
        body = await trio.to_thread.run_sync(packed, str(response.path), response.headers["etag"])
        kept = {name: value for name, value in response.headers.items() if name not in _OF_THE_WHOLE}
        # It means the same file: the next request may name it whatever packing it asks for.
        return Response(body, headers=kept | {"content-encoding": "gzip", "etag": f"W/{response.headers['etag']}"})


class SharedScripts(WebFiles):
    """The SDK and the schema, which pages of other origins load: the same for everybody, so everybody may read them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, for all origins."""
        response = await super().get_response(path, scope)
        response.headers["access-control-allow-origin"] = "*"
        response.headers["cross-origin-resource-policy"] = "cross-origin"
        return response


def sdk_routes() -> list[BaseRoute]:
    """Where the SDK is: its modules, the schema of which other clients are made, and the transport."""
    transports = sorted((WEB / "vendor").glob("centrifuge-*"))
    folders = {"/sdk": WEB / "sdk"} | {f"/vendor/{folder.name}": folder for folder in transports}
    return [Mount(path, SharedScripts(folder)) for path, folder in folders.items()]


def _takes_gzip(scope: Scope) -> bool:
    accepted = Headers(scope=scope).get("accept-encoding", "").lower()
    choices = [[part.strip() for part in choice.split(";")] for choice in accepted.split(",")]
    return any(name == "gzip" and "q=0" not in rest for name, *rest in choices)


@lru_cache(maxsize=256)
def packed(path: str, etag: str) -> bytes:
    """A file, packed once as long as it is the same. Scripts of our own go without comments and indentation."""
    content = Path(path).read_bytes()
    if Path(path).parent in _OWN_SCRIPTS and Path(path).suffix == ".js":
        content = _INDENTATION.sub(b"\n", _COMMENTS.sub(b"", content))
    return _pack(content)


@lru_cache(maxsize=8)
def _html(name: str, changed: int) -> tuple[bytes, bytes]:
    """A page with the names of its modules, as long as it is the same; and packed."""
    plain = with_preloads((WEB / name).read_text("utf-8"), WEB).encode()
    return plain, _pack(plain)


def _pack(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
