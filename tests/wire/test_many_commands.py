"""A frame may hold many commands, but not any number of them."""

from __future__ import annotations

import pytest

from chatd.wire.codecs import WEBSOCKET_JSON
from chatd.wire.messages import MAX_COMMANDS, PONG, BadMessage


def test_more_commands_than_a_frame_may_have() -> None:
    lines = b"{}\n" * MAX_COMMANDS
    assert WEBSOCKET_JSON.decode(lines) == [PONG] * MAX_COMMANDS
    with pytest.raises(BadMessage):
        WEBSOCKET_JSON.decode(lines + b"{}\n")
