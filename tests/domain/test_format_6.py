"""Files of format 5 may have counted the bytes of files wrongly, or not at all: an upgrade counts them anew."""

from __future__ import annotations

import pytest

from chatd.domain.messages.previews import keep_preview
from chatd.domain.messages.thumbnails import keep_thumbnails
from chatd.store import tables
from chatd.store.files import FORMAT_KEY, META
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.domain.conftest import MAP_SIZE, World
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


@pytest.mark.parametrize("before", [{}, {0: 1, 1: 70}], ids=["nothing", "wrong"])
def test_what_is_counted_is_what_there_is(tea: World, before: dict[int, int]) -> None:
    fill(tea)
    other = tea.store.read(tea.application, counted)
    with tea.store.environment.begin(write=True) as raw:
        table = tea.store.databases[tables.FILE_BYTES.number]
        raw.drop(table, delete=False)
        for user, size in before.items():
            raw.put(tables.FILE_BYTES.pack(tea.application, user), tables.FILE_BYTES.encode(size), db=table)
        raw.put(FORMAT_KEY, b"5", db=tea.store.databases[META])
    tea.store.close()
    tea.store = Store.open(tea.store.directory, MAP_SIZE)
    assert len(other) == 3
    assert tea.store.read(tea.application, counted) == other
    assert not findings_of(tea.store)
