"""To format 4: what unread counts need beside ordinals is found for what was there before."""

from __future__ import annotations

from typing import Any, NamedTuple

import lmdb

from chatd import events
from chatd.model import Message
from chatd.store import tables
from chatd.store.keys import tally_rows
from chatd.store.table import Table


class _File(NamedTuple):
    """A store that is being changed."""

    raw: lmdb.Transaction
    databases: dict[int, Any]

    def items(self, table: Table[Any]) -> Any:
        """Keys and values of a table, with those of all applications."""
        return self.raw.cursor(db=self.databases[table.number])

    def get(self, table: Table[Any], *key: Any) -> Any:
        """A value; `key` begins with the application."""
        found = self.raw.get(table.pack(*key), db=self.databases[table.number])
        return None if found is None else table.decode(found)

    def put(self, table: Table[Any], *key: Any, value: Any = None) -> None:
        """Set a value."""
        self.raw.put(table.pack(*key), table.encode(value), db=self.databases[table.number])

    def tally(self, table: Table[int], *key: int, change: int = 1) -> None:
        """What `tally.count` does; the place ends `key`."""
        for row in tally_rows(key[-1]):
            total = (self.get(table, *key[:-1], *row) or 0) + change
            if total:
                self.put(table, *key[:-1], *row, value=total)
            else:
                self.raw.delete(table.pack(*key[:-1], *row), db=self.databases[table.number])


def to_format_4(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    """The migration. It walks once along the log, and once along the timelines."""
    file = _File(raw, databases)
    _note_gone(file)
    _note_mentions(file)


def _note_gone(file: _File) -> None:
    """Find which messages were deleted or erased, without those that are too old by now."""
    dead: set[tuple[int, int]] = set()
    for key, value in file.items(tables.LOG):
        application, event = int.from_bytes(key[:4], "big"), tables.LOG.decode(value).event
        match event:
            case events.MessageDeleted():
                _note(file, application, event.message_id, 1)
            case events.MessagesErased() if (application, event.channel) not in dead:
                for message_id in set(event.messages) - set(event.deleted):
                    _note(file, application, message_id, 1)
            case events.MessagesExpired():
                for message_id in event.deleted:
                    _note(file, application, message_id, -1)
            case events.ChannelDeleted():
                dead.add((application, event.channel))
    for application, channel in dead:
        # What is left of them is removed as of others that are deleted.
        prefix = tables.GONE_ORDINALS.pack_prefix(application, channel)
        cursor = file.items(tables.GONE_ORDINALS)
        if cursor.set_range(prefix) and cursor.key().startswith(prefix):
            file.put(tables.DELETED_CHANNELS, application, channel)


def _note(file: _File, application: int, message_id: int, change: int) -> None:
    message = file.get(tables.LOG, application, message_id).event.message
    if not message.is_silent:
        file.tally(tables.GONE_ORDINALS, application, message.channel, message.ordinal, change=change)


def _note_mentions(file: _File) -> None:
    """Find whom the messages mention that there are."""
    for key, _ in file.items(tables.TIMELINE):
        application, number = int.from_bytes(key[:4], "big"), tables.TIMELINE.unpack(key)[2]
        message: Message = file.get(tables.MESSAGES, application, number)
        if message is None:
            message = file.get(tables.LOG, application, number).event.message
        if message.is_silent or message.is_removed:
            continue
        if message.mention_type == "channel":
            file.tally(tables.CHANNEL_MENTIONS, application, message.channel, message.ordinal)
        for user in message.mentioned:
            file.tally(tables.MENTIONS, application, user, message.channel, message.ordinal)
