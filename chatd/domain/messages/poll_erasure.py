"""What a person who is forgotten has left in polls: their own polls, what they suggested to others, their votes."""

from __future__ import annotations

from chatd import events
from chatd.domain.messages.poll_removal import delete_poll
from chatd.domain.stream import emit, note
from chatd.store import requests, tables
from chatd.store.transaction import Transaction


def erase_poll_event(
    txn: Transaction, event: events.PollCreated | events.PollOptionAdded | events.PollVoted, sequence: int
) -> None:
    """Take from the state what follows from an event of theirs, before it is cleaned in the log.

    Their polls go, with the votes of others. An option stays for those who voted for it, and says nothing any more.
    """
    match event:
        case events.PollCreated(poll, req_id=req_id):
            if req_id:
                requests.forget(txn, poll.created_by, req_id, sequence)
            delete_poll(txn, sequence)
        case events.PollOptionAdded():
            _empty_option(txn, event)
        case events.PollVoted():
            if txn.get(tables.POLL_CHOICES, event.poll, event.voter):
                _tell(txn, events.PollVoted(event.poll, *_place(txn, event.poll), event.voter))


def _empty_option(txn: Transaction, event: events.PollOptionAdded) -> None:
    option = txn.get(tables.POLL_OPTIONS, event.poll, event.option)
    if option is not None and option.text:
        before = txn.require(tables.POLL_STATES, event.poll).last_text
        place = _place(txn, event.poll)
        _tell(txn, events.PollOptionUpdated(event.poll, *place, event.option, "", event.author, before))


def _place(txn: Transaction, number: int) -> tuple[int, int]:
    """The channel and the user who are told of a poll: neither when it is gone, or its channel."""
    poll, state = txn.get(tables.POLLS, number), txn.get(tables.POLL_STATES, number)
    if poll is None or state is None or (state.channel and txn.get(tables.CHANNELS, state.channel) is None):
        return 0, 0
    return state.channel, poll.created_by


def _tell(txn: Transaction, event: events.PollVoted | events.PollOptionUpdated) -> None:
    """Write an event of a poll, which may be gone: then there is nobody to tell."""
    if event.user:
        emit(txn, event)
    else:
        note(txn, event)
