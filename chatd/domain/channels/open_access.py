"""Open channels: who may enter and change them. They have no members; anybody may be in them who is not banned."""

from __future__ import annotations

from typing import Final

from chatd.domain.moderation.sanctions import check_banned
from chatd.domain.moderation.type_sanctions import operates_type
from chatd.errors import Forbidden, NotFound, Unacceptable
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

# In the client protocol each open channel is a channel with a stream of its own: `open:` and its URL.
OPEN: Final = "open:"


def stream_of(channel_url: str) -> str:
    """What the stream of an open channel is called in the client protocol."""
    return OPEN + channel_url


def group(channel: Channel) -> Channel:
    """The channel, if it is a group channel. Raises Unacceptable."""
    if channel.is_open:
        raise Unacceptable("The channel is an open channel, which has no members.")
    return channel


def find_open(txn: Transaction, channel_url: str) -> Channel:
    """The open channel at a URL. Raises NotFound."""
    number = txn.get(tables.CHANNEL_URLS, channel_url)
    channel = txn.require(tables.CHANNELS, number) if number is not None else None
    if channel is None or not channel.is_open:
        raise NotFound("Channel")
    return channel


def enterable(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """An open channel that the caller may enter. Raises NotFound or Forbidden."""
    channel = find_open(txn, channel_url)
    check_entering(txn, actor, channel)
    return channel


def operated_open(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """An open channel of which the caller is an operator; any for a backend. Raises NotFound or Forbidden."""
    channel = enterable(txn, actor, channel_url)
    if actor.user is not None and not operates_open(txn, channel, actor.user):
        raise Forbidden("Only operators of the channel may do this.")
    return channel


def operates_open(txn: Transaction, channel: Channel, user: int) -> bool:
    """Whether a user is an operator of an open channel."""
    is_own = next(txn.scan(tables.OPERATORS, channel.number, user), None) is not None
    return is_own or operates_type(txn, channel.custom_type, user)


def check_entering(txn: Transaction, actor: Actor, channel: Channel) -> None:
    """Raise Banned when the caller may not be in an open channel, NotFound for a visitor."""
    if actor.is_visitor:
        raise NotFound("Channel")
    if actor.user is not None:
        check_banned(txn, channel, actor.user)
