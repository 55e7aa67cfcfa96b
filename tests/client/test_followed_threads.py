"""What is told of followed threads while they are loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import trio
from trio.testing import wait_all_tasks_blocked

from chatd.client import Session
from chatd.client.followed_threads import FollowedThreads
from chatd.client.schema import Publication


class Desk:
    """A session of which the server has one followed thread; it lists it when `is_open`."""

    user_id = "ann"

    def __init__(self) -> None:
        self.is_open = trio.Event()

    def spawn(self, work: Callable[..., Any], *args: object) -> None:
        raise AssertionError("nothing has to be loaded anew")

    async def call(self, method: str, **params: Any) -> object:
        assert method == "threads.list"
        found = {"threads": [_thread(replies=1)], "next": ""}
        await self.is_open.wait()
        return found


def _thread(replies: int) -> dict[str, object]:
    info = {"reply_count": replies, "last_replied_at": 1000 + replies}
    return {"message_id": 1, "channel_url": "garden", "thread_info": info, "unread_reply_count": replies}


def _reply(number: int) -> Publication:
    message = {
        "message_id": 100 + number,
        "parent_message_id": 1,
        "created_at": 1000 + number,
        "user": {"user_id": "bob"},
    }
    return cast("Publication", {"type": "message.created", "message": message, **_thread(number)})


async def test_a_reply_that_comes_while_threads_are_loaded_anew_is_counted() -> None:
    desk = Desk()
    threads = FollowedThreads(cast("Session", desk))
    desk.is_open.set()
    await threads.begin()
    desk.is_open = trio.Event()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(threads.load)
        await wait_all_tasks_blocked()
        threads.handle(_reply(2))
        desk.is_open.set()
    (thread,) = threads.items
    assert (thread["thread_info"]["reply_count"], thread["unread_reply_count"]) == (2, 2)
