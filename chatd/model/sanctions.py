"""What moderators do to people: mutes and bans."""

from __future__ import annotations

from chatd.model.record import Record


class Sanction(Record, frozen=True):
    """A mute or a ban of a user in a channel, by the event `sequence`; from `start` until `until`, in milliseconds."""

    sequence: int
    start: int
    until: int
    reason: str = ""
