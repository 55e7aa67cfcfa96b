"""Who may see and change a poll.

Until a message shows it, a poll is its maker's alone. Then it belongs to the channel of that message.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from msgspec import Meta

from chatd.domain.channels.access import is_operator, member_channel, visible_channel
from chatd.domain.messages.posting import check_posting
from chatd.domain.resources.polls import is_open
from chatd.errors import Forbidden, NotFound, Unacceptable
from chatd.model import Actor, Channel, Poll, PollState
from chatd.store import tables
from chatd.store.transaction import Transaction

PollId = Annotated[int, Meta(ge=1, le=2**53)]


class Found(NamedTuple):
    """A poll, what moves with it, and the channel that shows it, if any."""

    poll: Poll
    state: PollState
    channel: Channel | None

    @property
    def told(self) -> tuple[int, int, int]:
        """The first fields of its events: which poll, and who is told."""
        return self.poll.number, self.channel.number if self.channel else 0, self.poll.created_by


def visible_poll(txn: Transaction, actor: Actor, number: int) -> Found:
    """A poll that the caller may see. Raises NotFound."""
    found = _find(txn, number)
    if found.channel is not None:
        visible_channel(txn, actor, found.channel.channel_url)
    elif actor.user not in (None, found.poll.created_by):
        raise NotFound("Poll")
    return found


def shared_poll(txn: Transaction, actor: Actor, number: int) -> Found:
    """A poll in whose channel the caller takes part. Raises NotFound, Forbidden."""
    found = visible_poll(txn, actor, number)
    if found.channel is not None:
        member_channel(txn, actor, found.channel.channel_url)
    return found


def managed_poll(txn: Transaction, actor: Actor, number: int) -> Found:
    """A poll that the caller may change: its maker, an operator of its channel, a backend.

    Raises NotFound, Forbidden.
    """
    found = visible_poll(txn, actor, number)
    if not manages(txn, actor, found):
        raise Forbidden("Only its maker or an operator of the channel may change a poll.")
    return found


def manages(txn: Transaction, actor: Actor, found: Found) -> bool:
    """Whether the caller is the maker of a poll, an operator of its channel, or a backend."""
    if actor.user in (None, found.poll.created_by):
        return True
    return found.channel is not None and is_operator(txn, found.channel, actor.user or 0)


def check_writing(txn: Transaction, actor: Actor, found: Found, user: int) -> None:
    """Raise what `check_posting` does when a user may not write in the channel that shows a poll."""
    if found.channel is not None and actor.user is not None:
        check_posting(txn, actor, found.channel, user)


def choice_of(txn: Transaction, poll: int, user: int) -> tuple[int, ...]:
    """The options that a user has chosen."""
    return txn.get(tables.POLL_CHOICES, poll, user) or ()


def check_unshown(txn: Transaction, actor: Actor, sender: int, number: int) -> None:
    """Raise unless a new message may show a poll: the maker's own, which no other message shows.

    Raises NotFound, Forbidden for the poll of another user, Unacceptable for one that is shown.
    """
    found = visible_poll(txn, actor, number)
    if sender not in (0, found.poll.created_by):
        raise Forbidden("Only its maker may send a poll.")
    if found.state.message:
        raise Unacceptable("Another message shows this poll.")


def check_open(txn: Transaction, poll: Poll) -> None:
    """Raise Unacceptable when a poll is closed."""
    if not is_open(poll, txn.now):
        raise Unacceptable("The poll is closed.")


def _find(txn: Transaction, number: int) -> Found:
    poll = txn.get(tables.POLLS, number)
    if poll is None:
        raise NotFound("Poll")
    state = txn.require(tables.POLL_STATES, number)
    channel = txn.get(tables.CHANNELS, state.channel) if state.channel else None
    if state.channel and channel is None:
        raise NotFound("Poll")
    return Found(poll, state, channel)
