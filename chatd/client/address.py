"""Where a server is."""

from __future__ import annotations

from urllib.parse import urlsplit

ENDPOINT = "/connection/websocket"


def origin_of(url: str) -> str:
    """The server's own address, as `https://chat.example.com`. A ValueError when it is none."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https", "ws", "wss") or not parts.netloc:
        raise ValueError(f'url: "{url}" is not the address of a server, such as https://chat.example.com')
    return f"{'https' if parts.scheme in ('https', 'wss') else 'http'}://{parts.netloc}"


def endpoint_of(url: str) -> str:
    """Where its WebSocket is: at the path of the address, if it has one."""
    path = urlsplit(url).path
    return origin_of(url).replace("http", "ws", 1) + (path if len(path) > 1 else ENDPOINT)
