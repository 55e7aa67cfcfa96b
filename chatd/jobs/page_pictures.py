"""The pictures that pages name: loaded by the server, made small, and shown in the place of the pages' own.

So nobody who reads a message asks the server of a page for something, and nothing from there is handed on as it was.
"""

from __future__ import annotations

import logging
import os
from typing import BinaryIO, Final

from chatd.errors import OutgoingFailed
from chatd.imaging.pictures import MADE_ANEW, Picture, make_pictures
from chatd.logs import log
from chatd.model import Thumbnail
from chatd.outgoing.client import Client, Request
from chatd.store.blobs import Blobs

# It is made to fit into a square of so many pixels, as the smallest thumbnails are.
BOX: Final = 320
# One that is narrower or lower is no picture of what the page is about, but a sign, or counts who looks.
SMALLEST: Final = 48

_ACCEPT: Final = (("Accept", "image/jpeg,image/png,image/webp,image/gif"),)


async def load_picture(client: Client, url: str, max_bytes: int) -> Picture | None:
    """A small picture of the one at a URL, which has the client's time for itself; None when there is none to show."""
    try:
        answer = await client.get(Request(url, max_bytes + 1, headers=_ACCEPT))
    except OutgoingFailed as error:
        log("no picture of a page", logging.DEBUG, error=error.message)
        return None
    if answer.status != 200 or not 0 < len(answer.body) <= max_bytes:
        return None
    found = await make_pictures(lambda: _in_memory(answer.body), MADE_ANEW, BOX)
    if found is None or not found.made or min(found.width, found.height) < SMALLEST:
        return None
    return found.made[0]


def put_picture(blobs: Blobs, application: int, picture: Picture, reserve: int = 0) -> Thumbnail:
    """Put a picture on disk, a blob of its own, leaving `reserve` bytes of it free. Raises StorageFailed."""
    head = picture.head
    kept = blobs.put(application, picture.data, reserve)
    return Thumbnail(kept.file_id, head.type, kept.size, kept.sha256, head.box, head.width, head.height)


def _in_memory(data: bytes) -> BinaryIO:
    """A file that a process can be given, of which nothing is on disk."""
    file = os.fdopen(os.memfd_create("picture"), "w+b")
    file.write(data)
    file.seek(0)
    return file
