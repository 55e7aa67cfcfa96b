"""Who is banned or muted anywhere in the application, for those who keep order in all of it."""

from __future__ import annotations

from collections.abc import Iterator

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import PageLimit, PageToken
from chatd.domain.fold.sanctions import BANS, MUTES, Register
from chatd.domain.moderation.looking import LOOKED_AT
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.sanctions import outline, sanction_resource
from chatd.domain.resources.users import basic_user
from chatd.domain.roles import NOBODY
from chatd.errors import InvalidValue
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

Place = tuple[int, int, int]


class ListAll(Input, frozen=True):
    """A page of all channels' bans or mutes."""

    token: PageToken = ""
    limit: PageLimit = 20


@command("bans.list_all", Right.BACKEND, Kind.SCAN, roles=NOBODY, example={"limit": 20}, result=shapes.AllBans)
def list_bans(txn: Transaction, actor: Actor, input: ListAll) -> Resource:
    """Bans from all channels, those of the oldest channel first; a page may be short and still have a `next`."""
    page = _page(txn, BANS, input)
    return {"banned_list": page.items, "next": page.next}


@command("mutes.list_all", Right.BACKEND, Kind.SCAN, roles=NOBODY, example={"limit": 20}, result=shapes.AllMutes)
def list_mutes(txn: Transaction, actor: Actor, input: ListAll) -> Resource:
    """Mutes in all channels, those of the oldest channel first; a page may be short and still have a `next`."""
    page = _page(txn, MUTES, input)
    return {"muted_list": page.items, "next": page.next}


def _page(txn: Transaction, register: Register, input: ListAll) -> Page:
    page = Page(input.token, input.limit, (int, int, int))
    for count, place in enumerate(_places(txn, register, page)):
        if count == LOOKED_AT:
            page.cut(place)
            break
        shown = _shown(txn, register, place)
        if shown is not None and not page.add(place, shown):
            break
    return page


def _places(txn: Transaction, register: Register, page: Page) -> Iterator[Place]:
    """Channel, end and user of each, from where a page begins. What is over is among them. Raises InvalidValue."""
    if page.start is not None and not all(0 <= part < 2**63 for part in page.start):
        raise InvalidValue('"token" is not a page token of this list.')
    for (channel, until, user), _ in txn.scan(register.of_channel, start=page.start):
        yield channel, until, user


def _shown(txn: Transaction, register: Register, place: Place) -> Resource | None:
    """A ban or mute; None for one that is over, or whose user or channel is gone and which goes a little later."""
    number, until, who = place
    channel = txn.get(tables.CHANNELS, number)
    if until <= txn.now or channel is None:
        return None
    user = txn.require(tables.USERS, who)
    if txn.get(tables.USER_IDS, user.user_id) != who:
        return None
    sanction = txn.require(register.records, number, who)
    return {"user": basic_user(user), "channel": outline(channel)} | sanction_resource(sanction)
