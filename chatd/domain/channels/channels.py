"""Group channels: view, change, delete."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import editable_channel, known_channel, operated_channel
from chatd.domain.channels.access_codes import AccessCode, hashed
from chatd.domain.channels.admission import MAX_MEMBERS, member_count
from chatd.domain.channels.kinds import check_kind
from chatd.domain.channels.metadata import metadata_of
from chatd.domain.channels.operators import OperatorIds, replace_operators
from chatd.domain.channels.receipts import receipts_of
from chatd.domain.channels.settings import BEGINNING
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelName, ChannelUrl, CustomType, Data, Lasting, OptionalUserId, Url
from chatd.domain.fold.distinct import key_of
from chatd.domain.messages.auto_messages import say
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.moderation.expelling import put_out_banned
from chatd.domain.resources.channels import channel_resource, invited_channel_resource, own_channel_resource
from chatd.domain.resources.members import members_resource, operators_resource
from chatd.domain.resources.pins import pinned
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import ACQUAINTED, OPERATORS
from chatd.domain.stream import emit
from chatd.domain.users.people import find_user
from chatd.errors import AlreadyExists, Forbidden, TooManyItems
from chatd.model import Actor, Channel, ChannelState, Retention
from chatd.store import tables
from chatd.store.transaction import Transaction

# What an update takes over as it comes.
_CHANGING: Final = (
    "name",
    "cover_url",
    "custom_type",
    "data",
    "is_public",
    "is_distinct",
    "is_super",
    "is_discoverable",
)


class View(Input, frozen=True):
    """The channel to look at; with `user_id` a backend sees it as that member does."""

    channel_url: ChannelUrl
    show_member: bool = False
    show_read_receipt: bool = False
    show_delivery_receipt: bool = False
    show_metadata: bool = False
    user_id: OptionalUserId = ""


class Update(Input, frozen=True):
    """What is to change about a channel; what is absent stays.

    For backends, how long messages are kept, in seconds, and how many of them: -1 for ever and for all, 0 as the
    application has it.
    """

    channel_url: ChannelUrl
    name: ChannelName | None = None
    cover_url: Url | None = None
    custom_type: CustomType | None = None
    data: Data | None = None
    is_public: bool | None = None
    is_distinct: bool | None = None
    is_super: bool | None = None
    is_discoverable: bool | None = None
    access_code: AccessCode | None = None
    operator_ids: OperatorIds | None = None
    message_survival_seconds: Lasting | None = None
    message_survival_count: Lasting | None = None


class Delete(Input, frozen=True):
    """The channel to delete, with its messages."""

    channel_url: ChannelUrl


@command(
    "channels.view",
    Right.BOTH,
    Kind.READ,
    people=("members",),
    roles=ACQUAINTED,
    example={"channel_url": "garden", "show_member": True},
    result=shapes.GroupChannel,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One channel, as everybody or as one of its members sees it."""
    channel = known_channel(txn, actor, input.channel_url)
    resource = as_seen_by(txn, actor, channel, input.user_id)
    if input.show_member:
        resource["members"] = members_resource(
            txn, channel.number, show_read=input.show_read_receipt, show_delivery=input.show_delivery_receipt
        )
    resource |= receipts_of(txn, channel.number, read=input.show_read_receipt, delivered=input.show_delivery_receipt)
    if input.show_metadata:
        resource["metadata"] = metadata_of(txn, channel.number)
    resource["operators"] = operators_resource(txn, channel.number)
    return resource | pinned(txn, channel)


@command(
    "channels.update",
    Right.BOTH,
    Kind.WRITE,
    people=("members",),
    roles=OPERATORS,
    example={"channel_url": "garden", "name": "Rose garden"},
    result=shapes.GroupChannel,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change a channel's settings."""
    channel = editable_channel(txn, actor, input.channel_url)
    changes = {name: getattr(input, name) for name in _CHANGING if getattr(input, name) is not None}
    if input.access_code is not None:
        changes["access_code"] = hashed(input.access_code)
    changed = replace(channel, **changes, retention=_retention(actor, channel, input))
    _check_change(txn, channel, changed)
    if changed != channel:
        emit(txn, events.ChannelUpdated(changed))
    if changed.name != channel.name:
        say(txn, channel.number, "channel_change", before=channel.name)
    if changed.custom_type != channel.custom_type:
        put_out_banned(txn, changed)
    if input.operator_ids is not None:
        operated_channel(txn, actor, input.channel_url)
        replace_operators(txn, actor, channel, input.operator_ids)
    return whole(txn, changed)


@command(
    "channels.delete", Right.BOTH, Kind.WRITE, roles=OPERATORS, example={"channel_url": "garden"}, result=shapes.Empty
)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Delete a channel and its messages for everyone."""
    channel = operated_channel(txn, actor, input.channel_url)
    emit(txn, events.ChannelDeleted(channel.number, channel.channel_url))
    note_act(txn, actor, "channel.deleted", channel, About())
    return {}


def _check_change(txn: Transaction, before: Channel, changed: Channel) -> None:
    """Raise an error when a channel cannot be what it would be."""
    check_kind(changed)
    if before.is_super and not changed.is_super and member_count(txn, before.number) > MAX_MEMBERS:
        raise TooManyItems(f"Only a super channel has more than {MAX_MEMBERS} members.")
    if changed.is_distinct and txn.get(tables.DISTINCT, *key_of(txn, changed)) not in (None, before.number):
        raise AlreadyExists("There is another distinct channel of these members.")


def _retention(actor: Actor, channel: Channel, input: Update) -> Retention:
    seconds, count = input.message_survival_seconds, input.message_survival_count
    if actor.user is not None and (seconds, count) != (None, None):
        raise Forbidden("Only a backend may say how long messages are kept.")
    before = channel.retention
    return Retention(before.seconds if seconds is None else seconds, before.count if count is None else count)


def as_seen_by(txn: Transaction, actor: Actor, channel: Channel, user_id: str = "") -> Resource:
    """A channel with the fields of the caller's own membership, or of the user whom a backend names."""
    state = txn.require(tables.CHANNEL_STATES, channel.number)
    user = actor.user if actor.user is not None else find_user(txn, user_id).number if user_id else None
    return seen_by(txn, channel, state, user)


def seen_by(txn: Transaction, channel: Channel, state: ChannelState, user: int | None) -> Resource:
    """A channel with the fields of a user's own membership or invitation; None is everybody."""
    member = txn.get(tables.MEMBERS, channel.number, user) if user is not None else None
    if user is not None and member is not None:
        return own_channel_resource(txn, channel, state, member, user)
    invitation = txn.get(tables.INVITATIONS, channel.number, user) if user is not None else None
    if invitation is not None:
        return invited_channel_resource(txn, channel, state, invitation)
    return channel_resource(txn, channel, state, BEGINNING if user is None else None)


def whole(txn: Transaction, channel: Channel, *, is_created: bool = False) -> Resource:
    """A channel with members and operators, as changes to it answer."""
    resource = channel_resource(txn, channel, txn.require(tables.CHANNEL_STATES, channel.number))
    resource["members"] = members_resource(txn, channel.number)
    resource["operators"] = operators_resource(txn, channel.number)
    resource["is_created"] = is_created
    return resource
