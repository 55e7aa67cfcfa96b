"""Where requests begin and end on a connection: what h11 refuses there and RFC 9112 would have passed over."""

from __future__ import annotations

import re
from typing import Any

import h11

_EMPTY_LINES = re.compile(rb"(?:\r\n)*")


class Framing(h11.Connection):
    """The server's side of a connection, as h11 has it.

    What follows a last request belongs to nothing (RFC 9112, 9.6), and an empty line before a request to nobody (2.2):
    refused, it would take the place of an answer to a request that is being carried out.
    """

    def next_event(self) -> Any:
        """The next event, as `h11.Connection.next_event`."""
        if self.their_state is h11.MUST_CLOSE:
            return h11.NEED_DATA
        if self.their_state is h11.IDLE and (waiting := self.trailing_data[0]):
            lines = _EMPTY_LINES.match(waiting)
            assert lines is not None
            if lines.end():
                # What lies there can be taken away in no other way.
                self._receive_buffer.maybe_extract_at_most(lines.end())
            if waiting[lines.end() :] == b"\r":
                return h11.NEED_DATA
        return super().next_event()


def is_ambiguous(request: h11.Request) -> bool:
    """Whether a request has two lengths. It is chunked, and the connection ends behind it (RFC 9112, 6.1).

    A proxy that believes in the other length would take a part of its body for the next request.
    """
    names = {name for name, _ in request.headers}
    return b"transfer-encoding" in names and b"content-length" in names
