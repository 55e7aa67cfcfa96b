"""What members may do in a channel: said for all channels of an application, and for each that is to be otherwise."""

from __future__ import annotations

from typing import get_args

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import Deed, find_channel, operated_channel, posting_channel
from chatd.domain.channels.open_access import operated_open
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.resources.permissions import channel_permissions
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS, NOBODY, OPERATORS
from chatd.domain.stream import emit, note
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction


class View(Input, frozen=True):
    """The channel."""

    channel_url: ChannelUrl


class ViewCommon(Input, frozen=True):
    """Nothing to say."""


class Update(Input, frozen=True):
    """Which deeds members may do in a channel, and which not; null is as the application has it. Others stay."""

    channel_url: ChannelUrl
    permissions: dict[Deed, bool | None]


class UpdateCommon(Input, frozen=True):
    """Which deeds members may do where a channel does not say it; null is as it is without. Others stay."""

    permissions: dict[Deed, bool | None]


@command(
    "permissions.view",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"channel_url": "garden"},
    result=shapes.ChannelPermissions,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """What those who are no operators may do in a channel now."""
    return channel_permissions(txn, posting_channel(txn, actor, input.channel_url))


@command(
    "permissions.update",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "permissions": {"mention_channel": False, "invite": True}},
    result=shapes.ChannelPermissions,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Say what members may do in a channel. Operators and backends may do all of it."""
    channel = _operated(txn, actor, input.channel_url)
    before = txn.get(tables.PERMISSIONS, channel.number) or {}
    changed = _changed(before, input.permissions)
    if changed != before:
        emit(txn, events.PermissionsChanged(channel.number, changed))
        note_act(txn, actor, "permissions.changed", channel, About(detail=_difference(before, changed)))
    return channel_permissions(txn, channel)


@command("applications.permissions", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.Permissions)
def view_common(txn: Transaction, actor: Actor, input: ViewCommon) -> Resource:
    """What is said for all channels."""
    return {"permissions": txn.get(tables.PERMISSIONS, 0) or {}}


@command(
    "applications.update_permissions",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"permissions": {"mention_channel": False, "invite": True}},
    result=shapes.Permissions,
)
def update_common(txn: Transaction, actor: Actor, input: UpdateCommon) -> Resource:
    """Say what members may do where a channel does not say it."""
    before = txn.get(tables.PERMISSIONS, 0) or {}
    changed = _changed(before, input.permissions)
    if changed != before:
        note(txn, events.PermissionsChanged(0, changed))
        note_act(txn, actor, "permissions.changed", None, About(detail=_difference(before, changed)))
    return {"permissions": changed}


def _operated(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """A channel of any kind of which the caller is an operator; any for a backend. Raises NotFound or Forbidden."""
    is_open = find_channel(txn, channel_url).is_open
    return operated_open(txn, actor, channel_url) if is_open else operated_channel(txn, actor, channel_url)


def _changed(before: dict[str, bool], changes: dict[Deed, bool | None]) -> dict[str, bool]:
    kept = {deed: said for deed, said in before.items() if deed not in changes}
    return dict(sorted((kept | {deed: said for deed, said in changes.items() if said is not None}).items()))


def _difference(before: dict[str, bool], after: dict[str, bool]) -> str:
    """What has changed, for people: `invite: yes, pin: as usual`."""
    words = {True: "yes", False: "no", None: "as usual"}
    changed = [deed for deed in get_args(Deed) if before.get(deed) != after.get(deed)]
    return ", ".join(f"{deed}: {words[after.get(deed)]}" for deed in changed)
