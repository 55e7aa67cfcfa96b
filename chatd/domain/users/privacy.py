"""Requests of persons to be forgotten, as backends pass them on. A job carries them out (`domain.erasure`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta
from msgspec.structs import replace

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import PageLimit, PageToken, UserId, UserIds
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.upkeep.erasure import CANCELED, KEEP_CHANNELS, SCHEDULED
from chatd.domain.users.people import find_user
from chatd.errors import MissingParameter, NotFound, Unacceptable
from chatd.model import Actor, PrivacyRequest
from chatd.store import tables
from chatd.store.transaction import Transaction

RequestId = Annotated[str, Meta(min_length=1, max_length=16, pattern=r"^[0-9]+\Z")]


class Create(Input, frozen=True):
    """Whom to forget: who has one of the ids, or had it. `channel_delete_option`: which of their channels go too."""

    action: Literal["delete", "access"] = "delete"
    user_ids: UserIds = ()
    channel_delete_option: Literal["do_not_delete", "1_on_1", "all"] = "do_not_delete"


class Erase(Input, frozen=True):
    """The user to forget."""

    user_id: UserId


class View(Input, frozen=True):
    """A request."""

    request_id: RequestId


class List(Input, frozen=True):
    """A page of requests, oldest first."""

    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "privacy.create",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"user_ids": ["member"], "channel_delete_option": "do_not_delete"},
    is_idempotent=False,
    result=shapes.PrivacyRequest,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Ask that users be forgotten."""
    if input.action == "access":
        raise Unacceptable("Exports of what a user has written are not offered.")
    if not input.user_ids:
        raise MissingParameter("user_ids")
    return _schedule(txn, input.user_ids, input.channel_delete_option)


@command(
    "users.erase",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"user_id": "member"},
    is_idempotent=False,
    result=shapes.PrivacyRequest,
)
def erase(txn: Transaction, actor: Actor, input: Erase) -> Resource:
    """Ask that a user be forgotten. NotFound when there is none; who was deleted is named by `privacy.create`."""
    return _schedule(txn, (find_user(txn, input.user_id).user_id,), KEEP_CHANNELS)


@command(
    "privacy.view",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"request_id": "$privacy"},
    result=shapes.PrivacyRequest,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """How far a request is."""
    return _resource(_find(txn, input))


@command("privacy.list", Right.BACKEND, Kind.READ, roles=NOBODY, example={"limit": 20}, result=shapes.PrivacyRequests)
def list_requests(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Requests, oldest first."""
    page = Page(input.token, input.limit, (int,))
    for key, request in txn.scan(tables.PRIVACY_REQUESTS, start=page.start):
        if not page.add(key, _resource(request)):
            break
    return {"requests": page.items, "next": page.next}


@command(
    "privacy.cancel",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"request_id": "$privacy"},
    result=shapes.Empty,
)
def cancel(txn: Transaction, actor: Actor, input: View) -> Resource:
    """Take a request back that nothing was done of. Unacceptable when it was."""
    request = _find(txn, input)
    if request.status != SCHEDULED:
        raise Unacceptable(f"The request is {request.status}.")
    txn.put(tables.PRIVACY_REQUESTS, request.number, value=replace(request, status=CANCELED, user_ids=()))
    return {}


def every(txn: Transaction) -> list[PrivacyRequest]:
    """All requests, oldest first."""
    return [request for _, request in txn.scan(tables.PRIVACY_REQUESTS)]


def _schedule(txn: Transaction, user_ids: tuple[str, ...], channels: str) -> Resource:
    last = next(txn.scan(tables.PRIVACY_REQUESTS, reverse=True), None)
    number = last[0][0] + 1 if last else 1
    ids = tuple(dict.fromkeys(user_ids))
    request = PrivacyRequest(number, ids, channels, txn.now, txn.head.sequence)
    txn.put(tables.PRIVACY_REQUESTS, number, value=request)
    return _resource(request)


def _find(txn: Transaction, input: View) -> PrivacyRequest:
    request = txn.get(tables.PRIVACY_REQUESTS, int(input.request_id))
    if request is None:
        raise NotFound("Request")
    return request


def _resource(request: PrivacyRequest) -> dict[str, Any]:
    return {
        "request_id": str(request.number),
        "action": "delete",
        "status": request.status,
        "user_ids": list(request.user_ids),
        "erased_users": len(request.users),
        "channel_delete_option": request.channels,
        "files": None,
        "created_at": request.created_at,
    }
