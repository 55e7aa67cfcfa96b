"""Who asks: what attempts to sign in are counted by."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from chatd.gateway.proxies import Proxies
from chatd.http.origin import address

PROXIES = Proxies(["127.0.0.1", "unix"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["1.2.3.4"], "203.0.113.9"),
        ("127.0.0.1", ["1.2.3.4"], "1.2.3.4"),
        ("", ["1.2.3.4"], "1.2.3.4"),
        ("", [], ""),
        ("2001:db8:0:1::5", [], "2001:db8:0:1::/64"),
        ("127.0.0.1", ["2001:db8:0:1:ffff::1"], "2001:db8:0:1::/64"),
        ("::ffff:203.0.113.9", [], "203.0.113.9"),
        ("fe80::1%eth0", [], "fe80::/64"),
    ],
)
def test_the_address_of_a_caller(peer: str, forwarded: list[str], counted: str) -> None:
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    request = Request({"type": "http", "headers": headers, "client": (peer, 0)})
    assert address(request, PROXIES) == counted
