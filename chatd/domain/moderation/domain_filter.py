"""Links in a text, and whether the hosts that they lead to are wanted.

Hosts are compared in the form that browsers ask for: lower case, without differences of width, in the ASCII form of
international names. A domain stands for itself and for all below it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from chatd.errors import InvalidValue
from chatd.model import DomainFilter
from chatd.model.filters import LISTED_HOSTS, UNLISTED_HOSTS

# What ends the part of a link that names the host. Browsers take a backslash for a slash.
_HOST: Final = r"[^\s/\\?#<>\"'`|]+"
_LINK: Final = re.compile(rf"(?:[a-z][a-z0-9+.-]{{0,30}}:[/\\]{{2,}}|(?<![\w@.-])(?=www\.))({_HOST})", re.IGNORECASE)
# What may be a name; with a dot it may stand for a host without being a link everywhere.
_NAME: Final = re.compile(r"[^\s/\\?#<>\"'`|@:,;!()\[\]{}*]+")
_CLOSING: Final = ".,;:!?)]}*_~"
# A name has at most 253 characters, so a longer one leads nowhere.
_MAX_LABELS: Final = 127
_DOMAIN: Final = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")


def unwanted_host(text: str, domains: DomainFilter) -> str:
    """The first host of a text that a filter does not let through; empty when there is none."""
    listed = _set_of(domains.domains)
    if domains.type == LISTED_HOSTS:
        return next((host for host in linked_hosts(text) if not _is_listed(host, listed)), "")
    if domains.type == UNLISTED_HOSTS:
        return next((host for host in _named_hosts(text) if _is_listed(host, listed)), "")
    return ""


def linked_hosts(text: str) -> Iterator[str]:
    """The hosts of what is a link for everybody: with `//` after a scheme, or beginning with `www.`."""
    for link in _LINK.finditer(_visible(text)):
        # What is before an @ is the name of a user, and after a colon is the port.
        host = unquote(link[1]).rpartition("@")[2]
        yield ascii_host(re.sub(r":\d*\Z", "", host.rstrip(_CLOSING)))


def stored_domain(nth: int, domain: str) -> str:
    """A domain of a list in the form in which it is compared. Raises InvalidValue."""
    host = ascii_host(_visible(domain.strip()).removeprefix("*.").strip("."))
    if not _DOMAIN.match(host) or len(host) > 253:
        raise InvalidValue(f'"domain_filter.domains[{nth}]" is not the name of a host: {domain[:100]}.')
    return host


def ascii_host(host: str) -> str:
    """A host as browsers ask for it."""
    return ".".join(_ascii_label(label) for label in host.casefold().split(".")).rstrip(".")


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode").decode()


def _named_hosts(text: str) -> Iterator[str]:
    """Everything in a text that may be meant as a host."""
    yield from linked_hosts(text)
    for name in _NAME.finditer(unquote(_visible(text))):
        if "." in name[0]:
            yield ascii_host(name[0].strip(_CLOSING))


def _is_listed(host: str, listed: frozenset[str]) -> bool:
    labels = host.split(".")[-_MAX_LABELS:]
    return any(".".join(labels[nth:]) in listed for nth in range(len(labels)))


@lru_cache(maxsize=32)
def _set_of(domains: tuple[str, ...]) -> frozenset[str]:
    return frozenset(domains)


def _visible(text: str) -> str:
    """A text without differences of width and without invisible characters; browsers take U+3002 for a dot."""
    plain = unicodedata.normalize("NFKC", text).replace("\u3002", ".")
    return "".join(each for each in plain if unicodedata.category(each) != "Cf") if not plain.isascii() else plain
