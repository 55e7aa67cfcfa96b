"""Who may write in a channel: one rule after the other, and the first that is broken says so."""

from __future__ import annotations

from chatd.domain.channels.access import check_permitted, membership, operates, operates_as
from chatd.domain.moderation.blocks import check_speaking
from chatd.domain.moderation.sanctions import check_banned, check_muted, check_type_banned
from chatd.errors import Forbidden
from chatd.model import Actor, Channel, Member
from chatd.store.transaction import Transaction


def check_posting(txn: Transaction, actor: Actor, channel: Channel, sender: int) -> None:
    """Raise Forbidden, Muted, Banned, or what else its rule says, when a user may not send a message to a channel now.

    A backend that sends for a user is held to what holds for the user. Admin messages, whose `sender` is 0, are not.
    """
    if not sender:
        return
    check_permitted(txn, sender, channel, "send")
    if channel.is_open:
        check_banned(txn, channel, sender)
        check_muted(txn, channel, sender)
        _check_frozen(txn, channel, sender)
        return
    member = membership(txn, channel.number, sender)
    if channel.custom_type:
        check_type_banned(txn, channel.custom_type, (sender,))
    if member.muted_until > txn.now or channel.custom_type:
        check_muted(txn, channel, sender)
    _check_open(txn, channel, sender, member)
    check_speaking(txn, channel, sender)


def _check_frozen(txn: Transaction, channel: Channel, sender: int) -> None:
    if channel.is_frozen and not operates(txn, channel, sender):
        raise Forbidden("The channel is frozen: only its operators write in it.")


def _check_open(txn: Transaction, channel: Channel, sender: int, member: Member) -> None:
    if (channel.is_frozen or channel.is_broadcast) and not operates_as(txn, channel, sender, member):
        raise Forbidden(
            "Only operators may write in this channel" + (" while it is frozen." if channel.is_frozen else ".")
        )
