"""One person's connection to a server: calls, events and files. `Chat` keeps what is shown in step on top of it."""

from __future__ import annotations

import logging
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import trio

from chatd.client.address import endpoint_of, origin_of
from chatd.client.change import Change
from chatd.client.commands import Call
from chatd.client.connection import DEADLINE, Connection, Listener, State
from chatd.client.events import Event, Events
from chatd.client.failures import Failure, only
from chatd.client.files import MOST_BYTES, Files, Progress, Upload
from chatd.client.schema import Publication, User
from chatd.client.socket import Dial, dial_to
from chatd.client.tokens import Tokens, TokenSource

log = logging.getLogger("chatd.client")


class Session:
    """`async with Session(url, token) as session`: connected from there on, and again whenever the connection is lost.

    `url` is the server's address. `token` is a session token, or an async function that gives one whenever one is
    needed. When the session is over for good the block is canceled, and leaves with SignedOut or Closed.
    """

    def __init__(self, url: str, token: TokenSource, *, dial: Dial | None = None) -> None:
        tokens = Tokens(token)
        listener = Listener(self._on_connected, self._on_streaming, self._on_event, self._on_state)
        self.state_changed = Change()
        self._connection = Connection(dial or dial_to(endpoint_of(url)), tokens, listener)
        self._files = Files(origin_of(url), tokens)
        self._is_streaming = False
        self._listening: weakref.WeakSet[Events] = weakref.WeakSet()
        self._nursery: trio.Nursery
        # Who this is, from the first login on.
        self.me: User
        self._opened = self._open()

    @property
    def state(self) -> State:
        """ "connecting", "connected" or "closed"."""
        return self._connection.state

    @property
    def user_id(self) -> str:
        """Who this is."""
        return self.me["user_id"]

    @property
    def call(self) -> Call:
        """`await session.call("channels.view", channel_url=url)` runs a command as this person; what it answers.

        Waits for a connection, and for the answer: `deadline` seconds. Raises a Failure.
        """
        return self._call

    async def call_by_name(
        self, method: str, params: Mapping[str, Any] | None = None, *, deadline: float = DEADLINE
    ) -> Any:
        """Likewise with a name that is not known before: what it takes and answers nobody checks."""
        return await self._connection.call(method, dict(params or {}), deadline=deadline)

    def events(self) -> Events:
        """Everything that the server tells from now on, in order: `async for event in session.events()`.

        Between what could not be told stands an event of type `stream.reset`: some were missed, and will not come.
        """
        events = Events()
        self._listening.add(events)
        return events

    async def ready(self) -> None:
        """Until the session is there, and in step with the server."""
        await self.state_changed.until(lambda: self._is_streaming)

    async def upload(self, file: Upload, progress: Progress | None = None) -> str:
        """The `file_id` of a file, for `messages.send`. `progress(done, all)` is told bytes. Raises a Failure."""
        return await self._files.upload(file, progress)

    async def download(
        self,
        url: str,
        to: Path,
        progress: Progress | None = None,
        *,
        max_bytes: int = MOST_BYTES,
        elsewhere: bool = False,
    ) -> None:
        """Save the file that a message names by this `url`. Raises a Failure.

        NotLoaded when it has more bytes, or is not at the server: whoever writes a message can name any address, also
        one that only this machine reaches. `elsewhere=True` loads it nevertheless.
        """
        await self._files.download(url, to, progress, max_bytes=max_bytes, elsewhere=elsewhere)

    def spawn(self, work: Callable[..., Awaitable[object]], *args: object) -> None:
        """Have something done beside all else, until the session ends."""
        self._nursery.start_soon(self._do, work, *args)

    def hurry(self) -> None:
        """Try to reach the server now instead of after the current pause."""
        self._connection.hurry()

    async def __aenter__(self) -> Self:
        try:
            await self._opened.__aenter__()
        except BaseExceptionGroup as group:
            raise only(group) from None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        try:
            return bool(await self._opened.__aexit__(kind, error, trace))
        except BaseExceptionGroup as group:
            found = only(group)
            if found is error:
                return False
            raise found from None

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[None]:
        async with trio.open_nursery() as self._nursery:
            self._nursery.start_soon(self._run)
            await self.ready()
            yield
            self._nursery.cancel_scope.cancel()

    async def _run(self) -> None:
        await self._connection.run()

    async def _call(self, method: str, *, deadline: float = DEADLINE, **params: Any) -> Any:
        return await self._connection.call(method, params, deadline=deadline)

    async def _do(self, work: Callable[..., Awaitable[object]], *args: object) -> None:
        try:
            await work(*args)
        except Failure as failure:  # nobody waits for it
            log.info("not done: %s", failure.message)

    def _on_connected(self, user: User) -> None:
        self.me = user

    def _on_streaming(self, is_whole: bool) -> None:
        if not is_whole and self._is_streaming:
            self._tell({"type": "stream.reset"})
        self._is_streaming = True
        self.state_changed.mark()

    def _on_event(self, event: Publication) -> None:
        self._tell(event)

    def _on_state(self, state: State) -> None:
        self.state_changed.mark()

    def _tell(self, event: Event) -> None:
        for events in self._listening:
            events.put(event)
