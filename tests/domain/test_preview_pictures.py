"""Pictures of previews: files of their messages, which go with them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chatd.domain.messages.discarding import discarded
from chatd.domain.messages.files import find_signed
from chatd.domain.messages.previews import keep_preview
from chatd.domain.upkeep.purge import purge
from chatd.model import Preview
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.erasing import steps
from tests.domain.histories import expire, thumbnail_of
from tests.domain.test_erasure import ask
from tests.domain.test_previews import CHANNEL, LINK, PREVIEW, seen, send, tea
from tests.domain.test_verify import findings_of

__all__ = ["tea"]


def with_picture(tea: World, file_id: str, title: str = "Tea") -> Preview:
    picture = thumbnail_of(tea.blob(file_id, "", "image/jpeg"))
    return Preview(LINK, title, image="http://example.org/a.png", picture=picture)


def shown(tea: World, message_id: int) -> list[Any]:
    found: list[Any] = seen(tea, message_id)["og_tag"]["og:image"].get("thumbnails", [])
    return found


def kept(tea: World) -> list[str]:
    tea.store.refresh()
    return tea.store.read(tea.application, lambda txn: [file_id for (file_id,), _ in txn.scan(tables.FILES)])


def removed(tea: World) -> list[str]:
    return tea.store.read(tea.application, discarded, 10)


def test_it_is_loaded_like_a_file_of_the_message(tea: World) -> None:
    message = send(tea)
    tea.write(keep_preview, message, with_picture(tea, "small"))
    (found,) = shown(tea, message)
    assert (found["width"], found["height"], found["real_width"], found["real_height"]) == (320, 320, 4, 4)
    address = urlsplit(found["url"])
    assert address.path == "/files/small/320.jpeg"
    signed = parse_qs(address.query)
    file = tea.store.read(tea.application, find_signed, "small", int(signed["expires"][0]), signed["signature"][0])
    assert (file.file_id, file.type) == ("small", "image/jpeg")
    taken = tea.store.read(tea.application, lambda txn: dict(txn.scan(tables.FILE_BYTES)))
    # Nobody has sent it: it takes none of its sender's room.
    assert taken == {(0,): file.size}
    assert not findings_of(tea.store)


@pytest.mark.parametrize("how", ["deleted", "expired", "forgotten", "channel", "edited"])
def test_it_goes_with_what_showed_it(tea: World, how: str) -> None:
    message, waited = send(tea), False
    tea.write(keep_preview, message, with_picture(tea, "small"))
    where = {"channel_url": CHANNEL, "message_id": message}
    if how == "deleted":
        tea.client("ann", "messages.delete", **where)
    elif how == "edited":
        tea.client("ann", "messages.update", message="no link", **where)
    elif how == "expired":
        send(tea, "newer")
        expire(tea, CHANNEL, 1)
    elif how == "channel":
        tea.backend("channels.delete", channel_url=CHANNEL)
        while tea.write(purge, 10):
            pass
    else:
        ask(tea, "ann")
        for step in steps(tea):
            # Until this is done, its bytes wait to be removed from disk. Afterwards nothing says which they were.
            if step == "wait":
                assert removed(tea) == ["small"]
                waited = True
        assert removed(tea) == []
    assert kept(tea) == []
    assert waited if how == "forgotten" else removed(tea) == ["small"]
    assert tea.store.read(tea.application, lambda txn: list(txn.scan(tables.FILE_BYTES))) == []
    assert not findings_of(tea.store)


def test_another_picture_takes_its_place(tea: World) -> None:
    message = send(tea)
    tea.write(keep_preview, message, PREVIEW)
    assert shown(tea, message) == []
    assert tea.write(keep_preview, message, with_picture(tea, "first"))
    assert tea.write(keep_preview, message, with_picture(tea, "second", "More tea"))
    assert kept(tea) == ["second"]
    assert removed(tea) == ["first"]
    # An edit that keeps the link keeps it.
    tea.client("ann", "messages.update", channel_url=CHANNEL, message_id=message, message=f"do see {LINK}")
    assert len(shown(tea, message)) == 1
    assert not findings_of(tea.store)


def test_without_room_there_is_no_picture(tea: World) -> None:
    messages = [send(tea), send(tea)]
    size = with_picture(tea, "size").files()[0].size
    for message, name in zip(messages, ("first", "second"), strict=True):
        assert tea.write(keep_preview, message, with_picture(tea, name), 2 * size - 1)
    assert [len(shown(tea, message)) for message in messages] == [1, 0]
    assert (kept(tea), removed(tea)) == (["first"], ["second"])
    assert not findings_of(tea.store)


def test_one_that_nobody_will_see_is_removed(tea: World) -> None:
    message = send(tea)
    assert tea.write(keep_preview, message, with_picture(tea, "first"))
    assert not tea.write(keep_preview, message, with_picture(tea, "again"))
    tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=message)
    assert not tea.write(keep_preview, message, with_picture(tea, "late"))
    assert not tea.write(keep_preview, 999, with_picture(tea, "lost"))
    assert kept(tea) == []
    assert set(removed(tea)) == {"first", "again", "late", "lost"}
    assert not findings_of(tea.store)
