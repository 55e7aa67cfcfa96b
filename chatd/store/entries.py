"""How the log writes its entries: most are messages, and of a message what most do not have is left out.

Decoding needs nothing of this, since fields that are missing at the end of a record have their defaults.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import astuple

from chatd.events import LogEntry, MessageSent
from chatd.model import Message

_encode = msgspec.msgpack.Encoder().encode
_TAG = MessageSent.__struct_config__.tag
_KEPT = Message.__struct_fields__.index("req_id") + 1
_LEFT_OUT = astuple(Message(0, 0, 0, 0, 0, ""))[_KEPT:]


def encode(entry: LogEntry) -> bytes:
    """An entry as the log holds it."""
    event = entry.event
    if type(event) is MessageSent:
        fields = astuple(event.message)
        if fields[_KEPT:] == _LEFT_OUT:
            return _encode((entry.time, (_TAG, fields[:_KEPT])))
    return _encode(entry)
