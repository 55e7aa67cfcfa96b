"""TLS: the same server behind OpenSSL, in every version that is allowed, and with peers that break it off anywhere."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import ssl
import subprocess
from pathlib import Path

import httpx
import pytest
import trio
import trustme

from chatd.errors import StartError
from chatd.gateway.tls import Certificate
from tests.gateway.client import PATIENCE_SECONDS, UPGRADE, Client, masked
from tests.gateway.conftest import CHANNEL, Running, Start

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
AUTHORITY = trustme.CA()
VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


class Files:
    """A certificate and its key in files, with the options that name them."""

    def __init__(self, directory: Path) -> None:
        self.chain, self.key = directory / "chain.pem", directory / "key.pem"
        self.options = {"tls_certificate": str(self.chain), "tls_key": str(self.key)}
        self.issue()

    def issue(self) -> None:
        """Write a new certificate."""
        issued = AUTHORITY.issue_cert("localhost")
        self.chain.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
        self.key.write_bytes(issued.private_key_pem.bytes())


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
async def secure(start: Start, files: Files) -> Running:
    found: Running = await start(server=files.options)
    return found


def trusting(version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
    """A client's context for one version."""
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    context.minimum_version = context.maximum_version = version
    return context


async def open_tls(port: int, context: ssl.SSLContext | None = None) -> Client:
    """Connect; a connection that ends without saying so is an error."""
    raw = await trio.open_tcp_stream("127.0.0.1", port)
    stream = trio.SSLStream(raw, context or trusting(), server_hostname="localhost")
    with trio.fail_after(PATIENCE_SECONDS):
        await stream.do_handshake()
    return Client(stream)


async def upgraded(port: int, context: ssl.SSLContext | None = None) -> Client:
    client = await open_tls(port, context)
    await client.send(UPGRADE + b"\r\n")
    assert (await client.head()).startswith(b"HTTP/1.1 101 ")
    return client


async def log_in(client: Client, token: str) -> Client:
    await client.request(connect={"token": token})
    await client.request(subscribe={"channel": "~"})
    return client


async def ended(client: Client) -> None:
    """The server ends the connection, and says so."""
    with trio.fail_after(PATIENCE_SECONDS):
        while await client.stream.receive_some():
            pass


async def gone(running: Running, code: int, count: int = 1) -> None:
    """Wait until so many connections have ended with a code."""
    with trio.fail_after(PATIENCE_SECONDS):
        async with httpx.AsyncClient(verify=False) as client:
            while f'closed_total{{code="{code}"}} {count}.0' not in (await client.get(f"{running.url}/metrics")).text:
                await trio.sleep(0.01)


async def test_a_conversation(secure: Running) -> None:
    await secure.people("ann", "bob")
    ann, bob = [
        await log_in(await upgraded(secure.port, trusting(version)), await secure.session(user))
        for user, version in zip(("ann", "bob"), VERSIONS, strict=True)
    ]
    for client in (ann, bob):
        await client.rpc("messages.send", channel_url=CHANNEL, message="x" * 5000)
        for each in (ann, bob):
            told = await each.publication("message.created")
            assert told["data"]["message"]["message"] == "x" * 5000


@pytest.mark.parametrize("version", VERSIONS)
async def test_requests_follow_each_other_and_the_end_is_told(secure: Running, version: ssl.TLSVersion) -> None:
    client = await open_tls(secure.port, trusting(version))
    for _ in range(3):
        await client.send(HEALTH)
        assert (await client.head()).startswith(b"HTTP/1.1 200 ")
        await client.body(15)
    await client.send(HEALTH.replace(b"Host", b"Connection: close\r\nHost"))
    assert (await client.head()).startswith(b"HTTP/1.1 200 ")
    await ended(client)


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
async def test_only_versions_that_are_safe(secure: Running) -> None:
    context = trusting()
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.raises(trio.BrokenResourceError):
        await open_tls(secure.port, context)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("protocols", [["h2"], ["h2", "http/1.1"]])
async def test_http_1_is_agreed_on(secure: Running, version: ssl.TLSVersion, protocols: list[str]) -> None:
    context = trusting(version)
    context.set_alpn_protocols(protocols)
    client = await open_tls(secure.port, context)
    assert client.stream.selected_alpn_protocol() == ("http/1.1" if "http/1.1" in protocols else None)
    await client.send(HEALTH)
    assert (await client.head()).startswith(b"HTTP/1.1 200 ")


async def test_a_refusal_and_a_close_are_read_to_their_end(secure: Running) -> None:
    refused = await open_tls(secure.port)
    await refused.send(UPGRADE + b"Origin: https://evil.example\r\n\r\n")
    assert (await refused.head()).startswith(b"HTTP/1.1 403 ")
    await ended(refused)
    closed = await upgraded(secure.port)
    await closed.send(masked(1, b"not json"))
    assert await closed.closed() == 3501
    await closed.send(masked(8, (3501).to_bytes(2, "big")))
    await ended(closed)


async def test_a_refusal_reaches_who_sends_all_before_reading(secure: Running) -> None:
    client = await open_tls(secure.port)
    head = b"POST /emulation HTTP/1.1\r\nHost: x\r\nContent-Length: 400000\r\n\r\n"
    await client.send(head + b"x" * 400_000)
    assert (await client.head()).startswith(b"HTTP/1.1 413 ")


async def test_plain_http_is_told_what_this_port_speaks(secure: Running) -> None:
    for said in (HEALTH, UPGRADE + b"\r\n", b"P"):
        client = await Client.open(secure.port)
        await client.send(said)
        answer = await client.rest()
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b"speaks TLS" in answer


async def test_tls_on_a_plain_port_is_told_at_once(start: Start) -> None:
    running = await start(handshake_seconds=60)
    with pytest.raises(trio.BrokenResourceError) as raised:
        await open_tls(running.port)
    assert isinstance(raised.value.__cause__, ssl.SSLError)


GARBAGE = [
    b"",
    b"\x16",
    b"\x16\x03\x01",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100),
    b"\x16\x03\x01\xff\xff" + bytes(70_000),
    b"\x16" + bytes(range(256)),
    b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00" * 50,
]


async def test_half_a_handshake_and_garbage(start: Start, files: Files) -> None:
    secure = await start(server=files.options, handshake_seconds=2)
    witness = await upgraded(secure.port)
    async with trio.open_nursery() as nursery:
        for said in GARBAGE:
            nursery.start_soon(answered_nothing, secure.port, said)
            await (await Client.open(secure.port)).stream.send_all(said)
    await witness.send(masked(1, b"not json"))
    assert await witness.closed() == 3501


async def answered_nothing(port: int, said: bytes) -> None:
    """An end, perhaps after an alert."""
    client = await Client.open(port)
    await client.send(said)
    assert b"HTTP" not in await client.rest()


@pytest.mark.parametrize("version", VERSIONS)
async def test_both_ways_to_hang_up(secure: Running, version: ssl.TLSVersion) -> None:
    polite, rude = [await upgraded(secure.port, trusting(version)) for _ in range(2)]
    await polite.stream.aclose()
    await rude.stream.transport_stream.aclose()
    await gone(secure, 1006, 2)


async def test_nothing_is_left_in_openssl(secure: Running) -> None:
    """Many frames in a record, and records that end anywhere in a frame: epoll tells of none of that."""
    client = await upgraded(secure.port)
    frame = masked(1, b'{"id":1,"ping":{}}')
    token = await secure_session(secure)
    await client.request(connect={"token": token})
    await client.send(frame * 100 + frame[:5])
    await client.send(frame[5:7])
    await client.send(frame[7:] + masked(1, b'{"id":2,"ping":{},"pad":"' + b"x" * 60_000 + b'"}'))
    replies = [(await client.push())["id"] for _ in range(102)]
    assert replies == [1] * 101 + [2]


async def secure_session(running: Running) -> str:
    await running.people("ann", "bob")
    return await running.session("ann")


async def test_frames_before_the_answer_are_refused(secure: Running) -> None:
    for padding in (0, 4096 - len(UPGRADE) - 7, 2000):
        client = await open_tls(secure.port)
        await client.send(UPGRADE + b"X: " + b"y" * padding + b"\r\n\r\n" + masked(1, b"{}"))
        assert (await client.head()).startswith(b"HTTP/1.1 400 ")


async def test_a_new_certificate_is_for_new_connections(
    secure: Running, files: Files, caplog: pytest.LogCaptureFixture
) -> None:
    before = await upgraded(secure.port)
    first = before.stream.getpeercert(binary_form=True)
    files.issue()
    await reloaded(caplog, "certificate reloaded")
    after = await upgraded(secure.port)
    second = after.stream.getpeercert(binary_form=True)
    assert second != first
    files.key.write_text("nonsense")
    await reloaded(caplog, "certificate kept")
    last = await upgraded(secure.port)
    assert last.stream.getpeercert(binary_form=True) == second
    for client in (before, after, last):
        await client.send(masked(1, b"not json"))
        assert await client.closed() == 3501


async def reloaded(caplog: pytest.LogCaptureFixture, message: str) -> None:
    """Send SIGHUP and wait for what the log says."""
    with caplog.at_level(logging.INFO), trio.fail_after(PATIENCE_SECONDS):
        os.kill(os.getpid(), signal.SIGHUP)
        while message not in caplog.messages:
            await trio.sleep(0.01)


async def test_sighup_without_a_certificate_is_nothing(running: Running) -> None:
    client = await Client.upgraded(running.port)
    os.kill(os.getpid(), signal.SIGHUP)
    await client.send(masked(1, b"not json"))
    assert await client.closed() == 3501


def test_what_is_no_certificate_and_its_key(files: Files, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / "locked.pem").write_text(LOCKED)
    for chain, key in [
        (files.chain, Files(other).key),
        (files.key, files.key),
        (files.chain, files.chain),
        (tmp_path / "missing", files.key),
        (tmp_path, files.key),
        (files.chain, tmp_path / "locked.pem"),
    ]:
        with pytest.raises(StartError) as raised:
            Certificate(chain, key)
        assert str(chain) in raised.value.message
        assert str(key) in raised.value.message


# A key behind a passphrase: nobody is asked for that.
LOCKED = """-----BEGIN ENCRYPTED PRIVATE KEY-----
-----END ENCRYPTED PRIVATE KEY-----
"""


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
@pytest.mark.parametrize(("version", "command"), [("-tls1_3", b"K\n"), ("-tls1_3", b"k\n"), ("-tls1_2", b"R\n")])
async def test_new_keys_in_the_middle(secure: Running, version: str, command: bytes) -> None:
    """An update of keys is followed, a renegotiation is not begun; neither harms anybody."""
    command_line = ["openssl", "s_client", version, "-crlf", "-connect", f"127.0.0.1:{secure.port}"]
    pipe = subprocess.PIPE
    process = await trio.lowlevel.open_process(command_line, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT)
    assert process.stdin is not None
    with trio.fail_after(PATIENCE_SECONDS):
        await process.stdin.send_all((UPGRADE + b"\r\n").replace(b"\r\n", b"\n"))
        await printed(process, b"101 Switching")
        await process.stdin.send_all(command)
        await printed(process, b"KEYUPDATE" if version == "-tls1_3" else b"RENEGOTIATING")
        if version == "-tls1_3":
            await process.stdin.send_all(masked(1, b"not json") + b"\n")
            await printed(process, (3501).to_bytes(2, "big") + b"bad request")
        process.kill()
        await process.wait()
    client = await upgraded(secure.port)
    await client.send(masked(1, b"not json"))
    assert await client.closed() == 3501


async def printed(process: trio.Process, text: bytes) -> None:
    """Wait until a process has printed something."""
    assert process.stdout is not None
    output = b""
    while text not in output:
        part = await process.stdout.receive_some()
        assert part, output
        output += part
