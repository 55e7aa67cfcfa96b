"""What happens to filters, and what they find."""

from __future__ import annotations

from chatd.model import Moderation, Record


class ModerationChanged(Record, frozen=True, tag=153):
    """The settings of an application, or of a custom type, are others: the whole new ones."""

    moderation: Moderation


class ModerationRemoved(Record, frozen=True, tag=154):
    """A custom type has no settings of its own any more."""

    custom_type: str


class FilterHit(Record, frozen=True, tag=155):
    """A filter found something in what a user was to send; told to nobody.

    What was done about it is `action`: `replaced`, `blocked` or `detected`. With `is_last` the user was punished, by
    a `penalty` of `mute`, `kick` or `ban`, and it counts anew from there. `message` is what was sent, at `sent_at`.
    """

    channel: int
    user: int
    action: str
    is_last: bool = False
    message: int = 0
    sent_at: int = 0
    penalty: str = ""
