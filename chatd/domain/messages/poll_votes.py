"""Voting, and who has voted for what."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import membership
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import OptionalUserId, PageToken
from chatd.domain.messages.poll_access import PollId, check_open, choice_of, shared_poll, visible_poll
from chatd.domain.messages.poll_options import OptionId, find_option
from chatd.domain.messages.polls import MAX_OPTIONS
from chatd.domain.paging import Page
from chatd.domain.resources.polls import poll_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user
from chatd.errors import Forbidden, IncompatibleValues, Unacceptable
from chatd.model import Actor, PollState
from chatd.store import tables
from chatd.store.transaction import Transaction


class Vote(Input, frozen=True):
    """The whole new choice of the caller, or of the user whom a backend names; none takes it back."""

    poll_id: PollId
    option_ids: Annotated[tuple[OptionId, ...], Meta(max_length=MAX_OPTIONS)]
    user_id: OptionalUserId = ""


class Voters(Input, frozen=True):
    """The option whose voters to list."""

    poll_id: PollId
    option_id: OptionId
    token: PageToken = ""
    limit: Annotated[int, Meta(ge=1, le=100)] = 100


@command(
    "polls.vote",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"poll_id": "$poll", "option_ids": [1]},
    result=shapes.Poll,
)
def vote(txn: Transaction, actor: Actor, input: Vote) -> Resource:
    """Choose among the options of an open poll. Answers the poll."""
    found = shared_poll(txn, actor, input.poll_id)
    voter = acting_user(txn, actor, input.user_id).number
    if found.channel is None:
        raise Unacceptable("No message shows this poll yet.")
    if actor.user is None:
        membership(txn, found.channel.number, voter)
    check_open(txn, found.poll)
    options = tuple(sorted(set(input.option_ids)))
    for option in options:
        find_option(txn, found, option)
    if len(options) > 1 and not found.poll.allow_multiple_votes:
        raise IncompatibleValues("The poll takes one vote of each user.")
    number = found.poll.number
    if options != choice_of(txn, number, voter):
        channel = found.channel.number if _is_told(found.state) else 0
        emit(txn, events.PollVoted(number, channel, voter, voter, options))
    return poll_resource(txn, number) | {"voted_option_ids": list(options)}


@command(
    "polls.list_voters",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"poll_id": "$poll", "option_id": 1},
    result=shapes.Voters,
)
def list_voters(txn: Transaction, actor: Actor, input: Voters) -> Resource:
    """Who has voted for an option, in the order in which they came to the application. Nobody sees it if anonymous."""
    found = visible_poll(txn, actor, input.poll_id)
    option = find_option(txn, found, input.option_id)
    if found.poll.is_anonymous:
        raise Forbidden("The poll is anonymous.")
    page = Page(input.token, input.limit, (int,))
    for (_, _, user), _ in txn.scan(tables.POLL_VOTERS, found.poll.number, input.option_id, start=page.start):
        if not page.add((user,), basic_user(txn.require(tables.USERS, user))):
            break
    return {"vote_count": option.vote_count, "voters": page.items, "next": page.next}


def _is_told(state: PollState) -> bool:
    """Whether the channel is told of the next vote: of the first two hundred each, then of every hundredth part more.

    Otherwise a poll of many would be told as often as it has voters, to as many.
    """
    votes = state.votes + 1
    return votes % max(1, votes // 100) == 0
