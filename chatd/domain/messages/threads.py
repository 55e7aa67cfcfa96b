"""Replies: what may be replied to."""

from __future__ import annotations

from chatd.domain.channels.settings import seen_after
from chatd.domain.fold.stored import current_message
from chatd.errors import IncompatibleValues, InvalidValue, NotFound
from chatd.model import Channel
from chatd.store.transaction import Transaction


def check_parent(txn: Transaction, user: int | None, channel: Channel, sender: int, parent: int) -> None:
    """Raise NotFound for a message that `user` does not see, InvalidValue for a reply or an admin message.

    Threads have one level, and admin messages take no part in them.
    """
    message = current_message(txn, parent)
    if message is None or message.channel != channel.number or message.is_removed:
        raise NotFound("Message")
    if (message.created_at, parent) <= seen_after(txn, user, channel.number):
        raise NotFound("Message")
    if message.parent:
        raise InvalidValue('"parent_message_id" is of a reply; reply to the message that began the thread.')
    if not message.sender:
        raise InvalidValue('"parent_message_id" is of an admin message, which takes no replies.')
    if not sender:
        raise IncompatibleValues("An admin message is no reply.")


def find_thread(txn: Transaction, channel: Channel, parent: int) -> int:
    """The message of a channel whose replies are asked for; it may be removed. Raises NotFound."""
    message = current_message(txn, parent)
    if message is None or message.channel != channel.number:
        raise NotFound("Message")
    return parent
