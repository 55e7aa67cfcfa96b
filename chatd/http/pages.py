"""The web chat and the reference of the Platform API: a page each, and static files."""

from __future__ import annotations

import mimetypes
from importlib.resources import files
from pathlib import Path

from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

from chatd.http.answers import PAGE_POLICY

WEB = Path(str(files("chatd") / "web"))

# What a host's own table of types may lack or have otherwise; browsers run no script of another type.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")

# Browsers ask each time whether a file is still the same: after an upgrade nobody runs old parts with new ones.
_CACHE = "no-cache"


def page(name: str = "index.html") -> FileResponse:
    """A page, by default the one that is the web chat, whatever its path says."""
    headers = {"content-security-policy": PAGE_POLICY, "cache-control": _CACHE}
    return FileResponse(WEB / name, headers=headers)


class WebFiles(StaticFiles):
    """Files of the web chat."""

    def __init__(self) -> None:
        super().__init__(directory=WEB)

    def file_response(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        """The file, with the policy of pages."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["content-security-policy"] = PAGE_POLICY
        response.headers["cache-control"] = _CACHE
        return response
