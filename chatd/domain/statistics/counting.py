"""From the log to counts: what each event means for the day on which it happened.

What was imported has times of its own, and counts on the days of those. Bots are no users here; their messages count.
"""

from __future__ import annotations

from functools import singledispatch
from itertools import islice
from typing import Final

from chatd import events
from chatd.domain.statistics.days import day_of
from chatd.domain.statistics.sets import Of
from chatd.domain.statistics.tallying import Counted, Tallying
from chatd.model import Channel, Message
from chatd.store import tables
from chatd.store.transaction import Transaction

# The type of a message of which nothing is left but that somebody sent it.
REMOVED: Final = "removed"


def count(txn: Transaction, generation: int, limit: int, last: int | None = None) -> Counted:
    """What up to `limit` more events mean for the counts of a generation; none after the event `last`."""
    tallying = Tallying(txn, generation)
    for (sequence,), entry in islice(txn.scan(tables.LOG, start=(tallying.cursor + 1,)), limit):
        if last is not None and sequence > last:
            break
        _add(entry.event, tallying, sequence, entry.time)
        tallying.cursor = sequence
    return tallying.counted()


def channel_type(channel: Channel) -> str:
    """What kind of channel it is."""
    if channel.is_open:
        return "open_channels"
    return "supergroup_channels" if channel.is_super else "group_channels"


def message_type(message: Message) -> str:
    """What kind of message it is: `MESG`, `FILE`, `ADMM`, or REMOVED where that is not known any more."""
    if not message.sender:
        return "ADMM"
    if message.is_removed:
        return REMOVED
    return "FILE" if message.files else "MESG"


@singledispatch
def _add(event: events.Event, tallying: Tallying, sequence: int, time: int) -> None:
    """Count an event; most kinds count for nothing."""


@_add.register
def _(event: events.MessageSent, tallying: Tallying, sequence: int, time: int) -> None:
    message = event.message
    number = day_of(message.created_at or time)
    channel, day = tallying.channel(message.channel), tallying.day(number)
    index = day.add_message(channel, message_type(message), message.custom_type)
    tallying.members(Of.CHANNELS, number, day.add_channel(channel)).add(channel.place)
    tallying.count(Of.CHANNELS, number, message.channel)
    if message.sender and not tallying.is_bot(message.sender):
        tallying.members(Of.SENDERS, number, index).add(tallying.place(message.sender))
        tallying.count(Of.SENDERS, number, message.sender)


@_add.register
def _(event: events.ChannelRead, tallying: Tallying, sequence: int, time: int) -> None:
    number = day_of(time)
    index = tallying.day(number).add_channel(tallying.channel(event.channel))
    tallying.openings.read(event, time)
    if not tallying.is_bot(event.user):
        tallying.members(Of.READERS, number, index).add(tallying.place(event.user))


@_add.register
def _(event: events.ChannelCreated, tallying: Tallying, sequence: int, time: int) -> None:
    channel = event.channel
    counted = tallying.set_channel(sequence, channel_type(channel), channel.custom_type)
    tallying.day(day_of(channel.created_at or time)).add_channel(counted, 1)


@_add.register
def _(event: events.ChannelUpdated, tallying: Tallying, sequence: int, time: int) -> None:
    tallying.set_channel(event.channel.number, channel_type(event.channel), event.channel.custom_type)


@_add.register
def _(event: events.ChannelDeleted, tallying: Tallying, sequence: int, time: int) -> None:
    tallying.drop_channel(event.channel)
    tallying.openings.forget(event.channel)


@_add.register
def _(event: events.AnnouncementProgressed, tallying: Tallying, sequence: int, time: int) -> None:
    tallying.openings.sent(event, sequence)
    day = tallying.day(day_of(time))
    day.announced_channels += event.channels
    day.announced_users += event.users


@_add.register
def _(event: events.UserCreated, tallying: Tallying, sequence: int, time: int) -> None:
    place = tallying.add_user(sequence)
    if event.user.is_bot:
        tallying.members(Of.BOTS).add(place)
        return
    tallying.members(Of.NEW_USERS, day_of(event.user.created_at or time)).add(place)
    if not event.user.is_active:
        tallying.members(Of.INACTIVE).add(place)


@_add.register
def _(event: events.UserUpdated, tallying: Tallying, sequence: int, time: int) -> None:
    if event.user.is_bot:
        return
    inactive, place = tallying.members(Of.INACTIVE), tallying.place(event.user.number)
    if event.user.is_active:
        inactive.discard(place)
    elif place not in inactive:
        inactive.add(place)
        tallying.day(day_of(time)).deactivated += 1


@_add.register
def _(event: events.UserDeleted, tallying: Tallying, sequence: int, time: int) -> None:
    if not tallying.is_bot(event.user):
        tallying.day(day_of(time)).deleted += 1
