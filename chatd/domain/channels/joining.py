"""Joining public channels."""

from __future__ import annotations

from chatd.domain import shapes
from chatd.domain.channels.access import known_channel
from chatd.domain.channels.access_codes import AccessCode, check_access_code
from chatd.domain.channels.admission import admit, belongs
from chatd.domain.channels.channels import whole
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, OptionalUserId
from chatd.domain.resources.resource import Resource
from chatd.domain.users.people import acting_user
from chatd.errors import Forbidden
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction


class Join(Input, frozen=True):
    """A public channel to join, with its access code when it has one."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""
    access_code: AccessCode = ""


@command(
    "channels.join",
    Right.BOTH,
    Kind.WRITE,
    people=("members",),
    example={"channel_url": "square"},
    result=shapes.GroupChannel,
)
def join(txn: Transaction, actor: Actor, input: Join) -> Resource:
    """Become a member of a public channel; who is one stays so. Who is invited needs no access code."""
    user = acting_user(txn, actor, input.user_id).number
    channel = known_channel(txn, actor, input.channel_url)
    if not belongs(txn, channel.number, user):
        _check_joining(actor, channel, input.access_code)
    admit(txn, channel, (user,))
    return whole(txn, txn.require(tables.CHANNELS, channel.number))


def _check_joining(actor: Actor, channel: Channel, access_code: str) -> None:
    if not channel.is_public:
        raise Forbidden("The channel is not public: members are invited.")
    if channel.is_exclusive and actor.user is not None:
        raise Forbidden("Only operators bring users into this channel.")
    check_access_code(channel, access_code)
