"""What happens to previews of links."""

from __future__ import annotations

from chatd.events.told import OfChannel
from chatd.model import Preview


class LinkPreviewed(OfChannel, frozen=True, tag=69):
    """The server has looked at the first link of a message; `before` is the event that did so before, 0 for none.

    What the page said is scrubbed from the log when the message goes.
    """

    message_id: int
    preview: Preview
    before: int = 0
