"""Whether a channel is one that a list is to have, and where in it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from chatd.domain.channels.filters import Filters, HiddenMode
from chatd.domain.channels.metacounters import counters_of
from chatd.domain.channels.metadata import metadata_of
from chatd.domain.channels.named_users import known
from chatd.domain.channels.settings import Hidings
from chatd.domain.stream import SMALL_CHANNEL
from chatd.errors import MissingParameter
from chatd.model import Channel, ChannelState
from chatd.model.settings import HIDDEN, HIDDEN_UNTIL_MESSAGE, UNHIDDEN
from chatd.store import tables
from chatd.store.names import folded
from chatd.store.transaction import Transaction

# Of a channel of few members, with those who are invited, so many names are looked at.
MAX_NAMES = 1000

Key = tuple[int, str, int, int]

_WANTED = {
    "unhidden_only": (UNHIDDEN,),
    "hidden_only": (HIDDEN_UNTIL_MESSAGE, HIDDEN),
    "hidden_allow_auto_unhide": (HIDDEN_UNTIL_MESSAGE,),
    "hidden_prevent_auto_unhide": (HIDDEN,),
}


class Found:
    """A channel that may be listed. What nobody asks for is not read: many are looked at, few shown."""

    __slots__ = ("_channel", "_txn", "is_invited", "number", "state")

    def __init__(
        self,
        txn: Transaction,
        number: int,
        state: ChannelState,
        channel: Channel | None = None,
        *,
        is_invited: bool = False,
    ) -> None:
        self._txn = txn
        self._channel = channel
        self.number = number
        self.is_invited = is_invited
        self.state = state

    @property
    def channel(self) -> Channel:
        """Its record."""
        if self._channel is None:
            self._channel = self._txn.require(tables.CHANNELS, self.number)
        return self._channel

    def key(self, input: Filters) -> Key:
        """Where it stands in an order; the number makes it unique. Newest first, texts ascending."""
        if input.order == "channel_name_alphabetical":
            return 0, self.channel.name.casefold(), 0, self.number
        if input.order == "metadata_value_alphabetical":
            value = metadata_of(self._txn, self.number).get(input.metadata_order_key)
            return (1, "", 0, self.number) if value is None else (0, value.casefold(), 0, self.number)
        if input.order == "latest_last_message":
            return 0, "", -(self.state.last_message_at or self.channel.created_at), -self.number
        return 0, "", -self.channel.created_at, -self.number


Test = Callable[[Found], bool]
_Checks = tuple[tuple[bool, Test], ...]


def tests_of(txn: Transaction, input: Filters) -> list[Test]:
    """What a channel must pass, the cheapest first; most lists have one or two. Raises MissingParameter."""
    _check_keys(input)
    urls, after, before = input.channel_urls, input.created_after, input.created_before
    checks: _Checks = (
        (not input.show_empty, lambda found: found.state.message_count > 0),
        (not input.show_frozen, lambda found: not found.channel.is_frozen),
        (input.distinct_mode != "all", lambda found: found.channel.is_distinct == (input.distinct_mode == "distinct")),
        (input.public_mode != "all", lambda found: found.channel.is_public == (input.public_mode == "public")),
        (input.super_mode != "all", lambda found: found.channel.is_super == (input.super_mode == "super")),
        (urls is not None, lambda found: found.channel.channel_url in (urls or ())),
        (after is not None, lambda found: found.channel.created_at > (after or 0)),
        (before is not None, lambda found: found.channel.created_at < (before or 0)),
    )
    rest = (*_text_tests(input), *_member_tests(txn, input), *_item_tests(txn, input), *_name_tests(txn, input))
    return [test for wanted, test in (*checks, *rest) if wanted]


def hidden_tests(txn: Transaction, user: int, mode: HiddenMode) -> list[Test]:
    """Whether a channel of a user is as hidden as is asked for."""
    hidings = Hidings(txn, user)
    if mode == "all" or (mode == "unhidden_only" and not hidings):
        return []
    return [lambda found: hidings.of(found.number, found.state) in _WANTED[mode]]


def _check_keys(input: Filters) -> None:
    if input.order == "metadata_value_alphabetical" and not input.metadata_order_key:
        raise MissingParameter("metadata_order_key")
    if not input.metadata_key and (input.metadata_values, input.metadata_value_startswith) != (None, None):
        raise MissingParameter("metadata_key")
    if not input.metacounter_key and (input.metacounter_values is not None or any(_bounds(input))):
        raise MissingParameter("metacounter_key")


def _bounds(input: Filters) -> tuple[bool, ...]:
    gt, gte = input.metacounter_value_gt, input.metacounter_value_gte
    return tuple(bound is not None for bound in (gt, gte, input.metacounter_value_lt, input.metacounter_value_lte))


def _text_tests(input: Filters) -> _Checks:
    types, type_start, name = input.custom_types, input.custom_type_startswith, input.name
    part, start = (input.name_contains or "").casefold(), (input.name_startswith or "").casefold()
    return (
        (types is not None, lambda found: found.channel.custom_type in (types or ())),
        (type_start is not None, lambda found: found.channel.custom_type.startswith(type_start or "")),
        (name is not None, lambda found: found.channel.name == name),
        (input.name_contains is not None, lambda found: part in found.channel.name.casefold()),
        (input.name_startswith is not None, lambda found: found.channel.name.casefold().startswith(start)),
    )


def _member_tests(txn: Transaction, input: Filters) -> _Checks:
    exactly, included = (
        {known(txn, user_id, False) for user_id in user_ids or ()}
        for user_ids in (input.members_exactly_in, input.members_include_in)
    )
    enough = all if input.query_type == "AND" else any

    def has(found: Found, user: int) -> bool:
        return txn.get(tables.MEMBERS, found.number, user) is not None

    return (
        (
            input.members_exactly_in is not None,
            lambda found: found.state.member_count == len(exactly) and all(has(found, user) for user in exactly),
        ),
        (input.members_include_in is not None, lambda found: enough(has(found, user) for user in included)),
    )


def _item_tests(txn: Transaction, input: Filters) -> _Checks:
    values, start = input.metadata_values, input.metadata_value_startswith

    def says(found: Found) -> bool:
        value = metadata_of(txn, found.number).get(input.metadata_key)
        return value is not None and (values is None or value in values) and value.startswith(start or "")

    def counts(found: Found) -> bool:
        value = counters_of(txn, found.number).get(input.metacounter_key)
        return value is not None and _is_within(value, input)

    return (bool(input.metadata_key), says), (bool(input.metacounter_key), counts)


def _is_within(value: int, input: Filters) -> bool:
    gt, gte = input.metacounter_value_gt, input.metacounter_value_gte
    lt, lte = input.metacounter_value_lt, input.metacounter_value_lte
    return (
        (input.metacounter_values is None or value in input.metacounter_values)
        and (gt is None or value > gt)
        and (gte is None or value >= gte)
        and (lt is None or value < lt)
        and (lte is None or value <= lte)
    )


def _name_tests(txn: Transaction, input: Filters) -> _Checks:
    """What members are called, which is looked at last."""
    name, start = folded(input.members_nickname), folded(input.members_nickname_startswith)
    part, query, fields = folded(input.members_nickname_contains), input.search_query.casefold(), input.search_fields

    def starts(found: Found) -> bool:
        first = next(txn.scan(tables.MEMBER_NAMES, found.number, start=(start,)), None)
        return first is not None and first[0][1].startswith(start)

    def contains(found: Found, part: str) -> bool:
        names = txn.scan(tables.MEMBER_NAMES, found.number)
        is_small = found.state.member_count <= SMALL_CHANNEL
        return is_small and any(part in key[1] for key, _ in islice(names, MAX_NAMES))

    def is_searched(found: Found) -> bool:
        if "channel_name" in fields and query in found.channel.name.casefold():
            return True
        return "member_nickname" in fields and contains(found, query)

    return (
        (bool(name), lambda found: next(txn.scan(tables.MEMBER_NAMES, found.number, name), None) is not None),
        (bool(start), starts),
        (bool(part), lambda found: contains(found, part)),
        (bool(query), is_searched),
    )
