"""How previews of links come and go."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.file_bytes import NOBODY, add_bytes
from chatd.domain.fold.files import release_file, use_file
from chatd.domain.fold.stored import current_message
from chatd.model import LinkPreview, Message
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.LinkPreviewed, txn: Transaction, sequence: int, time: int) -> None:
    message = current_message(txn, event.message_id)
    if message is None:
        raise LookupError(f"message {event.message_id} is not in the log")
    _release_picture(txn, message)
    txn.put(tables.PREVIEWS, event.message_id, value=LinkPreview(sequence, event.preview))
    for file in event.preview.files():
        use_file(txn, message.channel, message.message_id, file)
    add_bytes(txn, NOBODY, event.preview.files())


def forget_preview(txn: Transaction, message: Message) -> None:
    """A message has no preview any more."""
    _release_picture(txn, message)
    txn.delete(tables.PREVIEWS, message.message_id)


def edited(txn: Transaction, message: Message) -> None:
    """A message has another text: the preview of a link that is no longer in it is shown no more."""
    found = txn.get(tables.PREVIEWS, message.message_id)
    if found is not None and found.preview is not None and found.preview.link not in message.text:
        _release_picture(txn, message)
        txn.put(tables.PREVIEWS, message.message_id, value=replace(found, preview=None))


def _release_picture(txn: Transaction, message: Message) -> None:
    found = txn.get(tables.PREVIEWS, message.message_id)
    files = found.preview.files() if found is not None and found.preview is not None else ()
    for file in files:
        release_file(txn, message, file)
    add_bytes(txn, NOBODY, files, -1)
