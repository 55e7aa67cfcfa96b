"""Sending announcements, some channels in a commit, in which it is also noted how far they have come.

So whatever ends the process in between, the next one goes on where that was, and nothing is sent twice or left out.
"""

from __future__ import annotations

from typing import Final

from chatd import events
from chatd.domain.announcements.places import Place, places
from chatd.domain.announcements.timing import ready
from chatd.domain.channels import creating
from chatd.domain.messages.messages import Send, new_message
from chatd.domain.stream import emit, note
from chatd.model import Actor, Announcement, Channel, User
from chatd.model.announcements import COMPLETED, INCOMPLETED, RUNNING, SCHEDULED
from chatd.store import tables
from chatd.store.transaction import Transaction

# Places that are looked at in one commit when most of them are passed over.
LOOKED_AT: Final = 500


def send_some(txn: Transaction, limit: int) -> bool:
    """Send the oldest announcement that is due to about `limit` more channels. False when none is due."""
    announcement = ready(txn)
    if announcement is None:
        return False
    if announcement.status == SCHEDULED:
        note(txn, events.AnnouncementMoved(announcement.number, RUNNING))
    is_late = bool(announcement.end_at) and announcement.end_at <= txn.now
    if is_late or (announcement.sender and not _is_there(txn, announcement.sender)):
        note(txn, events.AnnouncementMoved(announcement.number, INCOMPLETED))
    elif _walk(txn, announcement, limit):
        note(txn, events.AnnouncementMoved(announcement.number, COMPLETED))
    return True


def give_up(txn: Transaction) -> None:
    """The oldest announcement that is due cannot be sent: it ends."""
    announcement = ready(txn)
    if announcement is not None:
        note(txn, events.AnnouncementMoved(announcement.number, INCOMPLETED))


def _walk(txn: Transaction, announcement: Announcement, limit: int) -> bool:
    """Whether it has come to its end."""
    channels = users = seen = 0
    cursor = announcement.cursor
    is_over = True
    for place in places(txn, announcement):
        if channels >= limit or seen >= LOOKED_AT:
            is_over = False
            break
        for channel in _channels(txn, announcement, place):
            channels += 1
            users += _post(txn, announcement, channel)
        seen, cursor = seen + 1, place.cursor
    if cursor != announcement.cursor:
        note(txn, events.AnnouncementProgressed(announcement.number, cursor, channels, users))
    return is_over


def _channels(txn: Transaction, announcement: Announcement, place: Place) -> list[Channel]:
    """The channels of a place that are meant, or the one that is made for it."""
    found = (txn.get(tables.CHANNELS, number) for number in place.channels)
    meant = [channel for channel in found if channel is not None and _is_meant(txn, announcement, channel)]
    if place.user and announcement.makes_channels and _is_there(txn, place.user):
        meant.append(_made(txn, announcement, place.user))
    return meant


def _is_meant(txn: Transaction, announcement: Announcement, channel: Channel) -> bool:
    is_of_type = announcement.channel_type == "all" or channel.is_distinct == (announcement.channel_type == "distinct")
    is_of_custom_type = not announcement.custom_types or channel.custom_type in announcement.custom_types
    may_be_written = announcement.to_frozen or not channel.is_frozen
    is_member = announcement.is_admin or txn.get(tables.MEMBERS, channel.number, announcement.sender) is not None
    return not channel.is_open and is_of_type and is_of_custom_type and may_be_written and is_member


def _made(txn: Transaction, announcement: Announcement, user: int) -> Channel:
    ids = tuple(txn.require(tables.USERS, number).user_id for number in (announcement.sender, user))
    is_distinct = announcement.channel_type != "non-distinct"
    input = creating.Create(
        user_ids=ids,
        invitation_status=dict.fromkeys(ids, "joined"),
        is_distinct=is_distinct,
        **announcement.channel,  # type: ignore[arg-type]
    )
    made = creating.create.function(txn, Actor(txn.application, None, None), input)
    return txn.require(tables.CHANNELS, made["id"])


def _post(txn: Transaction, announcement: Announcement, channel: Channel) -> int:
    """Send the message to a channel, whatever forbids its members to write; how many others are in it."""
    sender = 0 if announcement.is_admin else announcement.sender
    input = Send(
        channel_url=channel.channel_url,
        message=announcement.content,
        custom_type=announcement.custom_type,
        data=announcement.data,
        send_push=announcement.enable_push,
        mark_as_read=announcement.mark_as_read,
    )
    message = new_message(txn, channel, sender, input)
    sent = emit(txn, events.MessageSent(message))["message"]
    member = txn.get(tables.MEMBERS, channel.number, announcement.sender) if announcement.sender else None
    if member is not None and announcement.mark_as_read:
        emit(txn, events.ChannelRead(channel.number, announcement.sender, message.ordinal, sent["created_at"]))
    return txn.require(tables.CHANNEL_STATES, channel.number).member_count - (member is not None)


def _is_there(txn: Transaction, number: int) -> bool:
    user: User = txn.require(tables.USERS, number)
    return user.is_active and txn.get(tables.USER_IDS, user.user_id) == number
