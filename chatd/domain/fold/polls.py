"""How polls come, change and go."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.model import Message, PollOption, PollState
from chatd.store import tables
from chatd.store.requests import remember
from chatd.store.transaction import Transaction


def show(txn: Transaction, message: Message, message_id: int) -> None:
    """A message shows a poll, which so becomes one of its channel."""
    _move(txn, message.poll, message.channel, message_id)


def hide(txn: Transaction, message: Message) -> None:
    """The message that shows a poll is gone: the poll is its maker's again, if it is still there."""
    state = txn.get(tables.POLL_STATES, message.poll)
    if state is not None and state.message == message.message_id:
        _move(txn, message.poll, 0, 0)


@apply.register
def _(event: events.PollCreated, txn: Transaction, sequence: int, time: int) -> None:
    poll = replace(event.poll, number=sequence, created_at=event.poll.created_at or time)
    txn.put(tables.POLLS, sequence, value=poll)
    txn.put(tables.POLL_STATES, sequence, value=PollState(len(event.options), sequence))
    for number, text in enumerate(event.options, 1):
        txn.put(tables.POLL_OPTIONS, sequence, number, value=PollOption(text, poll.created_by, poll.created_at))
    txn.put(tables.POLL_LISTS, poll.created_by, sequence)
    if event.req_id:
        remember(txn, poll.created_by, event.req_id, sequence)


@apply.register
def _(event: events.PollUpdated, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.POLLS, event.poll, value=replace(event.changed, updated_at=time))
    _written(txn, event.poll, sequence)


@apply.register
def _(event: events.PollOptionAdded, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.POLL_OPTIONS, event.poll, event.option, value=PollOption(event.text, event.author, time))
    state = txn.require(tables.POLL_STATES, event.poll)
    txn.put(tables.POLL_STATES, event.poll, value=replace(state, last_option=event.option))
    _written(txn, event.poll, sequence)


@apply.register
def _(event: events.PollOptionUpdated, txn: Transaction, sequence: int, time: int) -> None:
    option = txn.require(tables.POLL_OPTIONS, event.poll, event.option)
    value = replace(option, text=event.text, updated_at=time)
    txn.put(tables.POLL_OPTIONS, event.poll, event.option, value=value)
    _written(txn, event.poll, sequence)


@apply.register
def _(event: events.PollOptionRemoved, txn: Transaction, sequence: int, time: int) -> None:
    txn.delete(tables.POLL_OPTIONS, event.poll, event.option)


@apply.register
def _(event: events.PollVoted, txn: Transaction, sequence: int, time: int) -> None:
    before = _take_back(txn, event.poll, event.voter)
    state = txn.get(tables.POLL_STATES, event.poll)
    if state is None:
        _note_votes_left(txn, event.poll)
        return
    for option in before:
        _count(txn, event.poll, option, -1)
    for option in event.options:
        _count(txn, event.poll, option, 1)
        txn.put(tables.POLL_VOTERS, event.poll, option, event.voter)
    if event.options:
        txn.put(tables.POLL_CHOICES, event.poll, event.voter, value=event.options)
    voters = state.voter_count + bool(event.options) - bool(before)
    txn.put(tables.POLL_STATES, event.poll, value=replace(state, voter_count=voters, votes=state.votes + 1))


@apply.register
def _(event: events.PollDeleted, txn: Transaction, sequence: int, time: int) -> None:
    state = txn.get(tables.POLL_STATES, event.poll)
    if state is not None:
        poll = txn.require(tables.POLLS, event.poll)
        txn.delete(tables.POLL_LISTS, state.channel or poll.created_by, event.poll)
        txn.delete(tables.POLLS, event.poll)
        txn.delete(tables.POLL_STATES, event.poll)
        for key, _ in list(txn.scan(tables.POLL_OPTIONS, event.poll)):
            txn.delete(tables.POLL_OPTIONS, *key)
    for user in _voters_until(txn, event.poll, event.until):
        _take_back(txn, event.poll, user)
    _note_votes_left(txn, event.poll)


def _move(txn: Transaction, number: int, channel: int, message_id: int) -> None:
    state = txn.require(tables.POLL_STATES, number)
    creator = txn.require(tables.POLLS, number).created_by
    txn.delete(tables.POLL_LISTS, state.channel or creator, number)
    txn.put(tables.POLL_LISTS, channel or creator, number)
    txn.put(tables.POLL_STATES, number, value=replace(state, channel=channel, message=message_id))


def _written(txn: Transaction, poll: int, sequence: int) -> None:
    state = txn.require(tables.POLL_STATES, poll)
    txn.put(tables.POLL_STATES, poll, value=replace(state, last_text=sequence))


def _count(txn: Transaction, poll: int, number: int, change: int) -> None:
    option = txn.require(tables.POLL_OPTIONS, poll, number)
    value = replace(option, vote_count=option.vote_count + change)
    txn.put(tables.POLL_OPTIONS, poll, number, value=value)


def _take_back(txn: Transaction, poll: int, user: int) -> tuple[int, ...]:
    """Remove the choice of a user; what it was."""
    before = txn.get(tables.POLL_CHOICES, poll, user) or ()
    for option in before:
        txn.delete(tables.POLL_VOTERS, poll, option, user)
    txn.delete(tables.POLL_CHOICES, poll, user)
    return before


def _voters_until(txn: Transaction, poll: int, last: int) -> list[int]:
    found = []
    for (_, user), _ in txn.scan(tables.POLL_CHOICES, poll):
        if user > last:
            break
        found.append(user)
    return found


def _note_votes_left(txn: Transaction, poll: int) -> None:
    """Of a poll that is gone, whether votes are still to be removed."""
    if next(txn.scan(tables.POLL_CHOICES, poll), None) is not None:
        txn.put(tables.DELETED_POLLS, poll)
    else:
        txn.delete(tables.DELETED_POLLS, poll)
