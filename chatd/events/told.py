"""To whom an event is told."""

from __future__ import annotations

from chatd.model import Record


class OfChannel(Record, frozen=True):
    """Base of events that are told to the members of `channel`."""

    channel: int


class OfUser(Record, frozen=True):
    """Base of events that are told to the own devices of `user`, and to nobody else."""

    user: int
