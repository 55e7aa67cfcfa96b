"""Polls, as they look from outside. Times are seconds, as the Platform API has them here."""

from __future__ import annotations

from itertools import islice
from typing import Final

from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Poll, PollOption
from chatd.store import tables
from chatd.store.transaction import Transaction

# Of so many voters an option says who they are.
PARTIAL_VOTERS: Final = 10


def is_open(poll: Poll, now: int) -> bool:
    """Whether one can vote at `now` (ms): a poll closes by itself."""
    return not poll.is_closed and not 0 <= poll.close_at * 1000 <= now


def poll_summary(txn: Transaction, number: int) -> Resource:
    """What a message shows of its poll when no more is asked for; of a deleted one that it is."""
    poll = txn.get(tables.POLLS, number)
    if poll is None:
        return {"id": number, "title": "", "status": "removed", "close_at": -1, "created_at": 0, "updated_at": 0}
    return {
        "id": number,
        "title": poll.title,
        "status": "open" if is_open(poll, txn.now) else "closed",
        "close_at": poll.close_at,
        "created_at": poll.created_at // 1000,
        "updated_at": poll.updated_at // 1000,
        "message_id": txn.require(tables.POLL_STATES, number).message,
    }


def poll_resource(txn: Transaction, number: int, *, show_partial_voter_list: bool = False) -> Resource:
    """A poll with its options and what was voted."""
    resource = poll_summary(txn, number)
    poll = txn.get(tables.POLLS, number)
    if poll is None:
        return resource
    state = txn.require(tables.POLL_STATES, number)
    channel = txn.get(tables.CHANNELS, state.channel) if state.channel else None
    options = [option_resource(txn, number, key[1], option) for key, option in txn.scan(tables.POLL_OPTIONS, number)]
    if show_partial_voter_list and not poll.is_anonymous:
        for option in options:
            option["partial_voter_list"] = _first_voters(txn, number, option["id"])
    return resource | {
        "channel_url": channel.channel_url if channel else "",
        "data": poll.data,
        "allow_user_suggestion": poll.allow_user_suggestion,
        "allow_multiple_votes": poll.allow_multiple_votes,
        "is_anonymous": poll.is_anonymous,
        "voter_count": state.voter_count,
        "created_by": txn.require(tables.USERS, poll.created_by).user_id,
        "options": options,
    }


def option_resource(txn: Transaction, poll: int, number: int, option: PollOption) -> Resource:
    """An option of a poll, with how many chose it."""
    return {
        "id": number,
        "poll_id": poll,
        "text": option.text,
        "vote_count": option.vote_count,
        "created_by": txn.require(tables.USERS, option.created_by).user_id,
        "created_at": option.created_at // 1000,
        "updated_at": option.updated_at // 1000,
    }


def _first_voters(txn: Transaction, poll: int, option: int) -> list[Resource]:
    keys = (key for key, _ in txn.scan(tables.POLL_VOTERS, poll, option))
    return [basic_user(txn.require(tables.USERS, user)) for _, _, user in islice(keys, PARTIAL_VOTERS)]
