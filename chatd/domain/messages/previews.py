"""Previews of links: which message wants one, and giving it one. Looking at the page is a job of the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.discarding import discard_file
from chatd.domain.messages.quotas import has_room
from chatd.domain.stream import emit
from chatd.events import LogEntry
from chatd.model import File, Message, Preview
from chatd.store import tables
from chatd.store.transaction import Transaction

_LINK: Final = re.compile(r"https?://[^\s<>\"'`]{1,2000}", re.IGNORECASE)
_CLOSING: Final = ".,;:!?)]}*_~"


class Linked(NamedTuple):
    """A message with a link."""

    message_id: int
    link: str


def first_link(text: str) -> str:
    """The first address of the web in a text, without the punctuation that follows it; empty when there is none."""
    found = _LINK.search(text) if "://" in text else None
    return found[0].rstrip(_CLOSING) if found else ""


def linked_after(txn: Transaction, cursor: int, limit: int, since: int) -> tuple[list[Linked], int]:
    """The messages with links that up to `limit` events after a place of the log wrote, and the place to go on from.

    What was written before `since` (ms) is passed over: also what was imported.
    """
    found: list[Linked] = []
    for (sequence,), entry in islice(txn.scan(tables.LOG, start=(cursor + 1,)), limit):
        cursor = sequence
        linked = _linked(sequence, entry, since)
        if linked is not None:
            found.append(linked)
    return found, cursor


def keep_preview(txn: Transaction, message_id: int, preview: Preview, quota: int = 0) -> bool:
    """Give a message a preview, unless it is gone, or has it, or has another link now; whether it was so.

    It comes without its picture when all files of the application took more than `quota` bytes with it; 0 sets no
    limit. A picture that nobody sees then, this one or the one before, is removed.
    """
    if not has_room(txn, sum(file.size for file in preview.files()), quota):
        discard_pictures(txn, preview.files())
        preview = replace(preview, picture=None)
    message = current_message(txn, message_id)
    found = txn.get(tables.PREVIEWS, message_id)
    if message is None or not _is_wanted(txn, message, preview) or (found and _says(found.preview, preview)):
        discard_pictures(txn, preview.files())
        return False
    before = shown_pictures(txn, message_id)
    emit(txn, events.LinkPreviewed(message.channel, message_id, preview, found.sequence if found else 0))
    discard_pictures(txn, before)
    return True


def shown_pictures(txn: Transaction, message_id: int) -> tuple[File, ...]:
    """What is on disk of the preview that a message has now."""
    found = txn.get(tables.PREVIEWS, message_id)
    return found.preview.files() if found is not None and found.preview is not None else ()


def discard_pictures(txn: Transaction, files: tuple[File, ...]) -> None:
    """Have pictures of previews removed, but for those that a message still shows."""
    for file in files:
        if txn.get(tables.FILES, file.file_id) is None:
            discard_file(txn, file)


def scrub_previews(txn: Transaction, message_id: int) -> None:
    """Take what pages said out of the log, for a message that is about to go."""
    for sequence, entry, event in list(_previews_of(txn, message_id)):
        bare = replace(event, preview=Preview("", ""))
        txn.put(tables.LOG, sequence, value=replace(entry, event=bare))


def _is_wanted(txn: Transaction, message: Message, preview: Preview) -> bool:
    has_link = not message.is_removed and first_link(message.text) == preview.link
    return has_link and txn.get(tables.CHANNELS, message.channel) is not None


def _says(shown: Preview | None, preview: Preview) -> bool:
    """Whether a preview that is shown says all that another one does: a picture that is kept again is another file."""
    if shown is None or (preview.picture and not shown.picture):
        return False
    return replace(shown, picture=None) == replace(preview, picture=None)


def _linked(sequence: int, entry: LogEntry, since: int) -> Linked | None:
    match entry.event:
        case events.MessageSent(message):
            message_id, written_at = sequence, message.created_at or entry.time
        case events.MessageUpdated(message):
            message_id, written_at = message.message_id, entry.time
        case _:
            return None
    link = first_link(message.text)
    return Linked(message_id, link) if link and written_at >= since else None


def _previews_of(txn: Transaction, message_id: int) -> Iterator[tuple[int, LogEntry, events.LinkPreviewed]]:
    """The events that gave a message a preview, from the last one back."""
    found = txn.get(tables.PREVIEWS, message_id)
    sequence = found.sequence if found else 0
    while sequence:
        entry = txn.require(tables.LOG, sequence)
        assert isinstance(entry.event, events.LinkPreviewed)
        yield sequence, entry, entry.event
        sequence = entry.event.before
