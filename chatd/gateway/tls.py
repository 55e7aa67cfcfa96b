"""TLS on the listener: sockets that OpenSSL wraps. Their handshake is a task; then they are parked like others."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import trio

from chatd.errors import StartError
from chatd.gateway.connection import RECORD_BYTES

# The type of the first record that a client sends.
HANDSHAKE = b"\x16"

T = TypeVar("T")
P = ParamSpec("P")


class Certificate:
    """The certificate that new connections get; those that are there keep theirs."""

    def __init__(self, chain: Path, key: Path) -> None:
        """Read the files (PEM). Raises StartError."""
        self._chain = chain
        self._key = key
        self.context = self._load()

    def reload(self) -> None:
        """Read the files again. Raises StartError, and the old certificate stays."""
        self.context = self._load()

    def _load(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.options |= ssl.OP_NO_RENEGOTIATION
        context.set_alpn_protocols(["http/1.1"])
        try:
            context.load_cert_chain(self._chain, self._key, password=lambda: b"")
        except (OSError, ValueError) as error:
            raise StartError(f"{self._chain} and {self._key} are no certificate and its key: {error}") from error
        return context


async def speaks_tls(peer: trio.socket.SocketType) -> bool:
    """Whether a peer begins as TLS does (RFC 8446, section 5.1), or hangs up; nothing is taken from its socket."""
    return await peer.recv(1, socket.MSG_PEEK) in (b"", HANDSHAKE)


class TlsStream:
    """An encrypted socket, while a task has it. Raises what `trio.SocketStream` does."""

    def __init__(self, raw: socket.socket, context: ssl.SSLContext) -> None:
        self.socket = context.wrap_socket(raw, server_side=True, do_handshake_on_connect=False)
        self._is_ours = True
        self._has_ended = False

    def detach(self) -> ssl.SSLSocket:
        """The socket, which this stream will not close any more."""
        self._is_ours = False
        return self.socket

    async def handshake(self) -> None:
        """Agree on keys."""
        await self._retry(self.socket.do_handshake)

    async def receive_some(self, limit: int) -> bytes:
        """Some bytes, at most `limit` or a record, whichever is more; none when the peer has ended.

        After `send_eof` they are not decrypted any more: they only tell that the peer is still there.
        """
        return await self._retry(self._receive, limit)

    async def send_all(self, data: bytes | memoryview) -> None:
        """Send, however long the peer takes."""
        whole = memoryview(data)
        for start in range(0, len(whole), RECORD_BYTES):
            # A record goes out as a whole or not at all.
            await self._retry(self.socket.send, whole[start : start + RECORD_BYTES])

    async def send_eof(self) -> None:
        """Say that nothing more comes (RFC 8446, section 6.1); the peer may go on."""
        if not self._has_ended:
            self._has_ended = True
            await self._retry(self._notify_close)

    async def aclose(self) -> None:
        """Close the socket, unless it was detached."""
        if self._is_ours and self.socket.fileno() != -1:
            with contextlib.suppress(OSError, ValueError):
                self.socket.unwrap()
            trio.lowlevel.notify_closing(self.socket)
            self.socket.close()
        await trio.lowlevel.checkpoint()

    async def __aenter__(self) -> TlsStream:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()

    def _receive(self, limit: int) -> bytes:
        if self._has_ended:
            return socket.socket.recv(self.socket, limit)
        # Nothing may be left in OpenSSL when the socket is parked.
        return self.socket.recv(max(limit, RECORD_BYTES))

    def _notify_close(self) -> None:
        try:
            self.socket.unwrap()
        except ssl.SSLWantWriteError:
            raise
        except ssl.SSLError:
            # Ours is out. The peer has not answered it yet, or is still sending, which OpenSSL takes for an error.
            return

    async def _retry(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something as often as OpenSSL waits for the peer in it."""
        wait: Callable[[socket.socket], Awaitable[None]]
        while True:
            await trio.lowlevel.checkpoint()
            try:
                return function(*args, **kwargs)
            except (ssl.SSLWantReadError, BlockingIOError):
                wait = trio.lowlevel.wait_readable
            except ssl.SSLWantWriteError:
                wait = trio.lowlevel.wait_writable
            except OSError as error:
                raise trio.BrokenResourceError(str(error)) from error
            await wait(self.socket)
