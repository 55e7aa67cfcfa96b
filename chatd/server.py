"""Composition: what a running chatd consists of, how it starts and how it stops."""

from __future__ import annotations

import logging
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import trio

from chatd.config import Config
from chatd.domain.tenants import applications, invites
from chatd.errors import StartError, StorageFailed
from chatd.gateway.accepting import accept_forever
from chatd.gateway.admission import Admission
from chatd.gateway.chat import Chat
from chatd.gateway.connection import Connection
from chatd.gateway.counters import Counters
from chatd.gateway.emulation import Emulation
from chatd.gateway.hub import Hub
from chatd.gateway.last_seen import LastSeen
from chatd.gateway.listener import Listener
from chatd.gateway.liveness import Liveness
from chatd.gateway.opening import Onward, Opening
from chatd.gateway.poller import Poller
from chatd.gateway.presence import Presence
from chatd.gateway.proxies import Proxies
from chatd.gateway.reader import Reader
from chatd.gateway.service import Services
from chatd.gateway.session import Session
from chatd.gateway.sockets import close_unix, open_listeners
from chatd.gateway.tls import Certificate
from chatd.http.app import App
from chatd.http.connection import HttpServer
from chatd.http.openid import Provider
from chatd.jobs.announcements import announce_forever
from chatd.jobs.backup import back_up_forever
from chatd.jobs.deliveries import deliver_forever
from chatd.jobs.due import do_what_is_due_forever
from chatd.jobs.erasure import erase_forever
from chatd.jobs.exports import export_forever
from chatd.jobs.files import remove_files_forever
from chatd.jobs.follow import follow_forever
from chatd.jobs.index import index_forever
from chatd.jobs.last_seen import SAVE_SECONDS, save_forever
from chatd.jobs.notifier import Notifier
from chatd.jobs.previews import Limits, preview_forever
from chatd.jobs.probe import probe_forever
from chatd.jobs.purge import purge_forever
from chatd.jobs.push import push_forever
from chatd.jobs.retention import retain_forever
from chatd.jobs.statistics import Counter, count_forever
from chatd.jobs.thumbnails import make_thumbnails_forever
from chatd.logs import log
from chatd.outgoing.calling import Caller
from chatd.outgoing.client import Client
from chatd.outgoing.dialing import Dialer
from chatd.outgoing.network import Network
from chatd.outgoing.openid import OpenId, client_secret
from chatd.outgoing.push.apns import Apns
from chatd.outgoing.targets import origin_of
from chatd.outgoing.translation import Translator
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer
from chatd.wire import codes

CLOSES_PER_SLICE = 100


class Started:
    """What a caller of `serve` may want to know: where it listens, and the link for the first owner, if any."""

    def __init__(self, host: str, port: int, owner_link: str | None) -> None:
        self.host = host
        self.port = port
        self.owner_link = owner_link

    @property
    def address(self) -> str:
        """Where it listens, in the words of the configuration."""
        return f"{self.host}:{self.port}" if self.port else self.host


async def serve(config: Config, started: Callable[[Started], None]) -> None:
    """Run until SIGTERM or SIGINT, then drain. Raises StartError, or StorageFailed, when it cannot start."""
    store = Store.open(Path(config.server.data_dir), config.store.map_size)
    try:
        store.lock()
        server = _Server(config, store)
        try:
            await server.run(started)
        finally:
            server.close()
    finally:
        store.close()


def _contact(config: Config) -> str:
    """How push services reach the operator."""
    url = config.server.public_url
    return config.push.contact or (url if url.startswith("https://") else "")


class _Server:
    """The parts, joined."""

    def __init__(self, config: Config, store: Store) -> None:
        self._config = config
        self._store = store
        self._counters = Counters()
        gateway = config.gateway
        self._poller = Poller(
            self._counters,
            lambda connection: self._reader.read(connection),
            self._gone,
            backlog_limit=gateway.backlog_bytes,
            total_backlog_limit=gateway.total_backlog_bytes,
        )
        self._admission = Admission(config, self._counters, Proxies(config.server.proxies))
        self._emulation = Emulation(
            self._poller,
            lambda connection, commands: self._session.receive(connection, commands),
            gateway.max_message_bytes,
        )
        self._certificate = _certificate(config)
        rate = config.stream.open_channel_messages_per_second
        self._hub = Hub(store, self._counters, self._poller.owe_all, self._poller.close, rate)
        self._writer = Writer(store, self._hub.publish, config.store.inbox, config.store.group)
        self._last_seen = LastSeen(self._writer)
        self._counter = Counter(store, self._writer, self._hub)
        self._presence = Presence(store, self._hub, self._last_seen)
        self._liveness = Liveness(gateway, self._poller)

    async def run(self, started: Callable[[Started], None]) -> None:
        """Serve until told to stop."""
        listeners = await open_listeners(self._config.server)
        owner = _first_start(self._store)
        async with trio.open_nursery() as nursery:
            services = self._services(nursery)
            http = HttpServer(self._config, App(services, self._provider()))
            with trio.open_signal_receiver(signal.SIGTERM, signal.SIGINT, signal.SIGHUP) as signals:
                await nursery.start(self._writer.serve)
                self._start_jobs(nursery)
                nursery.start_soon(services.rates.turn_forever)
                async with trio.open_nursery() as serving:
                    accepting = await serving.start(self._accept, listeners, http)
                    started(_started(self._config, listeners, owner))
                    await self._told_to_stop(signals)
                    log("draining", connections=self._counters.connections)
                    services.draining = self._admission.draining = True
                    accepting.cancel()
                    close_unix(self._config.server)
                    await self._drain(http)
                    serving.cancel_scope.cancel()
            nursery.cancel_scope.cancel()
        log("stopped")

    def _provider(self) -> Provider | None:
        """With whom people sign in, when the operator has named somebody. Raises StartError."""
        settings = self._config.openid
        if not settings.issuer:
            return None
        trusted = {*self._config.outgoing.trusted, origin_of(settings.issuer)}
        client = Client(Network(), settings.seconds, trusted=trusted)
        asked = OpenId(client, settings, client_secret(settings))
        return Provider(asked.begin, asked.finish)

    def _services(self, background: trio.Nursery) -> Services:
        services = Services(
            self._config,
            self._store,
            self._writer,
            self._hub,
            self._counters,
            self._emulation,
            self._presence,
            Translator(self._config.translation, Network()).translate,
            Caller(self._client(self._config.webhooks.answer_seconds)).call,
            background,
        )
        chat = Chat(services, self._poller, self._opened)
        gateway = self._config.gateway
        self._session = Session(self._poller, chat, services.rates)
        self._reader = Reader(
            self._poller,
            self._session.receive,
            services.rates,
            gateway.max_message_bytes,
            gateway.total_backlog_bytes,
        )
        return services

    async def _accept(
        self,
        listeners: list[trio.SocketListener],
        http: HttpServer,
        task_status: trio.TaskStatus[trio.CancelScope] = trio.TASK_STATUS_IGNORED,
    ) -> None:
        """Serve connections until cancelled; the scope ends the accepting of more."""
        gateway = self._config.gateway
        onward = Onward(self._liveness.parked, self._emulation.begin, http.serve)
        opening = Opening(self._config, self._poller, self._admission, self._certificate, onward)
        async with trio.open_nursery() as tasks:
            listener = Listener(gateway, self._poller, self._admission, opening, tasks)
            tasks.start_soon(listener.lobby.poll_forever)
            tasks.start_soon(listener.lobby.watch_forever)
            try:
                with trio.CancelScope() as scope:
                    task_status.started(scope)
                    async with trio.open_nursery() as accepting:
                        for each in listeners:
                            accepting.start_soon(accept_forever, each, listener.arrived)
                for each in listeners:
                    await each.aclose()
                await trio.sleep_forever()
            finally:
                listener.lobby.close()

    def _start_jobs(self, nursery: trio.Nursery) -> None:
        poller = self._poller
        for job in (poller.poll_forever, poller.flush_forever, self._session.continue_forever):
            nursery.start_soon(job)
        nursery.start_soon(self._counters.lag.measure_forever)
        nursery.start_soon(self._liveness.watch_forever)
        nursery.start_soon(self._presence.tell_forever)
        nursery.start_soon(self._hub.open.tell_forever)
        nursery.start_soon(self._hub.open.tick_forever)
        nursery.start_soon(save_forever, self._last_seen)
        nursery.start_soon(follow_forever, self._store, self._writer, self._hub)
        nursery.start_soon(count_forever, self._counter)
        nursery.start_soon(probe_forever, self._writer)
        nursery.start_soon(remove_files_forever, self._store, self._writer)
        nursery.start_soon(purge_forever, self._store, self._writer)
        nursery.start_soon(retain_forever, self._store, self._writer)
        nursery.start_soon(do_what_is_due_forever, self._store, self._writer)
        nursery.start_soon(announce_forever, self._store, self._writer)
        nursery.start_soon(make_thumbnails_forever, self._store, self._writer)
        nursery.start_soon(erase_forever, self._store, self._writer)
        nursery.start_soon(index_forever, self._store)
        nursery.start_soon(export_forever, self._store, self._writer, self._config.files.reserve_bytes)
        previews = self._config.previews
        if previews.enabled:
            client = Client(Network(), previews.seconds)
            files = self._config.files
            room = (files.max_bytes_per_application, files.reserve_bytes)
            limits = Limits(previews.max_bytes, previews.max_picture_bytes, *room)
            nursery.start_soon(preview_forever, self._store, self._writer, client, limits)
        nursery.start_soon(deliver_forever, self._store, self._writer, self._client(self._config.webhooks.seconds))
        push = self._config.push
        dialer = Dialer(Network(), push.seconds, frozenset(self._config.outgoing.trusted))
        apns = Apns(dialer, push.seconds, nursery, (push.apns_url, push.apns_sandbox_url))
        notifier = Notifier(self._client(push.seconds), apns, _contact(self._config))
        nursery.start_soon(push_forever, self._store, self._writer, notifier, self._hub.is_online)
        nursery.start_soon(back_up_forever, self._store, self._config.backup)

    def _client(self, seconds: float) -> Client:
        """Asks whom backends name, within so many seconds."""
        return Client(Network(), seconds, trusted=frozenset(self._config.outgoing.trusted))

    async def _told_to_stop(self, signals: AsyncIterator[int]) -> None:
        """Wait for the signal to stop; SIGHUP reads the certificate again."""
        async for number in signals:
            if number != signal.SIGHUP:
                return
            self._reload()

    def _reload(self) -> None:
        if self._certificate is None:
            return
        try:
            self._certificate.reload()
            log("certificate reloaded")
        except StartError as error:
            log("certificate kept", logging.ERROR, error=error.message)

    def close(self) -> None:
        """Let go of all sockets."""
        self._poller.close_all()

    async def _drain(self, http: HttpServer) -> None:
        """End HTTP requests, then close WebSockets, spread over half of the time there is."""
        with trio.move_on_after(self._config.server.drain_seconds):
            await http.drain()
            connections = self._poller.connections()
            pause = self._config.server.drain_seconds / 2 / (len(connections) / CLOSES_PER_SLICE + 1)
            for count, connection in enumerate(connections, 1):
                self._poller.close(connection, codes.SHUTDOWN)
                if count % CLOSES_PER_SLICE == 0:
                    await trio.sleep(pause)
            while self._counters.connections or len(http) or self._writer.depth:
                await trio.sleep(0.05)
        for connection in self._poller.connections():
            self._poller.drop(connection)
        with trio.move_on_after(SAVE_SECONDS):
            await self._last_seen.save()
            await self._counter.turn()

    def _opened(self, connection: Connection) -> None:
        self._liveness.opened(connection)
        self._presence.entered(connection)

    def _gone(self, connection: Connection) -> None:
        self._hub.leave(connection)
        self._presence.left(connection)
        self._emulation.end(connection)
        self._reader.forget(connection)
        self._admission.leave(connection.address)
        self._liveness.closing(connection)


def _certificate(config: Config) -> Certificate | None:
    server = config.server
    return Certificate(Path(server.tls_certificate), Path(server.tls_key)) if server.tls_certificate else None


def _first_start(store: Store) -> str | None:
    """See to what a server needs to have; the secret of an owner's invite while nobody owns it.

    When the disk refuses, a server that has been used before starts without: it can be read.
    """
    try:
        return store.write_now(0, _prepare)
    except StorageFailed as error:
        if not store.read(0, applications.every):
            raise
        log("nobody owns this server, and the disk refuses an invite", logging.ERROR, error=error.message)
        return None
    finally:
        store.refresh()


def _prepare(txn: Transaction) -> str | None:
    """The application of the web chat, and a way in while nobody owns it."""
    applications.ensure_main(txn)
    applications.ensure_secrets(txn)
    return invites.for_first_owner(txn)


def _started(config: Config, listeners: list[trio.SocketListener], owner: str | None) -> Started:
    if config.server.unix_path is not None:
        return Started(config.server.listen, 0, f"{config.server.url(0)}/join/{owner}" if owner else None)
    port: int = listeners[0].socket.getsockname()[1]
    host = f"[{config.server.host}]" if ":" in config.server.host else config.server.host
    return Started(host, port, f"{config.server.url(port)}/join/{owner}" if owner else None)
