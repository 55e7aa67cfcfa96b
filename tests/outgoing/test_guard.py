"""Whom this server asks, and whom it does not, whatever strangers write."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.errors import OutgoingRefused
from chatd.outgoing.addresses import is_public
from chatd.outgoing.targets import target_of

NOT_PUBLIC = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16"),
    *("198.18.0.1", "192.0.2.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:93.184.216.34", "::127.0.0.1", "fe80::1"),
    *("fe80::1%eth0", "2606:2800::1%1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "64:ff9b::7f00:1"),
    *("64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "4000::1", "5f00::1"),
    *("", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "1.2.3", "1.2.3.4 "),
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "2a00::1"],
)
def test_what_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_nothing_is_public_that_the_standard_library_calls_private(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert not is_public(str(address))


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "//example.org/"),
        *("http://example.org:8080/", "https://example.org:80/", "http://example.org:443/", "http://example.org:x/"),
        *(
            "http://ann@example.org/",
            "http://ann:secret@example.org/",
            "http://:@example.org/",
            "http://a@b@example.org/",
        ),
        *("http:///path", "http://", "http://localhost/", "http://intranet/", "http://2130706433/", "http://127.1/"),
        *("http://0x7f000001/", "http://0177.0.0.1/", "http://1.2.3.4.5/", "http://example.0/", "http://exa mple.org/"),
        *("http://example.org/\r\nHost: evil", "http://example.org\\@127.0.0.1/", "http://[::1", "http://[v1.x]/"),
        *("http://-example.org/", "http://example..org/", "http://" + "a" * 64 + ".org/", "http://①②⑦.⓪.⓪.①/"),
        "http://example.org/" + "a" * 2048,
    ],
)
def test_what_is_no_address_of_the_web(url: str) -> None:
    with pytest.raises(OutgoingRefused):
        target_of(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/a?b=c#d", "https://example.org/a?b=c"),
        ("https://bücher.example/ä?q=ö", "https://xn--bcher-kva.example/%C3%A4?q=%C3%B6"),
        ("http://example.org/a%20b", "http://example.org/a%20b"),
        ("http://[2606:2800:220:1::1]/", "http://[2606:2800:220:1::1]/"),
        ("http://93.184.216.34:80/", "http://93.184.216.34/"),
    ],
)
def test_what_an_address_asks_for(url: str, expected: str) -> None:
    target = target_of(url)
    assert target.url == expected
    assert target_of(target.url) == target


@given(st.text() | st.from_regex(r"https?://[^/]*/?.*", fullmatch=True))
def test_whatever_is_written_is_taken_apart_or_refused(url: str) -> None:
    try:
        target = target_of(url)
    except OutgoingRefused:
        return
    assert target.port in (80, 443)
    assert target.url.isascii()
    assert not set(target.url) & set(" \r\n\t\0")
