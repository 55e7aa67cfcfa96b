"""A network between client and server that can be cut."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType


class Proxy:
    """Passes TCP connections on to a port of this machine; while cut, every connection ends at once."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._whole = True
        self._sockets: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.cut()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def cut(self) -> None:
        """End all connections, whatever is on its way in them, and let no new one through."""
        with self._lock:
            self._whole = False
            for one in self._sockets:
                _end(one)
            self._sockets.clear()

    def mend(self) -> None:
        """Let new connections through again."""
        with self._lock:
            self._whole = True

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return  # the test is over
            self._pass_on(near)

    def _pass_on(self, near: socket.socket) -> None:
        with self._lock:
            if not self._whole:
                near.close()
                return
            far = socket.create_connection(("127.0.0.1", self._target))
            self._sockets |= {near, far}
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=_pump, args=(source, sink), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):  # either side may go at any time
        while data := source.recv(65536):
            sink.sendall(data)
    _end(source)
    _end(sink)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may have ended already
        one.shutdown(socket.SHUT_RDWR)
