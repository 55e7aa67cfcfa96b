"""How previews of links come and go."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.model import LinkPreview, Message
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.LinkPreviewed, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.PREVIEWS, event.message_id, value=LinkPreview(sequence, event.preview))


def edited(txn: Transaction, message: Message) -> None:
    """A message has another text: the preview of a link that is no longer in it is shown no more."""
    found = txn.get(tables.PREVIEWS, message.message_id)
    if found is not None and found.preview is not None and found.preview.link not in message.text:
        txn.put(tables.PREVIEWS, message.message_id, value=replace(found, preview=None))
