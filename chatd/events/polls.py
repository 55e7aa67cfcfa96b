"""What happens to polls.

Each event that holds a text says which one before it did (`before`), so that all of them can be scrubbed.
"""

from __future__ import annotations

from chatd.events.told import OfPoll
from chatd.model import Poll, Record


class PollCreated(Record, frozen=True, tag=62):
    """A poll came into being; `poll.number` is 0 here and is this event's sequence number. No message shows it yet."""

    poll: Poll
    options: tuple[str, ...]
    req_id: str = ""


class PollUpdated(OfPoll, frozen=True, tag=63):
    """A poll was changed or closed; `changed` is the whole new record."""

    changed: Poll
    before: int


class PollOptionAdded(OfPoll, frozen=True, tag=64):
    """Somebody, `author`, added an option."""

    option: int
    text: str
    author: int
    before: int


class PollOptionUpdated(OfPoll, frozen=True, tag=65):
    """The text of an option, which is by `author`, was changed."""

    option: int
    text: str
    author: int
    before: int


class PollOptionRemoved(OfPoll, frozen=True, tag=66):
    """An option for which nobody had voted is gone."""

    option: int


class PollVoted(OfPoll, frozen=True, tag=67):
    """A user chose: `options` are the whole new choice, and none takes it back."""

    voter: int
    options: tuple[int, ...] = ()


class PollDeleted(OfPoll, frozen=True, tag=68):
    """A poll is gone, with the votes of users up to number `until`; for the rest of them the event comes again.

    What was written is scrubbed from the log in the same commit.
    """

    until: int = 0
