"""The log of an application, and how long it keeps what."""

from __future__ import annotations

from chatd.model.record import Record


class Head(Record, frozen=True):
    """The end of an application's log: the last sequence number and its time, and the id of the log."""

    sequence: int
    time: int
    epoch: str


class Retention(Record, frozen=True):
    """How long messages are kept: so many seconds, and so many of a channel; -1 for ever and for all."""

    seconds: int = -1
    count: int = -1


class PrivacyRequest(Record, frozen=True):
    """That persons are to be forgotten. `user_ids` are kept until they are; then only the numbers in `users` are.

    Users that came to be after event `last` are others. `channels` says which channels go with them:
    `do_not_delete`, `1_on_1`, `all`. Of the log, what comes before `cursor` has been seen.

    With an `export` it is that somebody wants to know what is known of them, in the export of that number.
    """

    number: int
    user_ids: tuple[str, ...]
    channels: str
    created_at: int
    last: int
    status: str = "scheduled"
    users: tuple[int, ...] = ()
    cursor: int = 1
    export: int = 0
