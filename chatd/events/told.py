"""To whom an event is told."""

from __future__ import annotations

from chatd.model import Record


class OfChannel(Record, frozen=True):
    """Base of events that are told to the members of `channel`."""

    channel: int


class OfUser(Record, frozen=True):
    """Base of events that are told to the own devices of `user`, and to nobody else."""

    user: int


class OfPoll(Record, frozen=True):
    """Base of events of a poll: told to the members of `channel`, or when that is 0 to the own devices of `user`."""

    poll: int
    channel: int
    user: int
