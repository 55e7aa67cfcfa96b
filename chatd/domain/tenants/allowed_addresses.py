"""From which addresses backends may call: networks in CIDR notation; with none, from everywhere."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Annotated, Final

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.roles import NOBODY
from chatd.errors import InvalidValue, TooManyItems
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_NETWORKS: Final = 200

Addresses = Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=64)], ...], Meta(max_length=MAX_NETWORKS)]


class View(Input, frozen=True):
    """Nothing to say."""


class Add(Input, frozen=True):
    """Addresses and networks from which backends may call too."""

    ip_whitelist_addresses: Addresses


class Remove(Input, frozen=True):
    """Addresses and networks to take from the list; absent for all of it."""

    ip_whitelist_addresses: Addresses | None = None


@command("ip_whitelist.view", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.AllowedAddresses)
def view(txn: Transaction, actor: Actor, input: View) -> shapes.AllowedAddresses:
    """From where backends may call; empty for everywhere."""
    return {"ip_whitelist_addresses": list(_listed(txn))}


@command(
    "ip_whitelist.add",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"ip_whitelist_addresses": ["127.0.0.0/8", "2001:db8::/32"]},
    result=shapes.AllowedAddresses,
)
def add(txn: Transaction, actor: Actor, input: Add) -> shapes.AllowedAddresses:
    """Let backends call from these addresses, and from no others that are not listed. In force at once."""
    found = tuple(dict.fromkeys((*_listed(txn), *map(_network, input.ip_whitelist_addresses))))
    if len(found) > MAX_NETWORKS:
        raise TooManyItems(f"At most {MAX_NETWORKS} addresses and networks are listed.")
    return _set(txn, found)


@command(
    "ip_whitelist.remove",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"ip_whitelist_addresses": ["127.0.0.0/8"]},
    result=shapes.AllowedAddresses,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> shapes.AllowedAddresses:
    """Take addresses from the list. When it is empty backends may call from everywhere."""
    if input.ip_whitelist_addresses is None:
        return _set(txn, ())
    gone = set(map(_network, input.ip_whitelist_addresses))
    return _set(txn, tuple(each for each in _listed(txn) if each not in gone))


def is_allowed(txn: Transaction, address: str) -> bool:
    """Whether a backend may call from an address; one that is none, such as that of a Unix socket, is on no list."""
    listed = _listed(txn)
    if not listed:
        return True
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in _networks(listed))


def _listed(txn: Transaction) -> tuple[str, ...]:
    return txn.get(tables.ALLOWED_ADDRESSES) or ()


def _set(txn: Transaction, networks: tuple[str, ...]) -> shapes.AllowedAddresses:
    if networks:
        txn.put(tables.ALLOWED_ADDRESSES, value=networks)
    else:
        txn.delete(tables.ALLOWED_ADDRESSES)
    return {"ip_whitelist_addresses": list(networks)}


def _network(text: str) -> str:
    """One way to write an address or a network. Raises InvalidValue."""
    try:
        return str(ip_network(text.strip(), strict=False))
    except ValueError:
        message = '"ip_whitelist_addresses" must be addresses or networks, such as "203.0.113.0/24" or "2001:db8::1".'
        raise InvalidValue(message) from None


@lru_cache(256)
def _networks(listed: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(each) for each in listed)
