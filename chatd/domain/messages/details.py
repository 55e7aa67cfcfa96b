"""What can be shown of a message beside itself: its reactions, its thread, what it replies to."""

from __future__ import annotations

from itertools import groupby

from chatd.domain.channels.settings import BEGINNING, Place
from chatd.domain.command import Input
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.sorted_meta import meta_resource
from chatd.domain.resources.files import file_fields
from chatd.domain.resources.messages import message_resource, message_type
from chatd.domain.resources.polls import poll_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Channel, Message, Thread
from chatd.store import tables
from chatd.store.transaction import Transaction


class Wanted(Input, frozen=True):
    """Which of it is asked for."""

    include_reactions: bool = False
    include_thread_info: bool = False
    include_parent_message_info: bool = False
    with_sorted_meta_array: bool = False
    include_poll_details: bool = False

    @property
    def is_more(self) -> bool:
        """Whether any of it is."""
        return (
            self.include_reactions
            or self.include_thread_info
            or self.include_parent_message_info
            or self.with_sorted_meta_array
            or self.include_poll_details
        )


def whole(txn: Transaction, message: Message, channel: Channel) -> Resource:
    """A message as it is told, and as sending and editing it answer: with all that was written in it."""
    resource = message_resource(txn, message, channel)
    if message.meta:
        resource["sorted_metaarray"] = meta_resource(message)
    if message.poll:
        resource["poll"] = poll_resource(txn, message.poll)
    return resource


def detailed(
    txn: Transaction, message: Message, channel: Channel, wanted: Wanted, after: Place = BEGINNING
) -> Resource:
    """A message with what is wanted of the rest, for a reader who sees what was sent `after` a place."""
    return add_details(txn, message_resource(txn, message, channel), message, wanted, after)


def add_details(txn: Transaction, resource: Resource, message: Message, wanted: Wanted, after: Place) -> Resource:
    """A message with what else is wanted of it."""
    if wanted.include_reactions:
        resource["reactions"] = reactions(txn, message.message_id)
    if wanted.include_thread_info and not message.parent:
        resource["thread_info"] = thread_info(txn, message.message_id)
    if wanted.include_parent_message_info and message.parent:
        resource["parent_message_info"] = _parent_info(txn, message.parent, after)
    if wanted.include_poll_details and message.poll:
        resource["poll"] = poll_resource(txn, message.poll)
    if wanted.with_sorted_meta_array:
        resource["sorted_metaarray"] = meta_resource(message)
    return resource


def reactions(txn: Transaction, message: int) -> list[Resource]:
    """The reactions to a message by key, the oldest first, each with its users, the first first."""
    found = []
    for key, group in groupby(txn.scan(tables.REACTIONS, message), key=lambda item: item[0][1]):
        times = sorted((time, user) for (_, _, user), time in group)
        user_ids = [txn.require(tables.USERS, user).user_id for _, user in times]
        found.append((times[0], {"key": key, "user_ids": user_ids, "updated_at": times[-1][0]}))
    return [resource for _, resource in sorted(found, key=lambda each: each[0])]


def thread_info(txn: Transaction, message: int) -> Resource:
    """The thread under a message; all zero when there is none."""
    thread = txn.get(tables.THREADS, message) or Thread(0, 0, 0)
    return {
        "reply_count": thread.reply_count,
        "most_replies": [basic_user(txn.require(tables.USERS, user)) for user, _ in thread.most],
        "last_replied_at": thread.last_replied_at,
        "updated_at": thread.updated_at,
    }


def _parent_info(txn: Transaction, message_id: int, after: Place) -> Resource:
    """What a reply shows of the message that it replies to; of a deleted one no more than who wrote it, and when."""
    parent = current_message(txn, message_id)
    if parent is None or (parent.created_at, message_id) <= after:
        return {}
    info: Resource = {
        "type": message_type(parent),
        "message": parent.text,
        "user": basic_user(txn.require(tables.USERS, parent.sender)),
        "ts": parent.created_at,
        "custom_type": parent.custom_type,
    }
    return info | file_fields(txn, parent)
