"""What the server tells in one of its channels, from connection to connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chatd.client.calls import Json
from chatd.client.failures import Failure
from chatd.client.schema import Publication


@dataclass
class Subscription:
    """`entered(is_whole)`: it is there; True when nothing was missed since it was there before. `ended`: for good."""

    channel: str
    entered: Callable[[bool], None]
    told: Callable[[Publication], None]
    ended: Callable[[Failure], None]
    # Up to where it was told, offset and epoch; None before it is there.
    position: tuple[int, str] | None = None

    @property
    def command(self) -> Json:
        """What asks for it, and for what was missed."""
        place = {"recover": True, "offset": self.position[0], "epoch": self.position[1]} if self.position else {}
        return {"subscribe": {"channel": self.channel, "recoverable": True, **place}}

    def begin(self, result: Json) -> None:
        """It is there on a connection."""
        is_whole = self.position is not None and result.get("recovered", False)
        if not is_whole:
            self.position = (result.get("offset", 0), result["epoch"])
        self.entered(is_whole)
        for publication in result.get("publications", ()):
            self.tell(publication)

    def tell(self, publication: Json) -> None:
        """Something has come."""
        offset = publication.get("offset", 0)
        if offset and self.position:
            if offset < self.position[0]:
                return  # told already; an event may have several publications
            self.position = (offset, self.position[1])
        self.told(publication["data"])
