"""Addresses of the web as strangers write them, taken apart and checked before anything is done with them."""

from __future__ import annotations

import re
from collections.abc import Set
from ipaddress import ip_address
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

from chatd.errors import OutgoingRefused

MAX_URL: Final = 2048
_PORTS: Final = {"http": 80, "https": 443}
# Names in the form of RFC 1123. One without a dot, or with a number at its end, is no name of the internet.
_NAME: Final = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\.?")
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]")


class Target(NamedTuple):
    """Whom to ask, and for what: `path` has the query too."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as the request names it, with its port when that is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what an operator trusts."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole, without fragment."""
        return f"{self.origin}{self.path}"


def target_of(url: str, trusted: Set[str] = frozenset()) -> Target:
    """What a URL asks for. Raises OutgoingRefused: only http and https on their own ports, and no passwords.

    Of `trusted`, origins that the operator has named, every host and port is right.
    """
    if len(url) > MAX_URL or _BLANK.search(url):
        raise OutgoingRefused("The address is too long, or has characters that no address has.")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise OutgoingRefused("The address cannot be read.") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise OutgoingRefused("Only http and https are asked.")
    if "@" in parts.netloc:
        raise OutgoingRefused("The address has a name or a password in it.")
    if "[" in parts.netloc and ":" not in host:
        raise OutgoingRefused("The address has no name of a host.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_query(parts.query)}" if parts.query else "")
    named = Target(scheme, host, port or _PORTS[scheme], path)
    if named.origin in trusted:
        return named
    if named.port != _PORTS[scheme]:
        raise OutgoingRefused("Only http and https are asked, on their own ports.")
    return named._replace(host=_host(host))


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL with http or https, without the port that is the scheme's own (RFC 6454, 6.2)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.removesuffix(f':{_PORTS[parts.scheme]}')}"


def _query(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~-._?")


def _host(host: str) -> str:
    """A name in ASCII, or an address in its one form; the others that resolvers understand (`127.1`) are refused."""
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise OutgoingRefused("The address has no name of a host.") from error
    if len(name) > 253 or not _NAME.fullmatch(name):
        raise OutgoingRefused("The address has no name of a host.")
    return name
