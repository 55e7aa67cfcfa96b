"""What users report."""

from __future__ import annotations

from chatd.model import Record


class ReportMade(Record, frozen=True, tag=151):
    """Somebody reported a message, a user or a channel, whose number is `target`; told to nobody.

    `reporter` is 0 for a backend. `offender` is the user whom it is about, 0 for none; `channel` is where, with the
    URL that it had. Of a message it has a copy: its text, the names of its files, and when it was sent.
    """

    report_type: str
    category: str
    reporter: int
    target: int
    offender: int = 0
    channel: int = 0
    channel_url: str = ""
    description: str = ""
    text: str = ""
    files: tuple[str, ...] = ()
    sent_at: int = 0


class ReportsMoved(Record, frozen=True, tag=156):
    """Reports, by their numbers, have got a status: `open`, `resolved` or `dismissed`; told to nobody."""

    reports: tuple[int, ...]
    status: str
