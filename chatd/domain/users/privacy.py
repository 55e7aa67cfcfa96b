"""Requests of persons, as backends pass them on: to be forgotten, or to have what is known of them.

Jobs carry them out: see `domain.upkeep.erasure` and `domain.exports.progress`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from msgspec import Meta
from msgspec.structs import replace

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.exports.progress import remove, schedule
from chatd.domain.exports.requests import file_of
from chatd.domain.fields import OptionalUserId, PageLimit, PageToken, UserId, UserIds
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.upkeep.erasure import CANCELED, DONE, IN_PROGRESS, KEEP_CHANNELS, SCHEDULED
from chatd.domain.users.people import check_no_owner, find_user
from chatd.errors import MissingParameter, NotFound, Unacceptable
from chatd.model import Actor, ExportWanted, PrivacyRequest
from chatd.model import exports as stages
from chatd.model.exports import PERSON
from chatd.store import tables
from chatd.store.transaction import Transaction

RequestId = Annotated[str, Meta(min_length=1, max_length=16, pattern=r"^[0-9]+\Z")]

_STATUSES: Final = {
    stages.SCHEDULED: SCHEDULED,
    stages.PROCESSING: IN_PROGRESS,
    stages.DONE: DONE,
}


class Create(Input, frozen=True):
    """Whom to forget: who has one of the ids, or had it. `channel_delete_option`: which of their channels go too.

    With the action `access` it is `user_id` alone, whose data are to be put into a file.
    """

    action: Literal["delete", "access"] = "delete"
    user_id: OptionalUserId = ""
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
    """Ask that users be forgotten, or for a file with what is known of one and what they wrote."""
    if input.action == "access":
        return _schedule_access(txn, input)
    if not input.user_ids:
        raise MissingParameter("user_ids")
    for user_id in input.user_ids:
        check_no_owner(txn, user_id)
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
    user = find_user(txn, input.user_id)
    check_no_owner(txn, user.user_id)
    return _schedule(txn, (user.user_id,), KEEP_CHANNELS)


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
    return _resource(txn, _find(txn, input))


@command("privacy.list", Right.BACKEND, Kind.READ, roles=NOBODY, example={"limit": 20}, result=shapes.PrivacyRequests)
def list_requests(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Requests, oldest first."""
    page = Page(input.token, input.limit, (int,))
    for key, request in txn.scan(tables.PRIVACY_REQUESTS, start=page.start):
        if not page.add(key, _resource(txn, request)):
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
    status = _status(txn, request)
    if status != SCHEDULED:
        raise Unacceptable(f"The request is {status}.")
    txn.put(tables.PRIVACY_REQUESTS, request.number, value=replace(request, status=CANCELED, user_ids=()))
    if request.export:
        remove(txn, [request.export])
    return {}


def every(txn: Transaction) -> list[PrivacyRequest]:
    """All requests of persons to be forgotten, oldest first."""
    return [request for _, request in txn.scan(tables.PRIVACY_REQUESTS) if not request.export]


def _schedule(txn: Transaction, user_ids: tuple[str, ...], channels: str, export: int = 0) -> Resource:
    last = next(txn.scan(tables.PRIVACY_REQUESTS, reverse=True), None)
    number = last[0][0] + 1 if last else 1
    ids = tuple(dict.fromkeys(user_ids))
    request = PrivacyRequest(number, ids, channels, txn.now, txn.head.sequence, export=export)
    txn.put(tables.PRIVACY_REQUESTS, number, value=request)
    return _resource(txn, request)


def _schedule_access(txn: Transaction, input: Create) -> Resource:
    """Ask for an export of what a person has left. Raises MissingParameter, NotFound, LimitExceeded."""
    user_id = input.user_id or next(iter(input.user_ids), "")
    if not user_id:
        raise MissingParameter("user_id")
    export = schedule(txn, PERSON, ExportWanted(user=find_user(txn, user_id).number))
    return _schedule(txn, (user_id,), KEEP_CHANNELS, export.number)


def _find(txn: Transaction, input: View) -> PrivacyRequest:
    request = txn.get(tables.PRIVACY_REQUESTS, int(input.request_id))
    if request is None:
        raise NotFound("Request")
    return request


def _status(txn: Transaction, request: PrivacyRequest) -> str:
    """How far a request is. One for an export says what that does, and is done when that is gone."""
    if not request.export or request.status == CANCELED:
        return request.status
    export = txn.get(tables.EXPORTS, request.export)
    return DONE if export is None else _STATUSES[export.status]


def _resource(txn: Transaction, request: PrivacyRequest) -> dict[str, Any]:
    export = txn.get(tables.EXPORTS, request.export) if request.export else None
    return {
        "request_id": str(request.number),
        "action": "access" if request.export else "delete",
        "status": _status(txn, request),
        "user_ids": list(request.user_ids),
        "erased_users": len(request.users),
        "channel_delete_option": request.channels,
        "files": file_of(txn, export),
        "created_at": request.created_at,
    }
