"""Files of format 5 may have counted the bytes of files wrongly, or not at all: an upgrade counts them anew."""

from __future__ import annotations

import pytest

from chatd.domain.messages.previews import keep_preview
from chatd.domain.messages.thumbnails import keep_thumbnails
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World
from tests.domain.histories import thumbnail_of
from tests.domain.test_preview_pictures import with_picture
from tests.domain.test_previews import CHANNEL, send, tea
from tests.domain.test_verify import findings_of

__all__ = ["tea"]


def fill(tea: World) -> None:
    """Files that are sent, seen small, passed on, deleted and shown by previews, and a picture of a user."""
    tea.users("cid")
    sent = [tea.client(name, "messages.send", channel_url=CHANNEL, files=[{"file_id": tea.upload(name, f"{name}-{n}")}])
            for name in ("ann", "bob") for n in range(3)]  # fmt: skip
    for message in (sent[0], sent[0], sent[3]):
        copied = {"channel_url": CHANNEL, "message_id": message["message_id"], "target_channel_url": CHANNEL}
        tea.client("bob", "messages.copy", **copied)
    thumbnail = thumbnail_of(tea.blob("small", "", "image/jpeg"))
    tea.write(keep_thumbnails, "ann-1", (9, 9), (thumbnail,))
    for message in (sent[2], sent[3]):
        tea.backend("messages.delete", channel_url=CHANNEL, message_id=message["message_id"])
    tea.write(keep_preview, send(tea), with_picture(tea, "page"))


def counted(txn: Transaction) -> dict[tuple[int], int]:
    return dict(txn.scan(tables.FILE_BYTES))


def recount(txn: Transaction, counts: dict[int, int]) -> None:
    """Write other counts than there are."""
    for key in counted(txn):
        txn.delete(tables.FILE_BYTES, *key)
    for user, size in counts.items():
        txn.put(tables.FILE_BYTES, user, value=size)


@pytest.mark.parametrize("before", [{}, {0: 1, 1: 70}], ids=["nothing", "wrong"])
def test_what_is_counted_is_what_there_is(tea: World, before: dict[int, int]) -> None:
    fill(tea)
    other = tea.store.read(tea.application, counted)
    tea.write(recount, before)
    tea.upgrade_from(5, ())
    assert len(other) == 3
    assert tea.store.read(tea.application, counted) == other
    assert not findings_of(tea.store)
