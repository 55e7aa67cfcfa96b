"""Incoming webhooks: secret addresses, each of one channel, at which any program posts messages.

What is posted comes from a user that is made for the webhook and is a member of the channel. So everything that holds
for messages of members holds for it too, and moderators can mute it.
"""

from __future__ import annotations

import secrets
from typing import Annotated, Final

from msgspec import Meta

from chatd import events, ids
from chatd.domain import shapes
from chatd.domain.channels.access import operated_channel
from chatd.domain.channels.admission import admit
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, Url, UserId
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import OPERATORS
from chatd.domain.stream import emit
from chatd.errors import NotFound, TooManyItems, Unacceptable
from chatd.model import Actor, Channel, IncomingWebhook, User
from chatd.store import tables
from chatd.store.transaction import Transaction

# Of one channel.
MAX_INCOMING: Final = 10
PATH: Final = "/hooks/"

Name = Annotated[str, Meta(min_length=1, max_length=80)]


class Create(Input, frozen=True):
    """A new address of a channel, and what the one who posts there is called and looks like."""

    channel_url: ChannelUrl
    name: Name
    profile_url: Url = ""


class List(Input, frozen=True):
    """The channel whose addresses to list."""

    channel_url: ChannelUrl


class Revoke(Input, frozen=True):
    """The address of a channel to end, by the id of its user."""

    channel_url: ChannelUrl
    webhook_id: UserId


@command(
    "incoming_webhooks.create",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "name": "Weather", "profile_url": ""},
    is_idempotent=False,
    result=shapes.NewIncomingWebhook,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Make a secret address at which programs post to a channel. Its token is told here and never again."""
    channel = operated_channel(txn, actor, input.channel_url)
    if channel.is_distinct:
        raise Unacceptable("A distinct channel is of its people only.")
    if len(_of(txn, channel)) >= MAX_INCOMING:
        raise TooManyItems(f"A channel has at most {MAX_INCOMING} incoming webhooks.")
    webhook_id = f"incoming-{secrets.token_hex(8)}"
    emit(txn, events.UserCreated(User(0, webhook_id, input.name, input.profile_url, 0)))
    user = txn.head.sequence
    admit(txn, channel, (user,), actor.user or 0)
    secret = ids.new_secret()
    webhook = IncomingWebhook(channel.number, user, txn.now, actor.user or 0)
    txn.put(tables.INCOMING_WEBHOOKS, ids.digest(secret), value=webhook)
    txn.put(tables.INCOMING_OF, channel.number, user, value=ids.digest(secret))
    token = f"{txn.application}-{secret}"
    return _resource(txn, webhook) | {"token": token, "path": f"{PATH}{token}"}


@command(
    "incoming_webhooks.list",
    Right.BOTH,
    Kind.READ,
    roles=OPERATORS,
    example={"channel_url": "garden"},
    result=shapes.IncomingWebhooks,
)
def list_incoming(txn: Transaction, actor: Actor, input: List) -> Resource:
    """The secret addresses of a channel, without their tokens."""
    channel = operated_channel(txn, actor, input.channel_url)
    return {"incoming_webhooks": [_resource(txn, webhook) for webhook in _of(txn, channel)]}


@command(
    "incoming_webhooks.revoke",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "webhook_id": "$incoming"},
    result=shapes.Empty,
)
def revoke(txn: Transaction, actor: Actor, input: Revoke) -> Resource:
    """End a secret address; its user leaves the channel. NotFound when there is none."""
    channel = operated_channel(txn, actor, input.channel_url)
    user = txn.get(tables.USER_IDS, input.webhook_id)
    digest = txn.get(tables.INCOMING_OF, channel.number, user) if user is not None else None
    if user is None or digest is None:
        raise NotFound("Incoming webhook")
    txn.delete(tables.INCOMING_OF, channel.number, user)
    txn.delete(tables.INCOMING_WEBHOOKS, digest)
    if txn.get(tables.MEMBERS, channel.number, user) is not None:
        emit(txn, events.MemberLeft(channel.number, (user,)))
    return {}


def find_incoming(txn: Transaction, secret: str) -> IncomingWebhook:
    """The webhook with a secret. Raises NotFound. How long it takes says nothing of the secret."""
    webhook = txn.get(tables.INCOMING_WEBHOOKS, ids.digest(secret))
    is_listed = txn.get(tables.APPLICATIONS, txn.application) is not None
    if webhook is None or not is_listed or txn.get(tables.CHANNELS, webhook.channel) is None:
        raise NotFound("Incoming webhook")
    return webhook


def forget_incoming(txn: Transaction, channel: int) -> None:
    """End the addresses of a channel that is gone."""
    for (_, user), digest in list(txn.scan(tables.INCOMING_OF, channel)):
        txn.delete(tables.INCOMING_OF, channel, user)
        txn.delete(tables.INCOMING_WEBHOOKS, digest)


def _of(txn: Transaction, channel: Channel) -> list[IncomingWebhook]:
    digests = [digest for _, digest in txn.scan(tables.INCOMING_OF, channel.number)]
    return [txn.require(tables.INCOMING_WEBHOOKS, digest) for digest in digests]


def _resource(txn: Transaction, webhook: IncomingWebhook) -> Resource:
    user = txn.require(tables.USERS, webhook.user)
    maker = txn.require(tables.USERS, webhook.created_by) if webhook.created_by else None
    return {
        "webhook_id": user.user_id,
        "name": user.nickname,
        "profile_url": user.profile_url,
        "channel_url": txn.require(tables.CHANNELS, webhook.channel).channel_url,
        "created_at": webhook.created_at,
        "created_by": maker.user_id if maker else "",
    }
