"""The PROXY protocol, versions 1 and 2 (haproxy.org, "The PROXY protocol"): a proxy says for whom it connects.

The header precedes everything else on a connection, TLS too.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address

# No header of either version is shorter.
FIRST_BYTES = 15
MAX_LINE = 107
SECOND_HEAD = 16

_SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
_MAX_BODY = 2048
_VERSIONS = {b"TCP4": 4, b"TCP6": 6}
_FAMILIES = {0x11: (socket.AF_INET, 4), 0x21: (socket.AF_INET6, 16)}


class ProxyError(Exception):
    """What came is not a PROXY header."""


def is_second(first: bytes) -> bool:
    """Whether a header that begins so is of version 2. Raises ProxyError when it is of neither."""
    if first.startswith(_SIGNATURE):
        return True
    if first.startswith(b"PROXY "):
        return False
    raise ProxyError("a PROXY header was expected")


def parse_line(line: bytes) -> str | None:
    """The client's address in a header of version 1, a whole line; None when the proxy does not know it.

    Raises ProxyError.
    """
    words = line.removesuffix(b"\r\n").split(b" ")
    if line.endswith(b"\r\n") and words[:2] == [b"PROXY", b"UNKNOWN"]:
        return None
    if len(words) != 6 or words[1] not in _VERSIONS or not line.endswith(b"\r\n"):
        raise ProxyError("the PROXY line is not understood")
    try:
        ip = ip_address(words[2].decode("ascii"))
    except ValueError:
        raise ProxyError("the PROXY line holds no address") from None
    if ip.version != _VERSIONS[words[1]]:
        raise ProxyError("the PROXY line holds an address of another kind")
    return str(ip)


def body_size(head: bytes) -> int:
    """How many bytes follow the first 16 of a header of version 2. Raises ProxyError."""
    size = int.from_bytes(head[14:16], "big")
    if head[12] >> 4 != 2 or size > _MAX_BODY:
        raise ProxyError("the PROXY header is not of version 2, or too long")
    return size


def parse_second(head: bytes, body: bytes) -> str | None:
    """The client's address in a header of version 2; None when the proxy speaks for itself, or of no TCP address.

    Raises ProxyError.
    """
    command, family = head[12] & 0xF, head[13]
    if command not in (0, 1):
        raise ProxyError("the PROXY command is unknown")
    if command == 0 or family not in _FAMILIES:
        return None
    kind, size = _FAMILIES[family]
    if len(body) < 2 * size + 4:
        raise ProxyError("the PROXY header is cut short")
    return socket.inet_ntop(kind, body[:size])
