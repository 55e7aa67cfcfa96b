"""What is in an export of an application: a slice of rows at a time, and the place where the next one begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Final, TypeVar

from chatd.domain.channels.receipts import receipts_of
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.details import Wanted, detailed
from chatd.domain.resources.channels import channel_resource
from chatd.domain.resources.open_channels import open_channel_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import user_resource
from chatd.model import Channel, Export, ExportWanted, Message, User
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

# What a slice looks at: a thread reads it in some milliseconds.
AT_ONCE: Final = 1000
ALL: Final = Wanted(include_reactions=True, with_sorted_meta_array=True, include_poll_details=True)

V = TypeVar("V")
Place = tuple[int, ...]
Slice = tuple[list[Resource], Place | None]


def messages(txn: Transaction, export: Export, place: Place) -> Slice:
    """Messages, channel by channel and in each the oldest first, but for those that were deleted."""
    found: list[Resource] = []
    left = AT_ONCE
    senders = _Senders(txn, export.wanted)
    for channel in _channels(txn, export, place[0] if place else 0):
        if left <= 0:
            return found, (channel.number,)
        left -= 1
        if not _is_wanted(channel, export.wanted):
            continue
        is_continued = place[:1] == (channel.number,) and len(place) > 1
        start = place[1:] if is_continued else (export.wanted.start, 0)
        for (_, time, message_id), _ in txn.scan(tables.TIMELINE, channel.number, start=start):
            if time > export.wanted.end:
                break
            if left < 0:
                return found, (channel.number, time, message_id)
            left -= 1
            message = current_message(txn, message_id)
            if message is not None and not message.is_removed and message_id <= export.last and message in senders:
                found.append(detailed(txn, message, channel, ALL))
    return found, None


def channels(txn: Transaction, export: Export, place: Place) -> Slice:
    """Channels of both kinds, in the order in which they were made."""
    found: list[Resource] = []
    wanted = export.wanted
    for left, channel in zip(range(AT_ONCE, -1, -1), _channels(txn, export, place[0] if place else 0), strict=False):
        if not left:
            return found, (channel.number,)
        if _is_wanted(channel, wanted) and wanted.start <= channel.created_at <= wanted.end:
            found.append(_channel(txn, channel, wanted))
    return found, None


def users(txn: Transaction, export: Export, place: Place) -> Slice:
    """Users, in the order in which they came, but for those that were deleted."""
    found: list[Resource] = []
    wanted = export.wanted
    for left, user in zip(range(AT_ONCE, -1, -1), _users(txn, export, place[0] if place else 0), strict=False):
        if not left:
            return found, (user.number,)
        is_there = txn.get(tables.USER_IDS, user.user_id) == user.number
        if is_there and wanted.start <= user.created_at <= wanted.end:
            found.append(user_resource(user))
    return found, None


def channel_row(txn: Transaction, channel: Channel) -> Resource:
    """A channel of either kind."""
    if channel.is_open:
        return open_channel_resource(txn, channel)
    return channel_resource(txn, channel, txn.require(tables.CHANNEL_STATES, channel.number))


class _Senders:
    """Whose messages are wanted."""

    def __init__(self, txn: Transaction, wanted: ExportWanted) -> None:
        def numbers(ids: tuple[str, ...]) -> set[int | None]:
            return {txn.get(tables.USER_IDS, each) for each in ids}

        self._only = None if wanted.sender_ids is None else numbers(wanted.sender_ids)
        self._excluded = numbers(wanted.exclude_sender_ids)

    def __contains__(self, message: Message) -> bool:
        return (self._only is None or message.sender in self._only) and message.sender not in self._excluded


def _is_wanted(channel: Channel, wanted: ExportWanted) -> bool:
    return (
        channel.channel_url not in wanted.exclude_channel_urls
        and (wanted.custom_types is None or channel.custom_type in wanted.custom_types)
        and channel.custom_type not in wanted.exclude_custom_types
    )


def _channels(txn: Transaction, export: Export, first: int) -> Iterator[Channel]:
    """The channels that there were, from a number on; only those that are named, when some are."""
    urls = export.wanted.channel_urls
    numbers = None if urls is None else (txn.get(tables.CHANNEL_URLS, url) for url in urls)
    return _numbered(txn, tables.CHANNELS, numbers, first, export.last)


def _users(txn: Transaction, export: Export, first: int) -> Iterator[User]:
    """The same of users."""
    ids = export.wanted.user_ids
    numbers = None if ids is None else (txn.get(tables.USER_IDS, user_id) for user_id in ids)
    return _numbered(txn, tables.USERS, numbers, first, export.last)


def _numbered(
    txn: Transaction, table: Table[V], numbers: Iterable[int | None] | None, first: int, last: int
) -> Iterator[V]:
    if numbers is None:
        yield from (record for _, record in takewhile(lambda item: item[0][0] <= last, txn.scan(table, start=(first,))))
        return
    for number in sorted({each for each in numbers if each is not None and first <= each <= last}):
        yield txn.require(table, number)


def _channel(txn: Transaction, channel: Channel, wanted: ExportWanted) -> Resource:
    resource = channel_row(txn, channel)
    if wanted.has_metadata:
        resource["metadata"] = txn.get(tables.CHANNEL_METADATA, channel.number) or {}
    return resource | receipts_of(
        txn, channel.number, read=wanted.has_receipts and not channel.is_open, delivered=False
    )
