"""What the server says by itself."""

from __future__ import annotations

from chatd.model import AutoMessages, Record


class AutoMessagesChanged(Record, frozen=True, tag=303):
    """What the server says of what happens from here on; told to nobody."""

    messages: AutoMessages
