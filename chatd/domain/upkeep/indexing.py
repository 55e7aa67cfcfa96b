"""Bringing a search index up to the logs: a batch of events at a time, from wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.stored import current_message, placed
from chatd.domain.tenants import applications
from chatd.events import LogEntry
from chatd.model import Message
from chatd.store import tables
from chatd.store.search import Cursor, Generation
from chatd.store.search_index import Entry
from chatd.store.transaction import Transaction


class Follower:
    """Follows the logs of all applications for one index.

    It always reads a message as it is now. So seeing an event twice changes nothing, and an event that the state
    of a message had seen already need not be looked at.
    """

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._index = generation.index
        self._cursors = dict(generation.state.cursors)
        # Up to here messages may be in the index although the cursor does not say so.
        self._doubtful: dict[int, int] = {}

    def advance(self, txn: Transaction, limit: int) -> int:
        """Follow up to `limit` events; how many were seen: fewer than `limit` at the end. Raises SearchFailed."""
        numbers = [application.number for application in applications.every(txn)]
        for gone in self._cursors.keys() - set(numbers):
            self._forget(gone)
        seen = 0
        for number in numbers:
            if seen < limit:
                seen += self._follow(txn.bind(number), limit - seen)
        return seen

    def behind(self, txn: Transaction) -> int:
        """How many events of all logs are still to be seen."""
        numbers = [application.number for application in applications.every(txn)]
        followed = sum(self._cursors[number].sequence for number in numbers if number in self._cursors)
        return sum(txn.bind(number).head.sequence for number in numbers) - followed

    def commit(self, now: int) -> None:
        """Keep what was followed, at `now` (ms). Raises SearchFailed; then the index has to be opened anew."""
        self.generation.commit(dict(self._cursors), now)

    def _forget(self, application: int) -> None:
        self._index.remove_application(application)
        self._cursors.pop(application, None)
        self._doubtful[application] = 0

    def _follow(self, txn: Transaction, limit: int) -> int:
        head, application = txn.head, txn.application
        cursor = self._cursors.get(application)
        if cursor is None or cursor.epoch != head.epoch or cursor.sequence > head.sequence:
            # Another log than the one that was followed, as after a restore.
            self._forget(application)
            cursor = Cursor(head.epoch, 0, head.sequence)
        if application not in self._doubtful:
            self._doubtful[application] = self._index.last(application)
        seen, channels = 0, _Channels(txn)
        for (sequence,), entry in islice(txn.scan(tables.LOG, start=(cursor.sequence + 1,)), limit):
            self._see(channels, sequence, entry, cursor.horizon)
            seen += 1
        self._cursors[application] = replace(cursor, sequence=cursor.sequence + seen)
        return seen

    def _see(self, channels: _Channels, sequence: int, entry: LogEntry, horizon: int) -> None:
        txn, event = channels.txn, entry.event
        if isinstance(event, events.MessageSent):
            message = txn.get(tables.MESSAGES, sequence) or placed(event.message, sequence, entry.time)
            if sequence <= self._doubtful[txn.application]:
                self._index.remove(txn.application, sequence)
            self._add(channels, message)
        elif sequence > horizon:
            if isinstance(event, events.ChannelDeleted):
                self._index.remove_channel(txn.application, event.channel)
            if isinstance(event, events.MessagesExpired):
                self._index.remove_until(txn.application, event.channel, event.created_at)
            for message_id in _touched(event, txn):
                self._index.remove(txn.application, message_id)
                changed = current_message(txn, message_id)
                if changed is not None:
                    self._add(channels, changed)

    def _add(self, channels: _Channels, message: Message) -> None:
        if message.is_removed or message.channel not in channels:
            return
        self._index.add(
            Entry(
                channels.txn.application,
                message.message_id,
                message.channel,
                message.sender,
                message.created_at,
                written(message),
                message.custom_type,
                bool(message.files),
            )
        )


def written(message: Message) -> str:
    """What of a message is searched: its text and the names of its files."""
    return " ".join([message.text, *(file.name for file in message.files)]) if message.files else message.text


class _Channels:
    """Which channels there are, looked up once in a batch."""

    def __init__(self, txn: Transaction) -> None:
        self.txn = txn
        self._known: dict[int, bool] = {}

    def __contains__(self, channel: int) -> bool:
        known = self._known.get(channel)
        if known is None:
            known = self._known[channel] = self.txn.get(tables.CHANNELS, channel) is not None
        return known


def _touched(event: events.Event, txn: Transaction) -> Iterable[int]:
    """The messages that may be others after an event."""
    match event:
        case events.MessageUpdated(message):
            return (message.message_id,)
        case events.MessageDeleted(message_id=message_id):
            return (message_id,)
        case events.MessagesErased(messages=messages):
            return messages
        case events.MessagesExpired(channel, created_at):
            # The index removes all of that millisecond; what is left of it is put back.
            same_time = txn.scan(tables.TIMELINE, channel, created_at)
            return [message_id for (_, _, message_id), _ in same_time]
        case _:
            return ()
