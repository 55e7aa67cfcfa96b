"""Which messages with files are listed."""

from __future__ import annotations

from typing import Any, cast

import trio

from chatd.client import Session
from chatd.client.file_list import FileList
from chatd.client.schema import Publication


class Drawer:
    """A session of which the server has these pages of a channel's messages with files, by their tokens."""

    def __init__(self, pages: dict[str, dict[str, object]]) -> None:
        self._pages = pages

    async def call(self, method: str, *, token: str, **params: object) -> dict[str, object]:
        await trio.lowlevel.checkpoint()
        return self._pages[token]


async def _list(*pages: list[int]) -> FileList:
    """One with these messages, a page after the other."""
    tokens = ["", *(f"page {number}" for number in range(1, len(pages))), ""]
    found = {
        token: {"messages": [_message(each) for each in page], "next": after}
        for token, page, after in zip(tokens, pages, tokens[1:], strict=False)
    }
    files = FileList(cast("Session", Drawer(found)), "garden")
    await files.begin()
    return files


def _message(message_id: int, **more: Any) -> dict[str, Any]:
    return {"message_id": message_id, "created_at": message_id, "files": [{"url": "x"}], **more}


def _told(kind: str, **more: object) -> Publication:
    return cast("Publication", {"type": kind, "channel_url": "garden", **more})


def _ids(files: FileList) -> list[int]:
    return [message["message_id"] for message in files.items]


async def test_pages_are_asked_for_until_there_is_enough() -> None:
    files = await _list([], [5], [4, 3])
    assert (_ids(files), files.has_more) == ([5, 4, 3], False)
    files = await _list(*([number] for number in range(9, 0, -1)))
    assert (_ids(files), files.has_more) == ([9, 8, 7, 6, 5, 4, 3, 2], True)
    await files.load_more()
    assert (_ids(files)[-1], files.has_more) == (1, False)


async def test_what_has_risen_while_a_page_was_on_its_way_stands_once() -> None:
    files = await _list(list(range(60, 30, -1)), [31, 30])
    await files.load_more()
    assert _ids(files) == list(range(60, 29, -1))


async def test_what_has_no_file_is_not_listed_and_nothing_is_listed_twice() -> None:
    files = await _list([1])
    files.handle(_told("message.created", message=_message(2, files=[])))
    files.handle(_told("message.created", message=_message(3, files=[], file={"url": "y"})))
    files.handle(_told("message.created", message=_message(3, files=[], file={"url": "y"})))
    assert _ids(files) == [3, 1]


async def test_what_is_gone_is_listed_no_more() -> None:
    files = await _list([5, 4, 3, 2, 1])
    files.handle(_told("message.deleted", message_id=4))
    files.handle(_told("messages.erased", message_ids=[5, 9]))
    files.handle(_told("messages.expired", created_at=2, message_id=1))
    assert _ids(files) == [3, 2]
    files.handle(_told("channel.history_reset", ts_message_offset=9))
    assert _ids(files) == []


async def test_there_is_more_while_not_all_that_is_older_has_expired() -> None:
    files = await _list(list(range(60, 30, -1)), [30, 29])
    files.handle(_told("messages.expired", created_at=20, message_id=20))
    assert files.has_more
    files.handle(_told("messages.expired", created_at=31, message_id=31))
    assert (len(files.items), files.has_more) == (29, False)
