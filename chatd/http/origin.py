"""Where a page comes from, and where this server is."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from chatd.config import Server
from chatd.errors import Forbidden


def check_origin(request: Request, config: Server) -> None:
    """Raise Forbidden unless a request that a cookie may authenticate comes from our own pages, or from no page."""
    origin = request.headers.get("origin")
    if origin is None or origin == config.public_url:
        return
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise Forbidden("This origin may not do that.")


def base_url(request: Request, config: Server) -> str:
    """The address that people type, without a slash at its end."""
    return config.public_url or f"http://{request.headers.get('host', config.listen)}"
