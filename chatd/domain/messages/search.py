"""Messages by what is written in them.

The index may be a moment behind, so whatever it finds is looked at again as it is now. What is shown is what the
caller may read and what still matches.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Annotated, Literal

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.channels.access import visible_channel
from chatd.domain.channels.memberships import channels_of
from chatd.domain.channels.settings import seen_after
from chatd.domain.command import Kind, Right, command
from chatd.domain.fields import ChannelUrl, CustomType, Milliseconds, OptionalUserId, PageLimit, PageToken, UserId
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.details import Wanted, detailed
from chatd.domain.paging import Page, key_of, token_of
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.upkeep.indexing import written
from chatd.domain.users.people import acting_user
from chatd.errors import IncompatibleValues, InvalidValue, SearchFailed
from chatd.model import Actor, Message
from chatd.store import tables
from chatd.store.search_index import Hits
from chatd.store.search_query import exactly, marks, matches, parse
from chatd.store.search_terms import LAST_PLACE, Sought, first_place
from chatd.store.search_text import places, words
from chatd.store.transaction import Transaction

# When this many hits in a row are no longer what they were, the index has to catch up first.
MAX_STALE = 10_000
# Pages by relevance end here: each costs as much as all before it.
MAX_DEPTH = 10_000

# What a page token names: the newest message that counts, and the rank or the place in time of the first one shown.
Key = tuple[int, int]


class Search(Wanted, frozen=True, kw_only=True):
    """What to look for, and where. A client sees what it may read; so does a backend that names `user_id`."""

    query: Annotated[str, Meta(min_length=1, max_length=500)]
    exact_match: bool = False
    user_id: OptionalUserId = ""
    channel_url: Annotated[str, Meta(max_length=100)] = ""
    channel_urls: Annotated[tuple[ChannelUrl, ...], Meta(max_length=100)] = ()
    sender_ids: Annotated[tuple[UserId, ...], Meta(max_length=100)] | None = None
    custom_types: Annotated[tuple[CustomType, ...], Meta(max_length=100)] | None = None
    has_files: bool | None = None
    message_ts_from: Milliseconds | None = None
    message_ts_to: Milliseconds | None = None
    sort_field: Literal["score", "ts"] = "score"
    reverse: bool = False
    limit: PageLimit = 20
    token: PageToken = ""
    after: PageToken = ""


@command(
    "messages.search",
    Right.BOTH,
    Kind.SEARCH,
    roles=MEMBERS,
    example={"query": "roses", "channel_url": "garden"},
    result=shapes.SearchResults,
)
def search(txn: Transaction, actor: Actor, input: Search) -> Resource:
    """Messages that match: the best first, or the newest first, or with `reverse` the oldest."""
    if input.reverse and input.sort_field == "score":
        raise IncompatibleValues('"reverse" needs "sort_field": "ts".')
    sought = _sought(txn, actor, input)
    page = Page(input.token, input.limit, (int, int))
    start = page.start or _after(sought, input.after) or _beginning(txn, sought)
    if not sought.by_time and start[1] > MAX_DEPTH:
        raise InvalidValue(f'"token" leads beyond the first {MAX_DEPTH} results.')
    finding = _Finding(txn, sought, (start[0], start[1]), _reader(txn, actor, input).user)
    keys: list[Key] = []
    for key, message in finding.messages(input.limit + 1):
        if not page.add(key, _shown(txn, message, finding, input)):
            break
        keys.append(key)
    is_first = not (input.token or input.after)
    result = {"results": page.items, "has_prev": not is_first, "has_next": bool(page.next), "next": page.next}
    result |= {"start_cursor": token_of(keys[0]) if keys else "", "end_cursor": token_of(keys[-1]) if keys else ""}
    return result | {"total_count": finding.total} if is_first else result


def _beginning(txn: Transaction, sought: Sought) -> Key:
    return txn.head.sequence, LAST_PLACE if sought.by_time and not sought.ascending else 0


def _after(sought: Sought, cursor: str) -> Key | None:
    """Where what follows the result with a cursor begins; None without one. Raises InvalidValue."""
    if not cursor:
        return None
    newest, at = key_of(cursor, (int, int))
    return newest, _following(sought, at)


def _following(sought: Sought, at: int) -> int:
    """The rank, or the place in time, that comes next."""
    return at - 1 if sought.by_time and not sought.ascending else at + 1


class _Finding:
    """Going through what the index finds. `total` is how many messages it knew that match, when asked first."""

    def __init__(self, txn: Transaction, sought: Sought, start: Key, reader: int | None) -> None:
        generation = txn.search.live if txn.search is not None else None
        if generation is None:
            raise SearchFailed("The search index is being made; try again later.")
        self.total = 0
        self._index = generation.index
        self._txn = txn
        self.sought = sought
        self._newest, self._at = start
        self.seen_after = cache(partial(seen_after, txn, reader))
        self._channels = None if sought.channels is None else frozenset(sought.channels)

    def messages(self, size: int) -> Iterator[tuple[Key, Message]]:
        """Messages that still are what is sought, each with its key. Raises SearchFailed."""
        seen: set[int] = set()
        more, stale = True, 0
        while more:
            hits = self._hits(size)
            self.total = self.total or hits.total
            more = len(hits.found) == size
            for message_id, place in hits.found:
                key = (self._newest, place if self.sought.by_time else self._at)
                self._at = _following(self.sought, key[1])
                message = current_message(self._txn, message_id)
                if message is None or message_id in seen or not self._is_sought(message):
                    stale += 1
                    continue
                seen.add(message_id)
                yield key, message
            if stale > MAX_STALE:
                raise SearchFailed("The search index has much to catch up with; try again.")
            size *= 2

    def _hits(self, size: int) -> Hits:
        sought, at = self.sought, self._at
        if not sought.by_time:
            return self._index.find(sought._replace(newest=self._newest), size, at)
        if sought.ascending:
            return self._index.find(sought._replace(first=max(sought.first, at)), size)
        return self._index.find(sought._replace(end=min(sought.end, at + 1)), size)

    def _is_sought(self, message: Message) -> bool:
        """Whether the message, as it is now, is one that the index should have found."""
        sought = self.sought
        return (
            not message.is_removed
            and (message.channel in self._channels if self._channels is not None else self._is_kept(message.channel))
            and (sought.senders is None or message.sender in sought.senders)
            and (sought.custom_types is None or message.custom_type in sought.custom_types)
            and sought.has_files in (None, bool(message.files))
            and (message.created_at, message.message_id) > self.seen_after(message.channel)
            and sought.first <= first_place(message.created_at) < sought.end
            and matches(sought.clauses, words(written(message)))
        )

    def _is_kept(self, channel: int) -> bool:
        return self._txn.get(tables.CHANNELS, channel) is not None


def _sought(txn: Transaction, actor: Actor, input: Search) -> Sought:
    senders = None
    if input.sender_ids is not None:
        senders = [number for user_id in input.sender_ids if (number := txn.get(tables.USER_IDS, user_id))]
    return Sought(
        txn.application,
        exactly(input.query) if input.exact_match else parse(input.query),
        _channels(txn, actor, input),
        senders,
        input.custom_types,
        input.has_files,
        min(first_place(input.message_ts_from or 0), LAST_PLACE),
        LAST_PLACE if input.message_ts_to is None else min(first_place(input.message_ts_to + 1), LAST_PLACE),
        by_time=input.sort_field == "ts",
        ascending=input.reverse,
    )


def _reader(txn: Transaction, actor: Actor, input: Search) -> Actor:
    """Who is to read what is found: the caller, or the user whom a backend names."""
    if actor.user is None and not input.user_id:
        return actor
    user = acting_user(txn, actor, input.user_id)
    return Actor(actor.application, user.number, user.user_id)


def _channels(txn: Transaction, actor: Actor, input: Search) -> list[int] | None:
    """The channels to look in: those that are named, if the caller may read them, else the caller's own.

    None for all. Raises NotFound for a channel that the caller may not know of.
    """
    reader = _reader(txn, actor, input)
    named = [*input.channel_urls, *([input.channel_url] if input.channel_url else [])]
    if named:
        return list({visible_channel(txn, reader, channel_url).number for channel_url in named})
    if reader.user is None:
        return None
    return channels_of(txn, reader.user)


def _shown(txn: Transaction, message: Message, finding: _Finding, input: Search) -> Resource:
    """A message, with where in its text it matches."""
    after = finding.seen_after(message.channel)
    resource = detailed(txn, message, txn.require(tables.CHANNELS, message.channel), input, after)
    found = places(message.text)
    resource["highlights"] = [list(span) for span in marks(finding.sought.clauses, found)] if found else []
    return resource
