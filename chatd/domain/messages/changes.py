"""What has changed about the messages of a channel since a place in the log.

A page follows the events of the channel, so many at a time, and has each message that they are about as it is now.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import islice

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import visible_channel
from chatd.domain.channels.settings import BEGINNING, Place, seen_after
from chatd.domain.command import Kind, Right, command
from chatd.domain.fields import ChannelUrl, Milliseconds, PageToken
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.details import Wanted, detailed
from chatd.domain.positions import ChangeLimit, position, token_at
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

# So many events are looked at for a page, whatever they are about.
LOOKED_AT = 1000


class Changes(Wanted, frozen=True, kw_only=True):
    """Since when: the `next` of the answer before, or a time. Without either nothing has changed yet."""

    channel_url: ChannelUrl
    token: PageToken = ""
    change_ts: Milliseconds | None = None
    limit: ChangeLimit = 100


@command(
    "messages.changes",
    Right.BOTH,
    Kind.SCAN,
    roles=MEMBERS,
    example={"channel_url": "garden", "change_ts": 0, "include_reactions": True},
    result=shapes.MessageChanges,
)
def changes(txn: Transaction, actor: Actor, input: Changes) -> Resource:
    """Messages that are new or have changed, with their reactions and threads, and which are gone.

    What was sent up to the place `expired` is gone too: it was kept no longer, or the caller has reset the history.
    Raises ExpiredToken.
    """
    channel = visible_channel(txn, actor, input.channel_url)
    since = position(txn, input.token, input.change_ts)
    after = seen_after(txn, actor.user, channel.number)
    touched = _Touched(txn, after if after[1] > since else BEGINNING)
    end = _follow(txn, channel.number, since, touched, input.limit)
    updated, deleted = touched.now(channel, input, after)
    created_at, message_id = touched.expired
    return {
        "updated": updated,
        "deleted": deleted,
        "expired": {"created_at": created_at, "message_id": message_id} if message_id else None,
        "has_more": end < txn.head.sequence,
        "next": token_at(txn, end),
    }


class _Touched:
    """The messages that events are about, and the place up to which all are gone."""

    def __init__(self, txn: Transaction, expired: Place) -> None:
        self._txn = txn
        self.expired = expired
        self.messages: dict[int, None] = {}

    def see(self, event: events.Event, sequence: int) -> None:
        match event:
            case events.MessageSent():
                self._with_parent(sequence)
            case events.MessageUpdated(message):
                self.messages[message.message_id] = None
            case events.MessageDeleted(message_id=message_id):
                self._with_parent(message_id)
            case events.MessagesErased(messages=messages):
                for message_id in messages:
                    self._with_parent(message_id)
            case events.MessagesExpired(created_at=created_at, message_id=message_id):
                self.expired = max(self.expired, (created_at, message_id))
            case _:
                # A reaction, and whatever else says which message it is about.
                message_id = getattr(event, "message_id", 0)
                if message_id:
                    self.messages[message_id] = None

    def now(self, channel: Channel, wanted: Wanted, after: Place) -> tuple[list[Resource], list[int]]:
        """Those of the messages that the caller sees, and the ids of those that are gone."""
        updated, deleted = [], []
        for message_id in self.messages:
            message = current_message(self._txn, message_id)
            if message is None or message.is_removed:
                deleted.append(message_id)
            elif (message.created_at, message_id) > after and not channel.is_ephemeral:
                updated.append(detailed(self._txn, message, channel, wanted, after))
        return updated, deleted

    def _with_parent(self, message_id: int) -> None:
        """A message that comes or goes, and the one whose thread that changes."""
        self.messages[message_id] = None
        message = current_message(self._txn, message_id)
        if message is not None and message.parent:
            self.messages[message.parent] = None


def _follow(txn: Transaction, channel: int, since: int, touched: _Touched, limit: int) -> int:
    """See the events of a channel after `since`; the last one that was, or the last one there is."""
    sequence = since
    sequences = _events_of(txn, channel, since)
    for sequence in islice(sequences, LOOKED_AT):
        touched.see(txn.require(tables.LOG, sequence).event, sequence)
        if len(touched.messages) >= limit:
            break
    return sequence if next(sequences, None) is not None else txn.head.sequence


def _events_of(txn: Transaction, channel: int, since: int) -> Iterator[int]:
    """The sequence numbers of a channel's events after `since`, ascending."""
    placed = (key[1] for key, _ in txn.scan(tables.STREAMS, channel, start=(since + 1,)))
    return merge(placed, _sent(txn, channel, since))


def _sent(txn: Transaction, channel: int, since: int) -> Iterator[int]:
    """Messages that the timeline has in the order of the log; the others are in the stream."""
    first = txn.get(tables.LOG, since + 1)
    if first is not None:
        for (_, time, sequence), _ in txn.scan(tables.TIMELINE, channel, start=(first.time,)):
            if sequence > since and txn.require(tables.LOG, sequence).time == time:
                yield sequence
