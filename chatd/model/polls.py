"""Polls, what may be chosen in them, and what was."""

from __future__ import annotations

import msgspec

from chatd.model.record import Record


class Poll(Record, frozen=True):
    """A poll: what its maker says of it. `close_at` is in seconds, -1 for never; it closes by itself then."""

    number: int
    title: str
    created_by: int
    created_at: int
    data: dict[str, str] = msgspec.field(default_factory=dict)
    allow_user_suggestion: bool = False
    allow_multiple_votes: bool = False
    is_anonymous: bool = False
    close_at: int = -1
    is_closed: bool = False
    updated_at: int = 0


class PollState(Record, frozen=True):
    """What moves with a poll.

    `last_option` is the highest number that an option was given, `voter_count` how many users have a choice, `votes`
    how often any of them has made one. `channel` and `message` show the poll, 0 for none. `last_text` is the event
    that last wrote something: from there the others are found.
    """

    last_option: int
    last_text: int
    voter_count: int = 0
    votes: int = 0
    channel: int = 0
    message: int = 0


class PollOption(Record, frozen=True):
    """Something to choose; its number is that in its poll, from 1 on."""

    text: str
    created_by: int
    created_at: int
    updated_at: int = 0
    vote_count: int = 0
