"""Which addresses of the internet this server may connect to when a stranger names them.

Only those that are public, by IANA's registries of special addresses (RFC 6890 and its successors). A server stands in
networks where its address opens doors: its own interfaces, those of its neighbours, the metadata of its cloud.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

_NOT_PUBLIC: Final = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # of Azure, inside its hosts
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo, benchmarks, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4, which holds an IPv4 address
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
# All that is public in IPv6 is in here: no loopback, no local network, no multicast, no mapped or translated IPv4.
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")


def is_public(address: str) -> bool:
    """Whether an address, as a resolver gives it, is one of the public internet. What cannot be read is not."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and (found.scope_id is not None or found not in _GLOBAL_UNICAST):
        return False
    return not any(found in network for network in _NOT_PUBLIC if network.version == found.version)
