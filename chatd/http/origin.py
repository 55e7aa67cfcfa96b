"""Where a request comes from, and where this server is."""

from __future__ import annotations

from ipaddress import ip_address
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


def address(request: Request) -> str:
    """The address of the caller; a proxy on this machine says for whom it asks (the end of X-Forwarded-For)."""
    peer = request.client.host if request.client else ""
    forwarded = request.headers.getlist("x-forwarded-for")
    if forwarded and ip_address(peer).is_loopback:
        return forwarded[-1].rpartition(",")[2].strip()[:80]
    return peer
