"""Lists of users: all, or those found by id, nickname, metadata or discovery keys without reading the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Final, Literal

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import Nickname, PageLimit, PageToken, UserId
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import user_resource
from chatd.domain.users.discovery import check_discovery
from chatd.errors import InvalidValue, MissingParameter
from chatd.model import Actor, User
from chatd.store import tables
from chatd.store.names import folded
from chatd.store.transaction import Transaction
from chatd.store.user_places import discovery_key, metadata_key, value_place

# So many users are looked at for one page. When most do not match, it ends with fewer than it may have.
LOOKED_AT: Final = 5000

Order = Literal["user_id_alphabetical", "nickname_alphabetical", "newest"]
Key = tuple[Any, ...]
Place = tuple[Key, int]


class List(Input, frozen=True):
    """A page of users; filters combine. By nickname and search they come in its order, else in that of ids or values.

    Without such filters, `order` says in which: that of the ids, of the nicknames, or the newest first.
    """

    token: PageToken = ""
    limit: PageLimit = 10
    active_mode: Literal["activated", "deactivated", "all"] = "activated"
    show_bot: bool = True
    user_ids: Annotated[tuple[UserId, ...], Meta(max_length=250)] | None = None
    nickname: Nickname | None = None
    nickname_startswith: Nickname | None = None
    search: Nickname | None = None
    metadatakey: Annotated[str, Meta(max_length=128)] = ""
    metadatavalues_in: Annotated[tuple[str, ...], Meta(max_length=100)] | None = None
    discovery_keys: Annotated[tuple[str, ...], Meta(max_length=100)] | None = None
    order: Order = "user_id_alphabetical"


@command(
    "users.list",
    Right.BOTH,
    Kind.SCAN,
    people=("users",),
    example={"nickname_startswith": "M", "limit": 20},
    result=shapes.Users,
)
def list_users(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Users that are found by filters. Forbidden for clients where users shall not find each other."""
    check_discovery(txn, actor)
    if input.metadatavalues_in is not None and not input.metadatakey:
        raise MissingParameter("metadatakey")
    shape, find = _source(input)
    page = Page(input.token, input.limit, shape)
    for count, (key, number) in enumerate(find(txn, input, page.start)):
        if count == LOOKED_AT:
            page.cut(key)
            break
        user = txn.require(tables.USERS, number)
        if _matches(user, input) and not page.add(key, user_resource(user)):
            break
    return {"users": page.items, "next": page.next}


def _source(input: List) -> tuple[tuple[type, ...], Any]:
    """What finds the fewest users that may match: the shape of its keys, and the function."""
    if input.user_ids is not None:
        return (str,), _by_id
    if input.discovery_keys is not None:
        return (int,), _by_discovery_key
    if input.nickname or input.nickname_startswith:
        return (str, int), _by_nickname
    if input.metadatakey:
        return (str, int), _by_metadata
    return _whole(input)


def _whole(input: List) -> tuple[tuple[type, ...], Any]:
    """The same when no filter but the mode says who is wanted."""
    if input.search or input.order == "nickname_alphabetical":
        return (str, int), _by_nickname
    if input.order == "newest":
        return (int,), _newest
    if input.active_mode == "deactivated":
        return (str, int), _deactivated
    return (str,), _everybody


def _by_id(txn: Transaction, input: List, start: Key | None) -> Iterator[Place]:
    for user_id in sorted(set(input.user_ids or ())):
        number = txn.get(tables.USER_IDS, user_id)
        if number is not None and (start is None or (user_id,) >= start):
            yield (user_id,), number


def _by_discovery_key(txn: Transaction, input: List, start: Key | None) -> Iterator[Place]:
    places = [txn.scan(tables.USER_ITEMS, discovery_key(key), "") for key in set(input.discovery_keys or ())]
    for number in sorted({key[2] for found in places for key, _ in found}):
        if start is None or (number,) >= start:
            yield (number,), number


def _by_nickname(txn: Transaction, input: List, start: Key | None) -> Iterator[Place]:
    beginning = folded(input.nickname or input.nickname_startswith or "")
    for key, _ in txn.scan(tables.USER_NAMES, start=start or (beginning,)):
        if not key[0].startswith(beginning):
            return
        yield key, key[1]


def _by_metadata(txn: Transaction, input: List, start: Key | None) -> Iterator[Place]:
    key = metadata_key(input.metadatakey)
    if input.metadatavalues_in is None:
        yield from _ends(txn.scan(tables.USER_ITEMS, key, start=start))
        return
    for place in sorted({value_place(value) for value in input.metadatavalues_in}):
        if start is None or place > start[0]:
            yield from _ends(txn.scan(tables.USER_ITEMS, key, place))
        elif place == start[0]:
            yield from _ends(txn.scan(tables.USER_ITEMS, key, place, start=(start[1],)))


def _ends(found: Iterable[tuple[Key, None]]) -> Iterator[Place]:
    for (_, place, number), _ in found:
        yield (place, number), number


def _deactivated(txn: Transaction, input: List, start: Key | None) -> Iterator[Place]:
    for key, _ in txn.scan(tables.INACTIVE_USERS, start=start):
        yield key, key[1]


def _newest(txn: Transaction, input: List, start: Key | None) -> Iterator[Place]:
    if start is not None and not 0 <= start[0] < 2**63:
        raise InvalidValue('"token" is not a page token of this list.')
    for (number,), user in txn.scan(tables.USERS, start=start, reverse=True):
        # Users who were deleted have left their number behind.
        if txn.get(tables.USER_IDS, user.user_id) == number:
            yield (number,), number


def _everybody(txn: Transaction, input: List, start: Key | None) -> Iterator[Place]:
    yield from txn.scan(tables.USER_IDS, start=start)


def _matches(user: User, filters: List) -> bool:
    value = user.metadata.get(filters.metadatakey)
    return (
        (filters.active_mode == "all" or user.is_active == (filters.active_mode == "activated"))
        and (filters.show_bot or not user.is_bot)
        and (filters.user_ids is None or user.user_id in filters.user_ids)
        and (not filters.nickname or user.nickname == filters.nickname)
        and (not filters.nickname_startswith or folded(user.nickname).startswith(folded(filters.nickname_startswith)))
        and (not filters.search or _is_called(user, folded(filters.search)))
        and (not filters.metadatakey or value is not None)
        and (filters.metadatavalues_in is None or value in filters.metadatavalues_in)
        and (filters.discovery_keys is None or not {*filters.discovery_keys}.isdisjoint(user.discovery_keys))
    )


def _is_called(user: User, beginning: str) -> bool:
    """Whether the id, the nickname or a word of it begins so."""
    nickname = folded(user.nickname)
    return any(name.startswith(beginning) for name in (folded(user.user_id), nickname, *nickname.split()))
