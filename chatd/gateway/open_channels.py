"""The open channels that somebody is in: entering, leaving, and being told what happens there.

What this holds agrees with the loop's snapshot of the store, as the hub's does. A client that reads a position and
enters, without a pause between, is told every event after it: shown as it is, or as one of those that were not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

import trio

from chatd.domain import live
from chatd.domain.command import Command, Input
from chatd.domain.publications.type_sanctions import mute_told
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_users
from chatd.gateway.activity import Activity
from chatd.gateway.connection import Connection
from chatd.gateway.counters import Counters
from chatd.gateway.open_channel import OpenChannel, Told
from chatd.gateway.participants import Changes
from chatd.model import Actor, Channel, Publication
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.wire import codes
from chatd.wire.codecs import Codec

OweAll = Callable[[Collection[Connection], Callable[[Codec], bytes]], None]

# So many are told at once; then the loop is given back.
RECEIVERS_PER_SLICE: Final = 1024
# While many are being told, so much may wait. Who would be told more subscribes anew, and recovers.
MAX_WAITING: Final = 1000
TICK_SECONDS: Final = 1.0
# How often a large audience is told its number.
COUNT_SECONDS: Final = 10.0

MESSAGE, DELETED = "message.created", "channel.deleted"


class OpenChannels:
    """By application and number. A channel in which nobody is costs nothing, nor does a connection that is in none.

    `rate` is how many messages of a channel are shown in a second.
    """

    def __init__(self, store: Store, counters: Counters, owe_all: OweAll, activity: Activity, rate: int) -> None:
        self._store = store
        self._activity = activity
        self._counters = counters
        self._owe_all = owe_all
        self._rate = rate
        self._channels: dict[tuple[int, int], OpenChannel] = {}
        self._entered: dict[Connection, tuple[OpenChannel, ...]] = {}
        self._busy: dict[OpenChannel, None] = {}
        self._changed: dict[OpenChannel, None] = {}
        self._woken = trio.Event()

    def enter(self, connection: Connection, channel: Channel, position: int) -> OpenChannel:
        """A client enters, and has read what happened up to `position`."""
        application, user = _who(connection)
        key = (application, channel.number)
        found = self._channels.get(key)
        if found is None:
            found = self._channels[key] = OpenChannel(application, channel, self._rate)
        found.enter(connection, user, position)
        self._entered[connection] = (*self.of(connection), found)
        self._changed[found] = None
        return found

    def of(self, connection: Connection) -> tuple[OpenChannel, ...]:
        """The channels that a client is in."""
        return self._entered.get(connection, ())

    def find(self, connection: Connection, name: str) -> OpenChannel | None:
        """The channel of a subscription's name that a client is in."""
        return next((each for each in self.of(connection) if each.name == name), None)

    def exit(self, connection: Connection, channel: OpenChannel) -> None:
        """A client leaves a channel that it is in."""
        others = tuple(each for each in self._entered[connection] if each is not channel)
        if others:
            self._entered[connection] = others
        else:
            del self._entered[connection]
        channel.exit(connection, _who(connection)[1])
        if not channel.seats:
            self._forget(channel)
        elif self._channels.get(channel.key) is channel:
            self._changed[channel] = None

    def leave(self, connection: Connection) -> None:
        """A client is gone."""
        for channel in self.of(connection):
            self.exit(connection, channel)

    def expel(self, application: int, channel: int, connections: Iterable[Connection]) -> None:
        """Clients may be in a channel no longer."""
        found = self._channels.get((application, channel))
        for connection in connections:
            if found is not None and connection in found.seats:
                self._owe_all((connection,), found.end(codes.UNSUBSCRIBED).encode)
                self.exit(connection, found)

    def expel_from_type(self, custom_type: str, connections: Iterable[Connection]) -> None:
        """Clients may be in no channel of a custom type any longer."""
        for connection in connections:
            for channel in self.of(connection):
                application, number = channel.key
                if self._store.read(application, _type_of, number) == custom_type:
                    self.expel(application, number, (connection,))

    def tell_mute(self, custom_type: str, connections: Iterable[Connection]) -> None:
        """Tell the channels of a custom type in which a user is whether that user is muted there now.

        Only here is it known where they are, so it is in no log, and nobody recovers it.
        """
        for channel, user in {channel: _who(each)[1] for each in connections for channel in self.of(each)}.items():
            application, number = channel.key
            if self._store.read(application, _type_of, number) == custom_type:
                data = self._store.read(application, mute_told, number, user)
                assert data is not None
                self._tell(channel, channel.publication(data, 0))

    def publish(self, publication: Publication) -> None:
        """Tell those who are in its channel. Messages above the rate are not shown, and that is told in their place."""
        channel = self._channels.get((publication.application, publication.channel))
        if channel is None:
            return
        kind = publication.data["type"]
        if kind == MESSAGE and not channel.pace.shows(publication.sequence, trio.current_time()):
            self._counters.not_shown += 1
            self._changed[channel] = None
            return
        self._tell_skipped(channel)
        self._tell(channel, channel.publication(publication.data, publication.sequence))
        if kind == DELETED:
            self._end(channel, channel.end(codes.UNSUBSCRIBED))

    def count(self, application: int, channel: int) -> int:
        """How many users are in a channel. For any thread."""
        found = self._channels.get((application, channel))
        return 0 if found is None else len(found.participants)

    def page(self, application: int, asked: live.Participants) -> list[int]:
        """The numbers of users in a channel in the order that was asked for, with one more, when there is."""
        found = self._channels.get((application, asked.channel))
        if found is None:
            return []
        return found.participants.page(asked.start, asked.limit + 1, is_reversed=asked.is_reversed)

    def subscriptions(self) -> int:
        """How many subscriptions there are."""
        return sum(len(channel.seats) for channel in self._channels.values())

    def run(self, command: Command, txn: Transaction, actor: Actor, input: Input) -> Any:
        """A command whose result shows open channels, with how many users are in them. For any thread."""
        assert command.open_channels is not None
        result = found = command.function(txn, actor, input)
        for name in command.open_channels:
            found = found[name]
        for resource in found if isinstance(found, list) else [found]:
            number = txn.get(tables.CHANNEL_URLS, resource["channel_url"]) or 0
            resource["participant_count"] = self.count(txn.application, number)
        return result

    async def tell_forever(self) -> None:
        """Tell large audiences, a part at a time and in turns, until cancelled."""
        while True:
            await self._woken.wait()
            self._woken = trio.Event()
            while self._busy:
                channel = next(iter(self._busy))
                del self._busy[channel]
                self._tell_part(channel)
                await trio.lowlevel.checkpoint()

    async def tick_forever(self) -> None:
        """Tell once in a while what was not shown, and who has come and gone, until cancelled."""
        while True:
            await trio.sleep(TICK_SECONDS)
            self.tick()

    def tick(self) -> None:
        """Tell what has changed since the last time; a large audience its number only, and more seldom."""
        changed, self._changed = self._changed, {}
        now = trio.current_time()
        for channel in changed:
            self._tell_skipped(channel)
            if not channel.participants.is_small and now - channel.counted_at < COUNT_SECONDS:
                self._changed[channel] = None
                continue
            channel.counted_at = now
            changes = channel.participants.changes()
            if changes is not None:
                self._tell(channel, channel.publication(self._described(channel, changes), 0))

    def _tell_skipped(self, channel: OpenChannel) -> None:
        """Before what comes next: so whoever has a later position has heard of it."""
        skipped = channel.pace.take()
        if skipped is not None:
            data = {
                "type": "messages.skipped",
                "channel_url": channel.channel_url,
                "first_message_id": skipped.first,
                "last_message_id": skipped.last,
                "count": skipped.number,
            }
            self._tell(channel, channel.publication(data, skipped.last))

    def _tell(self, channel: OpenChannel, told: Told) -> None:
        if channel.is_over:
            return
        channel.waiting.append(told)
        channel.is_over = told.ends
        if channel in self._busy:
            if len(channel.waiting) > MAX_WAITING and not told.ends:
                channel.waiting.clear()
                self._end(channel, channel.end(codes.UNSUBSCRIBED_INSUFFICIENT))
        elif len(channel.seats) <= RECEIVERS_PER_SLICE:
            self._tell_part(channel)
        else:
            self._busy[channel] = None
            self._woken.set()

    def _tell_part(self, channel: OpenChannel) -> None:
        for told, receivers in channel.part(RECEIVERS_PER_SLICE):
            self._owe_all(receivers, told.encode)
            self._counters.deliveries += len(receivers)
            self._activity.add(channel.key[0], "deliveries", len(receivers))
            if told.ends:
                for connection in receivers:
                    self.exit(connection, channel)
        if channel.is_telling or channel.waiting:
            self._busy[channel] = None

    def _end(self, channel: OpenChannel, last: Told) -> None:
        """Who enters from now on enters another one."""
        self._forget(channel)
        self._tell(channel, last)

    def _forget(self, channel: OpenChannel) -> None:
        if self._channels.get(channel.key) is channel:
            del self._channels[channel.key]
        self._changed.pop(channel, None)

    def _described(self, channel: OpenChannel, changes: Changes) -> Resource:
        data: Resource = {
            "type": "participants.changed",
            "channel_url": channel.channel_url,
            "participant_count": changes.number,
        }
        if changes.entered is not None and changes.exited is not None:
            users = self._store.read(channel.key[0], basic_users, [*changes.entered, *changes.exited])
            data["entered"], data["exited"] = users[: len(changes.entered)], users[len(changes.entered) :]
        return data


def _type_of(txn: Transaction, channel: int) -> str | None:
    found = txn.get(tables.CHANNELS, channel)
    return None if found is None else found.custom_type


def _who(connection: Connection) -> tuple[int, int]:
    actor = connection.actor
    assert actor is not None
    assert actor.user is not None
    return actor.application, actor.user
