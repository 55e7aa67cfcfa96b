"""The files of messages that move in: from an archive into the store's blobs."""

from __future__ import annotations

import mimetypes
import re

from chatd.domain.messages.files import DEFAULT_TYPE, MAX_FILES
from chatd.model import File
from chatd.store.blobs import Blobs
from chatd.transfer.archive import PIECE, Archive
from chatd.transfer.team import Attachment, Post, Tally

_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Keeper:
    """Keeps files as blobs of an application."""

    def __init__(self, blobs: Blobs, application: int, archive: Archive) -> None:
        self._blobs = blobs
        self._application = application
        self._archive = archive

    def keep(self, post: Post, tally: Tally) -> tuple[File, ...]:
        """The files of a message, kept durably. Raises StorageFailed, and BrokenExport for what cannot be read."""
        if len(post.attachments) > MAX_FILES:
            tally.left_out[f"files of messages with more than {MAX_FILES}"] += len(post.attachments) - MAX_FILES
        return tuple(self._file(each) for each in post.attachments[:MAX_FILES])

    def _file(self, attachment: Attachment) -> File:
        name = _CONTROL.sub("", attachment.name)[:255]
        kind = attachment.type or mimetypes.guess_type(name)[0] or DEFAULT_TYPE
        kind = kind if _TYPE.fullmatch(kind) else DEFAULT_TYPE
        if attachment.url:
            return File("", name, kind, attachment.size, url=attachment.url)
        incoming = self._blobs.receive(self._archive.size(attachment.path) or 0)
        try:
            with self._archive.open(attachment.path) as file:
                while piece := file.read(PIECE):
                    incoming.write(piece)
            kept = incoming.keep(self._application)
        finally:
            incoming.close()
        return File(kept.file_id, name, kind, kept.size, kept.sha256)
