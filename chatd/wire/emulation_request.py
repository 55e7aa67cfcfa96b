"""What a client sends that reads an endless answer: commands, and the secret of its session."""

from __future__ import annotations

import msgspec

from chatd.wire.messages import BadMessage
from chatd.wire.protobuf import BYTES, key_of, read_fields

_SESSION = key_of(2, BYTES)
_DATA = key_of(3, BYTES)


class _Said(msgspec.Struct, frozen=True):
    session: str
    data: str


def parse_json(raw: bytes) -> tuple[str, bytes]:
    """Secret and commands, which are a text here. Raises BadMessage."""
    try:
        said = msgspec.json.decode(raw, type=_Said)
        return said.session, said.data.encode()
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BadMessage(str(error)) from None


def parse_protobuf(raw: bytes) -> tuple[str, bytes]:
    """Secret and commands. Raises BadMessage."""
    fields = {key: value for key, value in read_fields(raw) if isinstance(value, bytes)}
    try:
        return fields.get(_SESSION, b"").decode(), fields.get(_DATA, b"")
    except UnicodeDecodeError:
        raise BadMessage("text is not UTF-8") from None
