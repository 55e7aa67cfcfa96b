"""Open channels in the Python client, of a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
import trio

from chatd.client import Chat, Refused
from chatd.client.open_channel import OpenChannel
from tests.sdk.backend import Backend
from tests.sdk.proxy import Proxy

pytestmark = pytest.mark.slow


@pytest.fixture
def hall(shared: Backend) -> str:
    url = f"hall-{uuid4().hex[:8]}"
    shared.call("POST", "/open_channels", channel_url=url, name="The hall", operator_ids=["ann"])
    return url


@asynccontextmanager
async def _chat(backend: Backend, user_id: str, url: str = "") -> AsyncIterator[Chat]:
    with trio.fail_after(30):
        async with Chat(url or backend.served.url, backend.session(user_id)) as chat:
            yield chat


async def _say(backend: Backend, url: str, *texts: str) -> None:
    for text in texts:
        body = {"message_type": "MESG", "user_id": "bob", "message": text}
        await trio.to_thread.run_sync(partial(backend.call, "POST", f"/open_channels/{url}/messages", **body))


async def _until(channel: OpenChannel, condition: Callable[[], Any]) -> None:
    await channel.changed.until(lambda: bool(condition()))


async def test_who_is_in_it_hears_it_until_they_leave(shared: Backend, hall: str) -> None:
    async with _chat(shared, "ann") as ann, _chat(shared, "bob") as bob:
        with ann.enter(hall) as here:
            await here.ready()
            there = bob.enter(hall)
            await there.ready()
            assert (there.name, there.state, list(there.messages)) == ("The hall", "in", [])
            await _until(here, lambda: here.participant_count == 2)
            said = await there.send("hello")
            await _until(here, lambda: here.messages)
            assert here.messages[0]["message_id"] == said["message_id"] == there.messages[0]["message_id"]
            await ann.call("messages.delete", channel_url=hall, message_id=said["message_id"])
            await _until(there, lambda: not there.messages)
            there.leave()
            await _until(here, lambda: here.participant_count == 1)
            await ann.call("open_channels.update", channel_url=hall, name="The great hall")
            await _until(here, lambda: here.name == "The great hall")
            assert there.name == "The hall"
        assert (here.state, here.failure) == ("ended", None)
        with ann.enter(hall) as again:
            await again.ready()
            assert again.name == "The great hall"


async def test_what_a_crowd_says_is_counted_and_loaded(shared: Backend, hall: str) -> None:
    async with _chat(shared, "ann") as ann, _chat(shared, "bob") as bob:
        with ann.enter(hall) as here, bob.enter(hall) as there:
            await here.ready()
            await there.ready()
            texts = [f"word {number}" for number in range(40)]
            for text in texts:
                there.send(text)
            await there.outbox.empty()
            assert [each["message"] for each in there.messages] == texts
            await _until(here, lambda: here.skipped + len(here.messages) == len(texts))
            assert here.skipped > 0
            await here.load()
            assert ([each["message"] for each in here.messages], here.skipped) == (texts, 0)


async def test_after_a_cut_it_goes_on_where_it_was(shared: Backend, hall: str) -> None:
    with Proxy(shared.served.port) as proxy:
        async with _chat(shared, "ann", f"http://127.0.0.1:{proxy.port}") as ann:
            with ann.enter(hall) as here:
                await here.ready()
                await _say(shared, hall, "before")
                await _until(here, lambda: here.messages)
                proxy.cut()
                await _say(shared, hall, *"abcdefgh")
                here.send("from where nobody hears it")
                proxy.mend()
                await here.outbox.empty()
                texts = ["before", *"abcdefgh", "from where nobody hears it"]
                await _until(here, lambda: [each["message"] for each in here.messages] == texts)
                assert here.skipped == 0


async def test_what_is_not_there_is_refused_and_what_is_deleted_ends(shared: Backend, hall: str) -> None:
    async with _chat(shared, "ann") as ann:
        with ann.enter("nowhere") as nothing, pytest.raises(Refused):
            await nothing.ready()
        with ann.enter(hall) as here:
            await here.ready()
            with pytest.raises(ValueError, match=hall):
                ann.enter(hall)
            await ann.call("open_channels.delete", channel_url=hall)
            await _until(here, lambda: here.state == "ended")
            assert here.failure is not None
            assert here.failure.code == 2000
        assert ann.state == "connected"
