"""What is told of polls."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.polls import poll_resource
from chatd.domain.resources.resource import Resource
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.PollCreated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _whole(txn, "poll.created", sequence)


@render.register
def _(event: events.PollUpdated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _whole(txn, "poll.updated", event.poll)


@render.register
def _(event: events.PollOptionAdded, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _whole(txn, "poll.updated", event.poll)


@render.register
def _(event: events.PollOptionUpdated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _whole(txn, "poll.updated", event.poll)


@render.register
def _(event: events.PollOptionRemoved, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _whole(txn, "poll.updated", event.poll)


@render.register
def _(event: events.PollVoted, txn: Transaction, sequence: int, time: int) -> Resource | None:
    """The counts as they are now, and who chose what unless the poll is anonymous."""
    poll = txn.get(tables.POLLS, event.poll)
    if poll is None:
        return None
    state = txn.require(tables.POLL_STATES, event.poll)
    options = txn.scan(tables.POLL_OPTIONS, event.poll)
    data: Resource = {
        "type": "poll.voted",
        "poll_id": event.poll,
        "message_id": state.message,
        "voter_count": state.voter_count,
        "options": [{"id": key[1], "vote_count": option.vote_count} for key, option in options],
    }
    if not poll.is_anonymous:
        data["user_id"] = txn.require(tables.USERS, event.voter).user_id
        data["option_ids"] = list(event.options)
    return _placed(txn, data, event.channel)


@render.register
def _(event: events.PollDeleted, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _placed(txn, {"type": "poll.deleted", "poll_id": event.poll}, event.channel)


def _whole(txn: Transaction, kind: str, number: int) -> Resource | None:
    state = txn.get(tables.POLL_STATES, number)
    if state is None or (state.channel and txn.get(tables.CHANNELS, state.channel) is None):
        return None
    poll = poll_resource(txn, number)
    data: Resource = {"type": kind, "poll": poll}
    return data | ({"channel_url": poll["channel_url"]} if poll["channel_url"] else {})


def _placed(txn: Transaction, data: Resource, number: int) -> Resource | None:
    """With the channel whose members are told; None when it is gone."""
    if not number:
        return data
    channel = txn.get(tables.CHANNELS, number)
    return None if channel is None else data | {"channel_url": channel.channel_url}
