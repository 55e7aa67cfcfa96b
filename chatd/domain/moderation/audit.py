"""The audit log: every act of moderation, with who did what on whom, where, when and why."""

from __future__ import annotations

from typing import Literal, NamedTuple

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import find_channel
from chatd.domain.command import Kind, Right, command
from chatd.domain.fields import OptionalChannelUrl, OptionalUserId
from chatd.domain.moderation.looking import Between, earliest, latest
from chatd.domain.resources.audit import act_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import note
from chatd.domain.users.people import find_user
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

ActKind = Literal[
    "message.deleted",
    "member.removed",
    "member.muted",
    "member.unmuted",
    "user.banned",
    "user.unbanned",
    "user.deactivated",
    "user.reactivated",
    "operator.added",
    "operator.removed",
    "channel.frozen",
    "channel.unfrozen",
    "channel.slowed",
    "channel.deleted",
    "permissions.changed",
    "report.dismissed",
    "report.reopened",
    "report.resolved",
    "settings.changed",
    "dashboard.called",
    "team.changed",
]


class List(Between, frozen=True):
    """A page of acts; filters combine. With `reverse` the first act comes first."""

    actor_id: OptionalUserId = ""
    user_id: OptionalUserId = ""
    channel_url: OptionalChannelUrl = ""
    kind: ActKind | None = None
    reverse: bool = False


@command(
    "audit.list",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"user_id": "member", "start_ts": 0, "limit": 50},
    result=shapes.Acts,
)
def list_acts(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Acts of moderation. A page of a narrow filter may have fewer than `limit`, or none, and still a `next`."""
    filters = _Filters(txn, input)
    page = input.page()
    look = earliest if input.reverse else latest
    for sequence, entry in look(txn, tables.ACTS, filters.scope, page, input):
        act = entry.event
        assert isinstance(act, events.ActNoted)
        if filters.pass_(act) and not page.add((sequence,), act_resource(txn, act, sequence, entry.time)):
            break
    return {"acts": page.items, "next": page.next}


class About(NamedTuple):
    """What an act is about: on whom, about which message, why, what exactly, until when in milliseconds."""

    user: int = 0
    message_id: int = 0
    reason: str = ""
    detail: str = ""
    until: int = 0


def note_act(txn: Transaction, actor: Actor | None, kind: ActKind, channel: Channel | None, about: About) -> None:
    """Write that somebody did something to keep order; None is the server itself.

    Called in the transaction that does it, and only when that changes something.
    """
    by = (actor.user or 0) if actor is not None else 0
    login = "" if actor is None else actor.login
    number, channel_url = (0, "") if channel is None else (channel.number, channel.channel_url)
    user, message_id, reason, detail, until = about
    by_server = actor is None
    note(txn, events.ActNoted(kind, by, user, number, channel_url, message_id, reason, detail, until, by_server, login))


class _Filters:
    """Which acts are wanted. `scope` is a number that all of them have, under which they are looked for."""

    def __init__(self, txn: Transaction, input: List) -> None:
        self._kind = input.kind
        self._actor = find_user(txn, input.actor_id).number if input.actor_id else 0
        self._user = find_user(txn, input.user_id).number if input.user_id else 0
        self._channel = find_channel(txn, input.channel_url).number if input.channel_url else 0
        self.scope = self._user or self._actor or self._channel

    def pass_(self, act: events.ActNoted) -> bool:
        return (
            self._kind in (None, act.kind)
            and self._actor in (0, act.actor)
            and self._user in (0, act.user)
            and self._channel in (0, act.channel)
        )
