"""The channels that people of the web chat have put first."""

from __future__ import annotations

from chatd.errors import TooLong
from chatd.model import Starred
from chatd.store import tables
from chatd.store.transaction import Transaction

MOST = 200


def of(txn: Transaction, login: str) -> tuple[str, ...]:
    """The URLs of an account's starred channels; some may be of channels that are gone."""
    found = txn.get(tables.STARRED, login)
    return () if found is None else found.channel_urls


def change(txn: Transaction, login: str, channel_url: str, is_starred: bool) -> tuple[str, ...]:
    """Star a channel, or do so no more: those that are starred then. Raises TooLong."""
    others = tuple(url for url in of(txn, login) if url != channel_url)
    if is_starred and len(others) >= MOST:
        raise TooLong(f"At most {MOST} channels can be starred.")
    urls = (*others, channel_url) if is_starred else others
    txn.put(tables.STARRED, login, value=Starred(urls))
    return urls
