"""The options of polls: added, changed, removed while nobody has voted for them."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import OptionalUserId
from chatd.domain.messages.poll_access import (
    Found,
    PollId,
    check_open,
    check_writing,
    manages,
    shared_poll,
    visible_poll,
)
from chatd.domain.messages.polls import MAX_OPTIONS, OptionText
from chatd.domain.resources.polls import option_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS, OPERATORS, WRITERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user
from chatd.errors import Forbidden, NotFound, TooManyItems, Unacceptable
from chatd.model import Actor, PollOption
from chatd.store import tables
from chatd.store.transaction import Transaction

OptionId = Annotated[int, Meta(ge=1, le=2**32)]


class Add(Input, frozen=True):
    """A new option; a backend names in `user_id` who suggests it, or adds it for the maker of the poll."""

    poll_id: PollId
    text: OptionText
    user_id: OptionalUserId = ""


class One(Input, frozen=True):
    """An option of a poll."""

    poll_id: PollId
    option_id: OptionId


class Update(One, frozen=True, kw_only=True):
    """The new text of an option."""

    text: OptionText


@command(
    "polls.add_option",
    Right.BOTH,
    Kind.WRITE,
    roles=WRITERS,
    example={"poll_id": "$poll", "text": "herbal"},
    result=shapes.PollOption,
)
def add(txn: Transaction, actor: Actor, input: Add) -> Resource:
    """Add an option to a poll that is open: who may change the poll, or everybody where suggestions are allowed.

    A text that is there already is not added again: the answer is the option that has it.
    """
    found = shared_poll(txn, actor, input.poll_id)
    check_open(txn, found.poll)
    if not found.poll.allow_user_suggestion and not manages(txn, actor, found):
        raise Forbidden("The poll takes no suggestions.")
    number = found.poll.number
    options = {option.text: (key[1], option) for key, option in txn.scan(tables.POLL_OPTIONS, number)}
    if input.text in options:
        return option_resource(txn, number, *options[input.text])
    if len(options) >= MAX_OPTIONS:
        raise TooManyItems(f"A poll has at most {MAX_OPTIONS} options.")
    author = found.poll.created_by
    if actor.user is not None or input.user_id:
        author = acting_user(txn, actor, input.user_id).number
    check_writing(txn, actor, found, author)
    option = found.state.last_option + 1
    emit(txn, events.PollOptionAdded(*found.told, option, input.text, author, found.state.last_text))
    return option_resource(txn, number, option, txn.require(tables.POLL_OPTIONS, number, option))


@command(
    "polls.view_option",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"poll_id": "$poll", "option_id": 1},
    result=shapes.PollOption,
)
def view(txn: Transaction, actor: Actor, input: One) -> Resource:
    """One option of a poll."""
    found = visible_poll(txn, actor, input.poll_id)
    return option_resource(txn, found.poll.number, input.option_id, find_option(txn, found, input.option_id))


@command(
    "polls.update_option",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"poll_id": "$poll", "option_id": 1, "text": "white"},
    result=shapes.PollOption,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change the text of an option: who suggested it, or who may change the poll."""
    found, option = _changeable(txn, actor, input)
    check_writing(txn, actor, found, actor.user or 0)
    author, before = option.created_by, found.state.last_text
    if option.text != input.text:
        emit(txn, events.PollOptionUpdated(*found.told, input.option_id, input.text, author, before))
    changed = txn.require(tables.POLL_OPTIONS, found.poll.number, input.option_id)
    return option_resource(txn, found.poll.number, input.option_id, changed)


@command(
    "polls.delete_option",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"poll_id": "$poll", "option_id": 1},
    result=shapes.Empty,
)
def delete(txn: Transaction, actor: Actor, input: One) -> Resource:
    """Remove an option for which nobody has voted: who suggested it, or who may change the poll."""
    found, option = _changeable(txn, actor, input)
    if option.vote_count:
        raise Unacceptable("Somebody has voted for this option.")
    emit(txn, events.PollOptionRemoved(*found.told, input.option_id))
    return {}


def find_option(txn: Transaction, found: Found, number: int) -> PollOption:
    """An option of a poll. Raises NotFound."""
    option = txn.get(tables.POLL_OPTIONS, found.poll.number, number)
    if option is None:
        raise NotFound("Option")
    return option


def _changeable(txn: Transaction, actor: Actor, input: One) -> tuple[Found, PollOption]:
    """An option that the caller may change, with its poll, which is open."""
    found = shared_poll(txn, actor, input.poll_id)
    option = find_option(txn, found, input.option_id)
    if actor.user != option.created_by and not manages(txn, actor, found):
        raise Forbidden("Only who suggested an option, or who may change the poll, may change it.")
    check_open(txn, found.poll)
    return found, option
