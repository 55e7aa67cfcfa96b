"""Polls: made first, then shown by a message."""

from __future__ import annotations

from typing import Annotated, Any, Final

from msgspec import Meta, field
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import visible_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, OptionalUserId, PageToken, ReqId
from chatd.domain.messages.poll_access import (
    Found,
    PollId,
    check_open,
    check_writing,
    choice_of,
    managed_poll,
    visible_poll,
)
from chatd.domain.messages.poll_removal import delete_poll
from chatd.domain.paging import Page
from chatd.domain.resources.polls import poll_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import EVERYBODY, MEMBERS, OPERATORS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, find_user
from chatd.errors import IncompatibleValues, InvalidValue, LimitExceeded, NotFound, OutOfRange, Unacceptable
from chatd.model import Actor, Poll
from chatd.store import tables
from chatd.store.requests import requested
from chatd.store.transaction import Transaction

MAX_OPTIONS: Final = 50
MAX_UNSHOWN: Final = 100  # of one user

Title = Annotated[str, Meta(min_length=1, max_length=2048)]
OptionText = Annotated[str, Meta(min_length=1, max_length=2000)]
Options = Annotated[tuple[OptionText, ...], Meta(min_length=1, max_length=MAX_OPTIONS)]
PollData = Annotated[
    dict[Annotated[str, Meta(min_length=1, max_length=128)], Annotated[str, Meta(max_length=2000)]], Meta(max_length=5)
]
CloseAt = Annotated[int, Meta(ge=-1, le=10**10)]


class Create(Input, frozen=True):
    """A new poll. It closes at `close_at`, in seconds, or with -1 when somebody closes it.

    A backend names its maker in `user_id`.
    """

    title: Title
    options: Options
    allow_user_suggestion: bool = False
    allow_multiple_votes: bool = False
    is_anonymous: bool = False
    close_at: CloseAt = -1
    data: PollData = field(default_factory=dict)
    user_id: OptionalUserId = ""
    req_id: ReqId = ""


class View(Input, frozen=True):
    """The poll to look at; a backend may ask for what `user_id` has chosen."""

    poll_id: PollId
    show_partial_voter_list: bool = False
    user_id: OptionalUserId = ""


class List(Input, frozen=True):
    """The channel whose polls to list; absent for those of the caller that no message shows yet."""

    channel_url: ChannelUrl | None = None
    user_id: OptionalUserId = ""
    token: PageToken = ""
    limit: Annotated[int, Meta(ge=1, le=20)] = 20


class Update(Input, frozen=True):
    """What is to change about a poll; what is absent stays."""

    poll_id: PollId
    title: Title | None = None
    data: PollData | None = None
    allow_user_suggestion: bool | None = None
    allow_multiple_votes: bool | None = None
    close_at: CloseAt | None = None


class One(Input, frozen=True):
    """A poll."""

    poll_id: PollId


@command(
    "polls.create",
    Right.BOTH,
    Kind.WRITE,
    roles=EVERYBODY,
    example={"title": "Tea?", "options": ["black", "green"], "req_id": "p-1"},
    result=shapes.Poll,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Make a poll, for a message to show: `messages.send` with its `poll_id`.

    A repeated `req_id` of the same maker makes no second one.
    """
    user = acting_user(txn, actor, input.user_id).number
    sequence = requested(txn, user, input.req_id) if input.req_id else None
    if sequence is not None:
        return _made_before(txn, sequence)
    _check_times(txn, input.close_at)
    if len(set(input.options)) < len(input.options):
        raise InvalidValue('"options" has a text twice.')
    waiting = zip(txn.scan(tables.POLL_LISTS, user), range(MAX_UNSHOWN), strict=False)
    if sum(1 for _ in waiting) >= MAX_UNSHOWN:
        raise LimitExceeded(f"{MAX_UNSHOWN} polls wait to be shown; send or delete some.")
    resource: Resource = emit(txn, events.PollCreated(_new_poll(user, input), input.options, input.req_id))["poll"]
    return resource


@command("polls.view", Right.BOTH, Kind.READ, roles=MEMBERS, example={"poll_id": "$poll"}, result=shapes.Poll)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One poll, with what the caller has chosen."""
    found = visible_poll(txn, actor, input.poll_id)
    number = found.poll.number
    resource = poll_resource(txn, number, show_partial_voter_list=input.show_partial_voter_list)
    user = actor.user if actor.user is not None or not input.user_id else find_user(txn, input.user_id).number
    # Of an anonymous poll nobody but themselves learns what somebody chose.
    if user is not None and (actor.user is not None or not found.poll.is_anonymous):
        resource["voted_option_ids"] = list(choice_of(txn, number, user))
    return resource


@command("polls.list", Right.BOTH, Kind.READ, roles=MEMBERS, example={"channel_url": "garden"}, result=shapes.Polls)
def list_polls(txn: Transaction, actor: Actor, input: List) -> Resource:
    """The polls that messages of a channel show, or those that wait to be shown, the newest first."""
    if input.channel_url is None:
        scope = acting_user(txn, actor, input.user_id).number
    else:
        scope = visible_channel(txn, actor, input.channel_url).number
    page = Page(input.token, input.limit, (int,))
    for (_, number), _ in txn.scan(tables.POLL_LISTS, scope, start=page.start, reverse=True):
        if not page.add((number,), poll_resource(txn, number)):
            break
    return {"polls": page.items, "next": page.next}


@command(
    "polls.update",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"poll_id": "$poll", "title": "Tea or not?"},
    result=shapes.Poll,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change a poll that is open: its maker, an operator of the channel, or a backend."""
    found = managed_poll(txn, actor, input.poll_id)
    check_open(txn, found.poll)
    check_writing(txn, actor, found, actor.user or 0)
    names = ("title", "data", "allow_user_suggestion", "allow_multiple_votes", "close_at")
    changes: dict[str, Any] = {name: getattr(input, name) for name in names if getattr(input, name) is not None}
    changed = replace(found.poll, **changes)
    if changed.close_at != found.poll.close_at:
        _check_times(txn, changed.close_at)
    if found.poll.allow_multiple_votes and not changed.allow_multiple_votes and found.state.voter_count:
        raise Unacceptable("Somebody may have chosen several options already.")
    return _changed(txn, found, changed)


@command("polls.close", Right.BOTH, Kind.WRITE, roles=OPERATORS, example={"poll_id": "$poll"}, result=shapes.Poll)
def close(txn: Transaction, actor: Actor, input: One) -> Resource:
    """Close a poll for good: its maker, an operator of the channel, or a backend. One that is closed stays so."""
    found = managed_poll(txn, actor, input.poll_id)
    return _changed(txn, found, replace(found.poll, is_closed=True))


@command("polls.delete", Right.BOTH, Kind.WRITE, roles=OPERATORS, example={"poll_id": "$poll"}, result=shapes.Empty)
def delete(txn: Transaction, actor: Actor, input: One) -> Resource:
    """Delete a poll with its votes; the message that shows it stays, and says that it is gone."""
    delete_poll(txn, managed_poll(txn, actor, input.poll_id).poll.number)
    return {}


def _changed(txn: Transaction, found: Found, changed: Poll) -> Resource:
    if changed != found.poll:
        emit(txn, events.PollUpdated(*found.told, changed, found.state.last_text))
    return poll_resource(txn, changed.number)


def _check_times(txn: Transaction, close_at: int) -> None:
    if close_at != -1 and close_at * 1000 <= txn.now:
        raise OutOfRange('"close_at" must be in the future, in seconds, or -1.')


def _new_poll(user: int, input: Create) -> Poll:
    return Poll(
        0,
        input.title,
        user,
        0,
        input.data,
        input.allow_user_suggestion,
        input.allow_multiple_votes,
        input.is_anonymous,
        input.close_at,
    )


def _made_before(txn: Transaction, sequence: int) -> Resource:
    if not isinstance(txn.require(tables.LOG, sequence).event, events.PollCreated):
        raise IncompatibleValues('"req_id" was used for another kind of request.')
    if txn.get(tables.POLLS, sequence) is None:
        raise NotFound("Poll")
    return poll_resource(txn, sequence)
