"""Who is connected, and who is told what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final, NamedTuple

from chatd.domain import stream
from chatd.domain.channels.memberships import channels_of
from chatd.domain.statistics.platforms import platform_of
from chatd.domain.tenants import applications
from chatd.gateway.activity import Activity
from chatd.gateway.connection import Connection, Subscribed
from chatd.gateway.counters import Counters
from chatd.gateway.open_channels import OpenChannels
from chatd.gateway.software import Software
from chatd.model import Publication
from chatd.store.store import Store
from chatd.wire import codes
from chatd.wire.codecs import Codec
from chatd.wire.codes import Disconnect

OweAll = Callable[[Collection[Connection], Callable[[Codec], bytes]], None]
Close = Callable[[Connection, Disconnect], None]


# Of what another process has committed at once, so many events are published; more are an import.
MAX_FILLED = 1000


PROFILE: Final = "user.updated"
PREFERENCE: Final = "presence_preference.changed"
BLOCKS: Final = ("user.blocked", "user.unblocked")
TYPE_MUTES: Final = ("user.muted_in_type", "user.unmuted_in_type")


class Exposed(NamedTuple):
    """A user of whom others may see more or less than before: all others, or one by their id."""

    application: int
    user: int
    viewer_id: str = ""


class Audience:
    """The connected clients of one application: by user, and those that subscribe by channel.

    `sequence` is the last event that was published, or `skipped`: an import brought too many to tell of each.
    """

    __slots__ = ("channels", "sequence", "skipped", "users")

    def __init__(self, sequence: int) -> None:
        self.sequence = sequence
        self.skipped = False
        self.users: dict[int, tuple[Connection, ...]] = {}
        self.channels: dict[int, set[Connection]] = {}


class Hub:
    """Turns publications into frames for those whom they concern.

    What it holds agrees with the loop's snapshot of the store: both move when a group of commits is published. What
    another process has committed may be in the snapshot earlier; it is published before anybody enters or subscribes.
    So a client that reads its position and does so, without a pause between, misses nothing and is told nothing twice.
    `exposed` are the users who have said anew who may see whether they are online, or have blocked somebody; `changed`
    those of whom something else is known than before, such as another name, by application and number.
    `forgotten` grows when what was told before may be told no more. `open` are the open channels; up to `open_rate`
    messages of one are shown in a second. `activity` counts who was there, for statistics, `software` what
    those who are there say they are.
    """

    def __init__(self, store: Store, counters: Counters, owe_all: OweAll, close: Close, open_rate: int = 5) -> None:
        self._store = store
        self._counters = counters
        self._owe_all = owe_all
        self._close = close
        self._audiences: dict[int, Audience] = {}
        self.forgotten = 0
        self.exposed: set[Exposed] = set()
        self.changed: set[tuple[int, int]] = set()
        self.activity = Activity()
        self.software = Software()
        self.open = OpenChannels(store, counters, owe_all, self.activity, open_rate)

    def enter(self, connection: Connection) -> None:
        """A client has logged in."""
        actor = connection.actor
        assert actor is not None
        assert actor.user is not None
        self.keep_up(actor.application)
        users = self._audience(actor.application).users
        users[actor.user] = (*users.get(actor.user, ()), connection)
        self.activity.entered(actor.application, actor.user, platform_of(connection.software))
        self.software.entered(connection)

    def subscribe(self, connection: Connection) -> None:
        """A client wants its stream."""
        assert connection.actor is not None
        self.keep_up(connection.actor.application)
        connection.subscribed = Subscribed.BY_CLIENT
        audience, channels = self._place(connection)
        for channel in channels:
            audience.channels.setdefault(channel, set()).add(connection)

    def unsubscribe(self, connection: Connection) -> None:
        """A client does not want its stream any more."""
        if connection.subscribed:
            connection.subscribed = Subscribed.NO
            audience, channels = self._place(connection)
            for channel in channels:
                _discard(audience, channel, connection)

    def leave(self, connection: Connection) -> None:
        """A client is gone."""
        actor = connection.actor
        if actor is None or actor.user is None:
            return
        self.unsubscribe(connection)
        self.open.leave(connection)
        self.activity.left(actor.application, actor.user)
        self.software.left(connection)
        users = self._audience(actor.application).users
        others = tuple(each for each in users[actor.user] if each is not connection)
        if others:
            users[actor.user] = others
        else:
            del users[actor.user]

    def publish(self, publications: list[Publication]) -> None:
        """Tell each publication to those whom it concerns, in order."""
        for publication in publications:
            if publication.sequence:
                audience = self._audience(publication.application, publication.sequence - 1)
                if publication.sequence > audience.sequence + 1:
                    self._fill(publication.application, audience, publication.sequence - 1)
                audience.sequence = publication.sequence
            self._tell(publication)

    def tell(self, publication: Publication, connections: Collection[Connection]) -> None:
        """Tell chosen connections what is not of the stream."""
        self._send(publication, connections)

    def catch_up(self) -> None:
        """Publish what other processes have committed. Only while the writer has nothing under way."""
        self._store.refresh()
        self.fill()

    def fill(self) -> None:
        """Publish what the snapshot has and nobody published: other processes committed it."""
        for application, audience in list(self._audiences.items()):
            if not self._store.read(0, applications.exists, application):
                self._close_all(audience, codes.INVALID_TOKEN)
                continue
            if not self.keep_up(application) and audience.skipped:
                # It has ended, and has changed the epoch. So they come back, cannot recover, and load anew.
                audience.skipped = False
                self._close_all(audience, codes.INSUFFICIENT_STATE)

    def keep_up(self, application: int) -> bool:
        """Publish what the snapshot has of one application and nobody published; whether there was anything."""
        audience = self._audience(application)
        head = self._store.read(application, stream.top).sequence
        if head <= audience.sequence:
            return False
        self._fill(application, audience, head)
        audience.sequence = head
        return True

    def count(self, application: int, user: int) -> int:
        """How many connections a user has."""
        return len(self._audience(application).users.get(user, ()))

    def is_online(self, application: int, user: int) -> bool:
        """Whether a user has a connection. For any thread."""
        audience = self._audiences.get(application)
        return audience is not None and user in audience.users

    def connections(self, application: int, user: int) -> list[Connection]:
        """The connections of a user, oldest first."""
        return list(self._audience(application).users.get(user, ()))

    def cut(self, application: int, user: int, why: Disconnect, is_meant: Callable[[Connection], bool]) -> int:
        """Close those connections of a user that are meant; how many."""
        meant = [connection for connection in self.connections(application, user) if is_meant(connection)]
        for connection in meant:
            self._close(connection, why)
        return len(meant)

    def everybody(self) -> dict[int, Iterator[tuple[int, int]]]:
        """Who is connected, and from which platform, by application."""
        return {application: _platforms(audience) for application, audience in self._audiences.items()}

    def users(self) -> int:
        """How many users are connected."""
        return sum(len(audience.users) for audience in self._audiences.values())

    def _fill(self, application: int, audience: Audience, last: int) -> None:
        """Publish up to `last` what another process has committed, unless it is too much."""
        if last - audience.sequence > MAX_FILLED:
            audience.skipped = True
        if audience.skipped:
            self.forgotten += 1  # which of these events forget something is not looked at
            return
        for publication in self._store.read(application, stream.replay, audience.sequence + 1, last):
            self._tell(publication)

    def _close_all(self, audience: Audience, why: Disconnect) -> None:
        for connection in [each for connections in audience.users.values() for each in connections]:
            self._close(connection, why)

    def _audience(self, application: int, sequence: int | None = None) -> Audience:
        audience = self._audiences.get(application)
        if audience is None:
            if sequence is None:
                sequence = self._store.read(application, stream.top).sequence
            audience = Audience(sequence)
            self._audiences[application] = audience
        return audience

    def _tell(self, publication: Publication) -> None:
        audience = self._audience(publication.application)
        self.forgotten += publication.forgets
        if publication.disconnect:
            self._end_sessions(publication)
            return
        for user in publication.joined:
            for connection in audience.users.get(user, ()):
                if connection.subscribed:
                    audience.channels.setdefault(publication.channel, set()).add(connection)
        if publication.channel:
            self._send(publication, audience.channels.get(publication.channel, ()))
            self.open.publish(publication)
        else:
            self._tell_own(publication, audience.users.get(publication.user, ()))
        if publication.ends:
            audience.channels.pop(publication.channel, None)
        for user in publication.left:
            for connection in audience.users.get(user, ()):
                _discard(audience, publication.channel, connection)
            self.open.expel(publication.application, publication.channel, audience.users.get(user, ()))

    def _tell_own(self, publication: Publication, own: Collection[Connection]) -> None:
        self._expose(publication)
        self._send(publication, [connection for connection in own if connection.subscribed])
        if publication.expels:
            self.open.expel_from_type(publication.expels, own)
        if publication.data.get("type") in TYPE_MUTES:
            self.open.tell_mute(publication.data["custom_type"], own)

    def _expose(self, publication: Publication) -> None:
        kind = publication.data.get("type")
        if kind == PROFILE:
            self.changed.add((publication.application, publication.user))
        elif kind == PREFERENCE:
            self.exposed.add(Exposed(publication.application, publication.user))
        elif kind in BLOCKS:
            other = publication.data["user"]["user_id"]
            self.exposed.add(Exposed(publication.application, publication.user, other))

    def _end_sessions(self, publication: Publication) -> None:
        """Who is here has logged in before: with later sessions one enters after this was told."""
        self.cut(
            publication.application,
            publication.user,
            codes.INVALID_TOKEN,
            lambda each: publication.session in (0, each.expires_at),
        )

    def _send(self, publication: Publication, connections: Collection[Connection]) -> None:
        """One frame per encoding, shared by all who get it."""
        if connections:
            self._owe_all(
                connections,
                lambda codec: codec.publication(stream.CHANNEL, publication.data, publication.sequence),
            )
            self._counters.deliveries += len(connections)
            self.activity.add(publication.application, "deliveries", len(connections))

    def _place(self, connection: Connection) -> tuple[Audience, list[int]]:
        actor = connection.actor
        assert actor is not None
        assert actor.user is not None
        channels = self._store.read(actor.application, channels_of, actor.user)
        return self._audience(actor.application), channels


def _discard(audience: Audience, channel: int, connection: Connection) -> None:
    members = audience.channels.get(channel)
    if members is not None:
        members.discard(connection)
        if not members:
            del audience.channels[channel]


def _platforms(audience: Audience) -> Iterator[tuple[int, int]]:
    return ((user, platform_of(each.software)) for user, connections in audience.users.items() for each in connections)
