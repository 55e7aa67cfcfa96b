"""One hostile connection: a socket that does not block, and what the server said on it."""

from __future__ import annotations

import json
import re
import select
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable, Generator
from typing import Any

from frames import CLOSE, frames
from swarm import UPGRADE, frame
from target import HOST, Target, address

# How a connection behaves. It yields the seconds after which it wants to go on; it goes on earlier when the server
# said something, or took what was waiting. When the server ends it, it does not go on.
Behaviour = Generator[float, None, None]

RECEIVE_BYTES = 262_144
# So much of what the server said last is kept.
HEARD_BYTES = 65_536
LONG_SECONDS = 3600.0
SWITCHING = 101
PING = PONG = b"{}"
# Linux, <linux/in.h>: ports are chosen when the other end is known, so that each address has all of them.
IP_BIND_ADDRESS_NO_PORT = 24
# How connections may end without a last word of the server: because they wanted to, or it did.
LEFT = "left"
HUNG_UP = "hung up"
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
_ERROR = re.compile(rb'"error":\{"code":(\d+)')


class Peer:
    """`number` counts connections from 1, and chooses user and address.

    `told` counts the HTTP statuses and protocol errors that the server answered, `code` is that of its close frame, or
    0; `heard` is the last that it said, `replies` how many messages there were. One that does not read
    (`reads`) only notices when the server hangs up; one that `lingers` waits for that also after it was refused; one
    that is `silent` does not answer pings.
    """

    def __init__(self, target: Target, number: int) -> None:
        self.target = target
        self.number = number
        self.told: Counter[str] = Counter()
        self.code = self.status = self.replies = 0
        self.heard = b""
        self.raw = b""
        self.reads = True
        self.lingers = self.silent = self.is_over = False
        self.wakes_at = 0.0
        self._hung_up = False
        self._unsent = bytearray()
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.fd = self.socket.fileno()

    @property
    def token(self) -> str:
        """A session token, of one user after the other."""
        return self.target.tokens[self.number % len(self.target.tokens)]

    @property
    def mask(self) -> int:
        """What epoll should tell."""
        mask = select.EPOLLRDHUP | (select.EPOLLIN if self.reads else 0)
        return mask | select.EPOLLOUT if self._unsent else mask

    @property
    def outcomes(self) -> Counter[str]:
        """What the server answered, and how the connection ended unless an answer says that."""
        if self.code:
            return self.told + Counter([f"close {self.code}"])
        if self.status >= 400:
            return self.told
        return self.told + Counter([HUNG_UP if self._hung_up else LEFT])

    def connect(self, addresses: int = 1, *, window: int = 0) -> None:
        """Begin to connect from one of a number of addresses; `window` is a small receive buffer, in bytes."""
        if window:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        self.socket.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        self.socket.bind((address(self.number, addresses), 0))
        self.socket.connect_ex((HOST, self.target.port))

    def upgrade(self, addresses: int = 1, *, window: int = 0, headers: bytes = b"") -> Behaviour:
        """Connect, and become a WebSocket."""
        self.connect(addresses, window=window)
        self.send(UPGRADE[:-2] + headers + b"\r\n")
        yield from self.wait(lambda: self.status == SWITCHING)

    def log_in(self, addresses: int = 1, *, window: int = 0, subscribe: bool = False) -> Behaviour:
        """Connect, and log in."""
        yield from self.upgrade(addresses, window=window)
        self.send(command(1, connect={"token": self.token}))
        if subscribe:
            self.send(command(2, subscribe={"channel": "~"}))
        yield from self.wait(lambda: self.replies > subscribe)

    def wait(self, done: Callable[[], bool] = lambda: False) -> Behaviour:
        """Wait until something is so; otherwise until the end."""
        while not done():
            yield LONG_SECONDS

    def pause(self, seconds: float) -> Behaviour:
        """Wait for a time."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            yield left

    def sent(self) -> Behaviour:
        """Give others a turn, then wait until the kernel has taken everything."""
        yield 0.0
        yield from self.wait(lambda: not self._unsent)

    def send(self, data: bytes) -> None:
        """Send, now or when the kernel takes it."""
        self._unsent += data
        self._flush()

    def reset(self) -> None:
        """Have the end be a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def handle(self, mask: int) -> None:
        """Do what the kernel says."""
        if mask & select.EPOLLOUT:
            self._flush()
        if mask & ~select.EPOLLOUT:
            while self._read() and not self.reads:
                continue

    def _flush(self) -> None:
        try:
            while self._unsent:
                del self._unsent[: self.socket.send(self._unsent[:RECEIVE_BYTES])]
        except BlockingIOError:
            return
        except OSError:
            self._unsent.clear()

    def _read(self) -> bool:
        """Take what has come; whether there may be more."""
        try:
            data = self.socket.recv(RECEIVE_BYTES)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if data:
            self._take(data)
        else:
            self._hung_up = True
        is_refused = self.code or self.status >= 400
        self.is_over = self._hung_up or bool(is_refused and not self.lingers)
        return bool(data)

    def _take(self, data: bytes) -> None:
        if self.status != SWITCHING:
            for status in _STATUS.findall(data):
                self.status = int(status)
                if self.status >= 400:
                    self.told[f"HTTP {self.status}"] += 1
            if self.status != SWITCHING:
                self.heard = data[-HEARD_BYTES:]
                return
            data = data.partition(b"\r\n\r\n")[2]
        found, self.raw = frames(self.raw + data)
        for opcode, payload in found:
            if opcode == CLOSE:
                self.code = int.from_bytes(payload[:2], "big")
            elif payload != PING:
                self.replies += 1
                self.heard = payload[-HEARD_BYTES:]
                for code in _ERROR.findall(payload):
                    self.told[f"error {code.decode()}"] += 1
            elif not self.silent:
                self.send(frame(PONG))


def command(id: int, **request: Any) -> bytes:
    """A command as a frame."""
    return frame(json.dumps({"id": id, **request}).encode())
