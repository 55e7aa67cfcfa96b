"""What members set for their channels."""

from __future__ import annotations

from chatd.model.record import Record

UNHIDDEN, HIDDEN_UNTIL_MESSAGE, HIDDEN = range(3)


class OwnSettings(Record, frozen=True):
    """What a member has set for a channel, or what was set for all of its members.

    `hidden` is so since the event `hidden_by`, when the channel's ordinal was `hidden_at`. What the log has up to the
    event `offset`, at `offset_at` in milliseconds, is not seen any more.
    """

    hidden: int = UNHIDDEN
    hidden_by: int = 0
    hidden_at: int = 0
    offset: int = 0
    offset_at: int = 0
