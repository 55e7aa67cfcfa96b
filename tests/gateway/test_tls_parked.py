"""Parked TLS sockets: records that the kernel takes in parts are finished before anything else is said."""

from __future__ import annotations

import random
import socket
import ssl
from typing import Any

import pytest
import trio
import trio.testing
import trustme

from chatd.gateway.connection import RECORD_BYTES, Connection, State
from chatd.gateway.tls import TlsStream
from chatd.wire import codes
from chatd.wire.codecs import WEBSOCKET_JSON
from chatd.wire.frames import CLOSE, TEXT, encode_frame
from tests.gateway.client import PATIENCE_SECONDS, Client, masked
from tests.gateway.loopback import Loopback, calls

AUTHORITY = trustme.CA()
VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]
SEND_BUFFER = 4608


def contexts(version: ssl.TLSVersion) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's, and a client's for one version."""
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    AUTHORITY.issue_cert("localhost").configure_cert(server)
    AUTHORITY.configure_trust(client)
    client.minimum_version = client.maximum_version = version
    return server, client


async def agreed(version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> tuple[TlsStream, trio.SSLStream[Any]]:
    """Both ends of a connection whose handshake is done; ours takes little at a time."""
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    ours.setblocking(False)
    server, client = contexts(version)
    encrypted = TlsStream(ours, server)
    transport = trio.SocketStream(trio.socket.from_stdlib_socket(theirs))
    stream = trio.SSLStream(transport, client, server_hostname="localhost")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(encrypted.handshake)
        nursery.start_soon(stream.do_handshake)
    return encrypted, stream


async def park(loop: Loopback, version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> tuple[Connection, Client]:
    """A logged-in connection and its client."""
    encrypted, stream = await agreed(version)
    tls = encrypted.detach()
    connection = loop.poller.park(tls.fileno(), WEBSOCKET_JSON, tls=tls)
    connection.state = State.OPEN
    return connection, Client(stream)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("seed", range(4))
async def test_everything_arrives_in_order(version: ssl.TLSVersion, seed: int) -> None:
    """Frames smaller and larger than records and than the kernel's buffer, owed while others are stuck."""
    chance = random.Random(seed)
    loop = Loopback(backlog_limit=50_000_000)
    connection, client = await park(loop, version)
    sizes = [chance.choice([1, 100, 4000, RECORD_BYTES - 4, RECORD_BYTES, 70_000]) for _ in range(60)]
    async with loop.running():
        for n, size in enumerate(sizes):
            loop.poller.owe(connection, encode_frame(TEXT, bytes([n]) * size))
            if chance.random() < 0.6:
                loop.poller.flush(1)
            if chance.random() < 0.3:
                await trio.testing.wait_all_tasks_blocked()
        for n, size in enumerate(sizes):
            assert await client.frame() == (TEXT, bytes([n]) * size)
        assert connection.unsent is None
    assert loop.counters.backlog_bytes == 0


async def test_who_is_too_slow_gets_whole_frames_and_then_the_reason() -> None:
    loop = Loopback(backlog_limit=100_000)
    connection, client = await park(loop)
    sent = 0
    while connection.state is State.OPEN:
        loop.poller.owe(connection, encode_frame(TEXT, b"x" * 5000))
        loop.poller.flush(1)
        sent += 1
    assert sent > 10
    async with loop.running():
        for _ in range(sent - 1):
            assert await client.frame() == (TEXT, b"x" * 5000)
        assert await client.closed() == 3008
    assert loop.counters.backlog_bytes == 0


async def test_a_stuck_record_does_not_keep_a_connection_from_ending() -> None:
    loop = Loopback(backlog_limit=1_000_000)
    connection, _ = await park(loop)
    loop.poller.owe(connection, encode_frame(TEXT, b"x" * 200_000))
    loop.poller.flush(1)
    assert connection.unsent is not None
    loop.poller.drop(connection, codes.SLOW.code)
    assert loop.gone == [connection]
    assert loop.counters.backlog_bytes == 0


@pytest.mark.parametrize("version", VERSIONS)
async def test_what_a_client_sends_in_any_pieces_is_read_to_its_end(version: ssl.TLSVersion) -> None:
    """Records of many frames and frames of many records: nothing waits in OpenSSL, of which epoll does not tell."""
    loop = Loopback(backlog_limit=50_000_000)
    _, client = await park(loop, version)
    said = b"".join(calls((n, "x" * (n * 37 % 9000))) for n in range(1, 200))
    chance = random.Random(1)
    async with loop.running(), trio.open_nursery() as nursery:
        nursery.start_soon(_send_in_pieces, client, said, chance)
        assert [(await client.push())["id"] for _ in range(199)] == list(range(1, 200))


async def _send_in_pieces(client: Client, said: bytes, chance: random.Random) -> None:
    while said:
        size = chance.choice([1, 2, 500, RECORD_BYTES, 40_000])
        await client.send(said[:size])
        said = said[size:]


@pytest.mark.parametrize("version", VERSIONS)
async def test_broken_framing_is_told_before_the_end(version: ssl.TLSVersion) -> None:
    loop = Loopback()
    connection, client = await park(loop, version)
    async with loop.running():
        await client.send(b"\x83\x80mask" + bytes(100_000))
        assert await client.closed() == 1002
        assert await client.stream.receive_some() == b""
        await client.stream.aclose()
        await trio.testing.wait_all_tasks_blocked()
    assert connection.state is State.CLOSED


async def test_the_end_is_told_after_the_closing_handshake() -> None:
    loop = Loopback()
    connection, client = await park(loop)
    async with loop.running():
        loop.poller.close(connection, codes.SHUTDOWN)
        assert await client.frame() == (CLOSE, codes.SHUTDOWN.code.to_bytes(2, "big") + b"shutdown")
        await client.send(masked(CLOSE, codes.SHUTDOWN.code.to_bytes(2, "big")))
        # Not a ragged end, which is an error here.
        assert await client.stream.receive_some() == b""


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_stream_that_is_closed_says_so(version: ssl.TLSVersion) -> None:
    ours, theirs = await agreed(version)
    await ours.aclose()
    assert await theirs.receive_some() == b""


async def test_after_the_end_whatever_comes_is_passed_over() -> None:
    """A task that waits for something to read does not take it for an error."""
    ours, theirs = await agreed()
    with trio.fail_after(PATIENCE_SECONDS):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_read_to_the_end, ours)
            await trio.testing.wait_all_tasks_blocked()
            nursery.start_soon(ours.send_eof)
            await theirs.send_all(b"x" * 400_000)
            assert await theirs.receive_some() == b""
            await theirs.transport_stream.aclose()


async def _read_to_the_end(stream: TlsStream) -> None:
    while await stream.receive_some(4096):
        pass


async def test_a_stream_before_its_handshake_ends_quietly() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    server, _ = contexts(VERSIONS[0])
    await TlsStream(ours, server).aclose()
    assert theirs.recv(100) == b""
    theirs.close()
