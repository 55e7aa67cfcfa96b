"""What the page behind a link says of itself."""

from __future__ import annotations

from chatd.model.record import Record


class Preview(Record, frozen=True):
    """A preview of `link`, as a message has it, by the Open Graph names of its parts. Empty is what is not said."""

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


class LinkPreview(Record, frozen=True):
    """The preview of a message, None since it was edited, and the event that last gave it one."""

    sequence: int
    preview: Preview | None
