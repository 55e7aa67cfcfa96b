"""Which messages of a channel were told."""

from __future__ import annotations

# More are not told at once after a cut.
MOST = 1_000


class Heard:
    """All up to the last one when the channel was loaded, then one by one, ascending; `last` is the last of them."""

    def __init__(self) -> None:
        self.last = 0
        self._loaded_to = 0
        self._since: dict[int, None] = {}

    def restart(self, message_id: int) -> None:
        """The channel was loaded with this as its last message."""
        self.last = self._loaded_to = message_id
        self._since.clear()

    def add(self, message_id: int) -> None:
        """This one was told."""
        self.last = message_id
        self._since[message_id] = None
        if len(self._since) > MOST:
            self._loaded_to = next(iter(self._since))
            del self._since[self._loaded_to]

    def __contains__(self, message_id: int) -> bool:
        """One that was deleted before this person came back was never told, though others after it were."""
        return message_id <= self._loaded_to or message_id in self._since
