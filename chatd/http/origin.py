"""Where a request comes from, and where this server is."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from chatd.config import Server
from chatd.errors import Forbidden
from chatd.gateway.proxies import Proxies, customer


def check_origin(request: Request, config: Server) -> None:
    """Raise Forbidden unless a request that a cookie may authenticate comes from our own pages, or from no page."""
    origin = request.headers.get("origin")
    if origin is None or origin == config.public_url:
        return
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise Forbidden("This origin may not do that.")


def base_url(request: Request, config: Server) -> str:
    """The address that people type, without a slash at its end."""
    scheme = "https" if config.tls_certificate else "http"
    return config.public_url or f"{scheme}://{request.headers.get('host', config.listen)}"


def address(request: Request, proxies: Proxies) -> str:
    """What the address of the caller is counted as; a proxy says for whom it asks."""
    return customer(caller(request, proxies))


def caller(request: Request, proxies: Proxies) -> str:
    """The address of the caller; a proxy says for whom it asks."""
    peer = request.client.host if request.client else ""
    return proxies.client(peer, request.headers.getlist("x-forwarded-for"))
