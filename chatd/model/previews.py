"""What the page behind a link says of itself."""

from __future__ import annotations

from chatd.model.files import File, Thumbnail, thumbnail_file
from chatd.model.record import Record


class Preview(Record, frozen=True):
    """A preview of `link`, as a message has it, by the Open Graph names of its parts. Empty is what is not said.

    `image` is where the page has its picture, `picture` a smaller one of it that this server keeps.
    """

    link: str
    title: str
    description: str = ""
    url: str = ""
    type: str = ""
    site_name: str = ""
    image: str = ""
    image_type: str = ""
    image_width: int = 0
    image_height: int = 0
    image_alt: str = ""
    picture: Thumbnail | None = None

    def files(self) -> tuple[File, ...]:
        """What of it is on disk."""
        return (thumbnail_file(self.picture),) if self.picture is not None else ()


class LinkPreview(Record, frozen=True):
    """The preview of a message, None since it was edited, and the event that last gave it one."""

    sequence: int
    preview: Preview | None
