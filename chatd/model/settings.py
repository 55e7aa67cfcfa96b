"""What members set for their channels."""

from __future__ import annotations

from chatd.model.record import Record

UNHIDDEN, HIDDEN_UNTIL_MESSAGE, HIDDEN = range(3)
COUNT_ALL, COUNT_MESSAGES, COUNT_MENTIONS, COUNT_NOTHING = range(4)


class OwnSettings(Record, frozen=True):
    """What a member has set for a channel, or what was set for all of its members.

    `hidden` is so since the event `hidden_by`, when the channel's ordinal was `hidden_at`. What the log has up to the
    event `offset`, at `offset_at` in milliseconds, is not seen any more. `push` is which messages the member is
    notified of, by its number in `chatd.domain.resources.notifications.TRIGGERS`, 0 as in all channels. `counts` is
    what of the unread is counted.
    """

    hidden: int = UNHIDDEN
    hidden_by: int = 0
    hidden_at: int = 0
    offset: int = 0
    offset_at: int = 0
    push: int = 0
    sound: str = ""
    counts: int = COUNT_ALL

    @property
    def counts_messages(self) -> bool:
        """Whether unread messages are counted."""
        return self.counts in (COUNT_ALL, COUNT_MESSAGES)

    @property
    def counts_mentions(self) -> bool:
        """Whether unread mentions are counted."""
        return self.counts in (COUNT_ALL, COUNT_MENTIONS)
