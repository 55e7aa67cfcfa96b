"""What those who are connected say they are."""

from __future__ import annotations

from collections import Counter

from chatd.gateway.connection import Connection


class Software:
    """How many connections there are of each name and version. Connections that say the same share the text."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def entered(self, connection: Connection) -> None:
        """A client has logged in."""
        self._counts[connection.software] = self._counts.get(connection.software, 0) + 1

    def left(self, connection: Connection) -> None:
        """It is gone. What nobody says any more takes no room."""
        count = self._counts[connection.software] - 1
        if count:
            self._counts[connection.software] = count
        else:
            del self._counts[connection.software]

    def most(self, count: int) -> list[tuple[str, int]]:
        """Those that most connections are of, each with how many; an empty text for those that do not say."""
        return Counter(self._counts).most_common(count)
