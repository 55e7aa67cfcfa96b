"""What a member has set for a channel, with what was set for all: which is hidden, and from where on it is seen."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from chatd.domain.fold.settings import NONE
from chatd.domain.moderation.rules import shows_past
from chatd.model import ChannelState, OwnSettings
from chatd.model.settings import HIDDEN_UNTIL_MESSAGE, UNHIDDEN
from chatd.store import tables
from chatd.store.transaction import Transaction

HIDDEN_STATES: Final = ("unhidden", "hidden_allow_auto_unhide", "hidden_prevent_auto_unhide")
"""By UNHIDDEN, HIDDEN_UNTIL_MESSAGE, HIDDEN."""

Place = tuple[int, int]
"""Of a message in time: its time in milliseconds, and its id."""

BEGINNING: Final = (0, 0)
END: Final = (2**63 - 1, 0)


def settings_of(txn: Transaction, user: int, channel: int, since: int) -> OwnSettings:
    """What holds for a user who has been a member of a channel since the event `since`."""
    own = txn.get(tables.OWN_SETTINGS, user, channel) or NONE
    common = txn.get(tables.COMMON_SETTINGS, channel)
    return own if common is None else _together(own, common, since)


def hidden(settings: OwnSettings, state: ChannelState) -> int:
    """Whether a channel is hidden: HIDDEN_UNTIL_MESSAGE is so no more when one has come that is worth a badge.

    Nothing is written for that: a message costs the same in whatever number of lists it is hidden.
    """
    if settings.hidden == HIDDEN_UNTIL_MESSAGE and state.ordinal > settings.hidden_at:
        return UNHIDDEN
    return settings.hidden


def seen_after(txn: Transaction, user: int | None, channel: int) -> Place:
    """The place after which a user sees the messages of a channel; a backend sees all.

    Where settings say that the past is not shown, a member sees what came since, and nobody else anything.
    """
    if user is None:
        return BEGINNING
    own = txn.get(tables.OWN_SETTINGS, user, channel) or NONE
    common = txn.get(tables.COMMON_SETTINGS, channel) or NONE
    after = max((own.offset_at, own.offset), (common.offset_at, common.offset))
    found = txn.get(tables.CHANNELS, channel)
    if found is None or shows_past(txn, found):
        return after
    member = txn.get(tables.MEMBERS, channel, user)
    return END if member is None else max(after, (member.joined_at, member.since))


class Hidings:
    """Which channels a user hides, read at once for a list of them."""

    __slots__ = ("_has_common", "_own", "_txn", "_user")

    def __init__(self, txn: Transaction, user: int) -> None:
        self._txn = txn
        self._user = user
        self._own = {key[1]: own for key, own in txn.scan(tables.OWN_SETTINGS, user)}
        # Few applications ever hide a channel for all of its members.
        self._has_common = next(txn.scan(tables.COMMON_SETTINGS), None) is not None

    def __bool__(self) -> bool:
        """Whether there can be any."""
        return self._has_common or bool(self._own)

    def own(self, channel: int) -> OwnSettings:
        """What the user has set for a channel, without what was set for all."""
        return self._own.get(channel, NONE)

    def of(self, channel: int, state: ChannelState) -> int:
        """Whether a channel of the user is hidden."""
        own = self._own.get(channel, NONE)
        common = self._txn.get(tables.COMMON_SETTINGS, channel) if self._has_common else None
        member = self._txn.get(tables.MEMBERS, channel, self._user) if common is not None else None
        if common is not None and member is not None:
            own = _together(own, common, member.since)
        return hidden(own, state)


def _together(own: OwnSettings, common: OwnSettings, since: int) -> OwnSettings:
    """The newer of both; what was hidden for all was so for those who were members then."""
    if common.hidden_by > max(own.hidden_by, since):
        own = replace(own, hidden=common.hidden, hidden_by=common.hidden_by, hidden_at=common.hidden_at)
    if common.offset > own.offset:
        own = replace(own, offset=common.offset, offset_at=common.offset_at)
    return own
