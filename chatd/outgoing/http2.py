"""A connection of HTTP/2 (RFC 9113) on which many requests are under way at once.

`h2` knows the protocol, and two tasks its bytes: one reads, one writes, and who asks only waits. So a request that is
given up leaves the connection as it should be, and the stream is reset.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import h2.events
import trio
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.exceptions import H2Error
from h2.settings import SettingCodes, Settings
from trio.abc import Stream

from chatd.outgoing.exchange import Broken, Exchange, NotProcessed
from chatd.outgoing.frames import FrameError, Frames, GoAway

Headers = list[tuple[str, str]]

# Requests under way at most, if the server takes so many.
AT_ONCE: Final = 100
# A connection on which nothing came for so long is closed, and made again when it is needed.
IDLE_SECONDS: Final = 3600.0
# A peer that takes no bytes for so long is gone.
SEND_SECONDS: Final = 30.0
_PIECE: Final = 16 * 1024
_CLOSED: Final = (OSError, trio.BrokenResourceError, trio.ClosedResourceError, trio.TooSlowError)
# What is no HTTP/2, or has values that cannot be read.
_UNREADABLE: Final = (H2Error, FrameError, ValueError)


class Connection:
    """`is_open` says whether requests may begin. Nothing happens but in `run`."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._h2 = H2Connection(H2Configuration(client_side=True, header_encoding=None))
        self._frames = Frames()
        self._exchanges: dict[int, Exchange] = {}
        self._scope = trio.CancelScope()
        self._waiting = trio.lowlevel.ParkingLot()
        self._to_write = trio.Event()
        self._heard_at = 0.0
        self._has_settings = False
        self._reason = "the connection was closed"
        self.is_open = True

    async def run(self) -> None:
        """Carry requests and answers until the connection ends, however it ends."""
        self._h2.local_settings = Settings(client=True, initial_values={SettingCodes.ENABLE_PUSH: 0})
        self._h2.initiate_connection()
        try:
            with self._scope:
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(self._until_broken, self._write)
                    nursery.start_soon(self._until_broken, self._read)
        finally:
            self.is_open = False
            for exchange in self._exchanges.values():
                exchange.fail(Broken(self._reason))
            self._waiting.unpark_all()
            await trio.aclose_forcefully(self._stream)

    async def ask(self, headers: Headers, body: bytes) -> tuple[int, bytes]:
        """What a POST is answered: status and body. Raises NotProcessed, Broken."""
        await self._turn()
        number, exchange, began = self._begin(headers, body), Exchange(body), trio.current_time()
        self._exchanges[number] = exchange
        self._pump(number, exchange)
        self._to_write.set()
        try:
            await exchange.done.wait()
        finally:
            self._finish(number, exchange, began)
        return exchange.answer()

    def retire(self) -> None:
        """Begin no more requests; the connection ends with the last one that is under way."""
        self.is_open = False
        self._waiting.unpark_all()
        if not self._exchanges:
            self._scope.cancel()

    async def _turn(self) -> None:
        """Wait until the server has said how many requests it takes, and takes one more."""
        while self.is_open and (not self._has_settings or len(self._exchanges) >= self._room()):
            await self._waiting.park()
        if not self.is_open:
            raise NotProcessed(self._reason)

    def _room(self) -> int:
        return min(AT_ONCE, self._h2.remote_settings.max_concurrent_streams)

    def _begin(self, headers: Headers, body: bytes) -> int:
        try:
            number = self._h2.get_next_available_stream_id()
            self._h2.send_headers(number, headers, end_stream=not body)
        except H2Error as error:
            self._reason = str(error)
            self.retire()
            raise NotProcessed(self._reason) from error
        return number

    def _finish(self, number: int, exchange: Exchange, began: float) -> None:
        """Let go of a stream, and of the connection if it is to end or has been silent all the while."""
        del self._exchanges[number]
        if not exchange.done.is_set() or exchange.left:
            self._reset(number)
        self._waiting.unpark_all()
        if not self.is_open or (not exchange.done.is_set() and self._heard_at < began):
            self.retire()

    def _reset(self, number: int) -> None:
        try:
            self._h2.reset_stream(number, ErrorCodes.CANCEL)
        except H2Error:
            return  # it has ended already
        self._to_write.set()

    def _pump(self, number: int, exchange: Exchange) -> None:
        """Send of a body what the server takes now."""
        while exchange.left and not exchange.done.is_set():
            room = min(self._h2.local_flow_control_window(number), self._h2.max_outbound_frame_size)
            if room <= 0:
                return
            piece, exchange.left = exchange.left[:room], exchange.left[room:]
            self._h2.send_data(number, piece, end_stream=not exchange.left)

    async def _until_broken(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except (*_CLOSED, *_UNREADABLE) as error:
            self._reason = str(error) or type(error).__name__
        self._scope.cancel()

    async def _write(self) -> None:
        while True:
            if data := self._h2.data_to_send():
                with trio.fail_after(SEND_SECONDS):
                    await self._stream.send_all(data)
            else:
                await self._to_write.wait()
                self._to_write = trio.Event()

    async def _read(self) -> None:
        while True:
            data = b""
            with trio.move_on_after(IDLE_SECONDS):
                data = bytes(await self._stream.receive_some(_PIECE))
            if not data:
                return
            for frame in self._frames.take(data):
                self._take(frame)
            self._heard_at = trio.current_time()
            self._to_write.set()
            self._waiting.unpark_all()

    def _take(self, frame: bytes | GoAway) -> None:
        if isinstance(frame, GoAway):
            self._reason = f"the server went: {frame.said or frame.code}"
            for number, exchange in self._exchanges.items():
                if number > frame.last:
                    exchange.fail(NotProcessed(self._reason))
            self.retire()
            return
        for event in self._h2.receive_data(frame):
            self._note(event)

    def _note(self, event: h2.events.Event) -> None:
        self._has_settings |= isinstance(event, h2.events.RemoteSettingsChanged)
        if isinstance(event, h2.events.RemoteSettingsChanged | h2.events.WindowUpdated):
            for number, exchange in self._exchanges.items():
                self._pump(number, exchange)
        elif isinstance(event, h2.events.DataReceived):
            self._h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        exchange_of = self._exchanges.get(getattr(event, "stream_id", None) or 0)
        if exchange_of is not None:
            _note_of(exchange_of, event)


def _note_of(exchange: Exchange, event: h2.events.Event) -> None:
    match event:
        case h2.events.ResponseReceived():
            exchange.status = int(dict(event.headers or [])[b":status"])
        case h2.events.DataReceived():
            exchange.take(event.data)
        case h2.events.StreamReset(error_code=ErrorCodes.REFUSED_STREAM):
            exchange.fail(NotProcessed("the stream was refused"))
        case h2.events.StreamReset():
            exchange.fail(Broken("the stream was reset"))
        case h2.events.StreamEnded():
            exchange.done.set()
