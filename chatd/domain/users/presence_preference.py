"""Who may see whether a user is online: everybody, those who share a channel with them, or nobody."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final, Literal

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.memberships import channels_of
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import OptionalUserId
from chatd.domain.fold.users import EVERYBODY
from chatd.domain.moderation.blocks import has_blocked
from chatd.domain.resources.resource import Resource
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

NOBODY: Final = "nobody"


class View(Input, frozen=True):
    """Whose preference to look at."""

    user_id: OptionalUserId = ""


class Update(Input, frozen=True):
    """Who may see a user's presence from now on."""

    visible_to: Literal["everybody", "contacts", "nobody"]
    user_id: OptionalUserId = ""


@command("users.view_presence_preference", Right.BOTH, Kind.READ, example={}, result=shapes.PresencePreference)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """Who may see a user's presence."""
    return {"visible_to": visible_to(txn, acting_user(txn, actor, input.user_id).number)}


@command(
    "users.update_presence_preference",
    Right.BOTH,
    Kind.WRITE,
    example={"visible_to": "contacts"},
    result=shapes.PresencePreference,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Say who may see a user's presence. Backends and the user see it in any case."""
    user = acting_user(txn, actor, input.user_id).number
    if visible_to(txn, user) != input.visible_to:
        emit(txn, events.PresencePreferenceChanged(user, input.visible_to))
    return {"visible_to": input.visible_to}


def visible_to(txn: Transaction, user: int) -> str:
    """Who may see a user's presence."""
    return txn.get(tables.PRESENCE_PREFERENCES, user) or EVERYBODY


class Viewer:
    """Somebody who looks at the presence of others; None is a backend. For one moment: what was looked up is kept."""

    def __init__(self, txn: Transaction, user: int | None) -> None:
        self._txn = txn
        self._user = user

    def sees(self, user: int) -> bool:
        """Whether a user's presence is visible here."""
        if self._user is None or self._user == user:
            return True
        if has_blocked(self._txn, user, self._user):
            return False
        audience = visible_to(self._txn, user)
        if audience in (EVERYBODY, NOBODY):
            return audience == EVERYBODY
        return not self._channels.isdisjoint(channels_of(self._txn, user))

    @cached_property
    def _channels(self) -> frozenset[int]:
        return frozenset(channels_of(self._txn, self._user or 0))


def viewers_of(txn: Transaction, user: int, viewers: Iterable[int]) -> set[int]:
    """Those of some users who may see a user's presence: none whom the user has blocked."""
    audience = visible_to(txn, user)
    allowed = {each for each in viewers if not has_blocked(txn, user, each)}
    if audience == EVERYBODY:
        return allowed
    channels = [] if audience == NOBODY else channels_of(txn, user)
    return {each for each in allowed if each == user or _is_in(txn, each, channels)}


def _is_in(txn: Transaction, user: int, channels: list[int]) -> bool:
    return any(txn.get(tables.MEMBERS, channel, user) is not None for channel in channels)
