"""The Python client against a real server."""

from __future__ import annotations

import random
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
import trio

from chatd.client import Backend as Platform
from chatd.client import Bot, Chat, Context, Session, SignedOut, Upload, errors
from chatd.client.events import Events
from chatd.client.presence import Seen
from tests.sdk.backend import CHANNEL, Backend
from tests.sdk.proxy import Proxy
from tests.sdk.survival import Program, survive_cuts, survive_kills
from tests.served import Served

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent


async def test_a_bot_answers_commands_and_messages_but_no_bots(shared: Backend) -> None:
    backend = shared
    bot = Bot(backend.served.url, backend.session("bob"))

    @bot.command("remind")
    async def remind(context: Context) -> None:
        minutes, *rest = context.words
        await context.reply(f"In {minutes} minutes: {' '.join(rest)}")

    @bot.message
    async def answer(context: Context) -> None:
        async with context.typing():
            said = await context.reply("…")
            await context.edit(said, context.message["message"].upper())

    with trio.fail_after(10):
        async with trio.open_nursery() as nursery, Session(backend.served.url, backend.session("ann")) as ann:
            await nursery.start(bot.serve)
            events = ann.events()
            await ann.call("messages.send", channel_url=CHANNEL, message="/remind 5 buy tea")
            assert await _texts(events, 2) == ["/remind 5 buy tea", "In 5 minutes: buy tea"]
            await ann.call("messages.send", channel_url=CHANNEL, message="hello")
            assert await _texts(events, 3) == ["hello", "…", "HELLO"]
            nursery.cancel_scope.cancel()


async def test_errors_are_classes(shared: Backend) -> None:
    async with Session(shared.served.url, shared.session("ann")) as ann:
        with pytest.raises(errors.NotFound) as found:
            await ann.call("channels.view", channel_url="nowhere")
        assert found.value.code == 501
        assert not found.value.temporary


async def test_who_has_no_token_is_signed_out(shared: Backend) -> None:
    with pytest.raises(SignedOut), trio.fail_after(10):
        async with Session(shared.served.url, "nonsense"):
            raise AssertionError("it is there")


async def test_two_people_talk(shared: Backend, tmp_path: Path) -> None:
    with trio.fail_after(30):
        async with _chat(shared, "ann") as ann, _chat(shared, "bob") as bob:
            here, there = await ann.channels.find(CHANNEL), await bob.channels.find(CHANNEL)
            await there.messages.ready()
            await there.mark_read()
            said = await here.send("tea is ready")
            await there.messages.changed.until(lambda: there.messages.find(said["message_id"]) is not None)
            assert there.unread == 1
            await there.mark_read()
            await there.mark_delivered()
            await here.changed.until(lambda: [each["user_id"] for each in here.read_by(said)] == ["bob"])
            await here.changed.until(lambda: len(here.delivered_to(said)) == 1)
            assert there.unread == 0
            await there.messages.react(said, "heart")
            await here.messages.changed.until(lambda: bool(here.messages[-1].get("reactions")))
            await there.thread(said).send("coming")
            await here.messages.changed.until(lambda: here.messages[-1].get("thread_info", {}).get("reply_count") == 1)
            async with there.typing():
                await here.changed.until(lambda: here.typists.names == ["Bob"])
            with ann.presence.watch("bob"):
                await ann.presence.changed.until(lambda: ann.presence.of("bob") == Seen(True, 0))
            await _send_a_file(here, there, tmp_path)


async def test_who_is_called_otherwise_meanwhile_is_recognized(shared: Backend) -> None:
    with trio.fail_after(30):
        async with _chat(shared, "ann") as ann, _chat(shared, "bob") as bob:
            channel = await ann.channels.find(CHANNEL)
            await bob.call("users.update", nickname="Bobby")
            with ann.presence.watch("bob"):
                await channel.changed.until(lambda: channel.members["bob"]["nickname"] == "Bobby")
                await bob.call("users.update", nickname="Bob")
                await channel.changed.until(lambda: channel.members["bob"]["nickname"] == "Bob")


async def _send_a_file(here: Any, there: Any, tmp_path: Path) -> None:
    content = random.Random(7).randbytes(300_000)
    outgoing = here.send("", [Upload(content, "tea.bin")])
    message = await outgoing
    assert (outgoing.sent_bytes, outgoing.file_bytes) == (300_000, 300_000)
    told: list[tuple[int, int]] = []
    await there.session.download(message["file"]["url"], tmp_path / "tea", lambda *each: told.append(each))
    assert (tmp_path / "tea").read_bytes() == content
    assert told[-1] == (300_000, 300_000)


async def test_what_is_written_is_found(shared: Backend) -> None:
    async with _chat(shared, "ann") as ann:
        await (await ann.channels.find(CHANNEL)).send("an unheard-of zucchini")
        with trio.fail_after(20):
            while not [message async for message in ann.search("zucchini")]:
                await trio.sleep(0.2)  # the index follows


async def _manage(platform: Platform) -> None:
    async with platform:
        await platform.users.create("cleo", "Cleo")
        assert (await platform.users.update("cleo", nickname="Cleo C"))["nickname"] == "Cleo C"
        assert "cleo" in [user["user_id"] async for user in platform.users.list()]
        assert await platform.users.issue_token("cleo")
        channel = await platform.channels.create(["ann", "cleo"], name="Garden")
        url = channel["channel_url"]
        await platform.channels.invite(url, "bob")
        message = await platform.messages.send(url, "cleo", "hello")
        await platform.messages.edit(url, message["message_id"], "hello!")
        assert [each["message"] for each in await platform.messages.list(url)] == ["hello!"]
        await platform.moderation.mute(url, "cleo", seconds=60)
        with pytest.raises(errors.Muted):
            await platform.messages.send(url, "cleo", "still here")
        await platform.moderation.unmute(url, "cleo")
        await platform.messages.delete(url, message["message_id"])
        assert {each["user_id"] async for each in platform.channels.members(url)} == {"ann", "bob", "cleo"}
        await platform.channels.leave(url, "bob")
        await platform.channels.delete(url)
        with pytest.raises(errors.NotFound):
            await platform.channels.view(url)
        await platform.users.delete("cleo")


@pytest.mark.parametrize("library", ["trio", "asyncio"])
def test_a_backend_manages_an_application(shared: Backend, library: str) -> None:
    platform = Platform(shared.served.url, shared.token)
    with ThreadPoolExecutor() as thread:  # the tests' own may have a loop of asyncio already, of Playwright
        thread.submit(anyio.run, _manage, platform, backend=library).result()


@pytest.mark.parametrize("survive", [survive_kills, survive_cuts])
def test_nothing_is_lost_or_doubled(served: Served, survive: Callable[[Served, list[Program]], None]) -> None:
    survive(served, [[sys.executable, str(HERE / "python_session.py")]])


async def test_what_is_shown_is_what_the_server_has_after_cuts_and_kills(served: Served) -> None:
    """Both write at once; the one's network is cut, the server is killed and started again."""
    backend = Backend(served)
    backend.people("ann", "bob")
    dice = random.Random(11)
    with trio.fail_after(60), Proxy(served.port) as proxy:
        async with _chat(backend, "ann", f"http://127.0.0.1:{proxy.port}") as ann, _chat(backend, "bob") as bob:
            for number in range(60):
                for chat in (ann, bob):
                    chat.channels[CHANNEL].send(f"{chat.user_id} {number}")
                if dice.random() < 0.15:
                    proxy.cut()
                    await trio.sleep(dice.random() / 5)
                    proxy.mend()
                if number in (20, 40):
                    proxy.cut()
                    served.kill()
                    await trio.to_thread.run_sync(served.start)
                    proxy.mend()
                await trio.sleep(dice.random() / 20)
            for chat in (ann, bob):
                await chat.channels[CHANNEL].messages.outbox.empty()
            history = [(each["message_id"], each["message"]) for each in await trio.to_thread.run_sync(backend.history)]
            for chat in (ann, bob):
                await _shows(chat, history)
                own = [text for _, text in history if text.startswith(chat.user_id)]
                assert own == [f"{chat.user_id} {number}" for number in range(60)]


async def _shows(chat: Chat, history: list[tuple[int, str]]) -> None:
    timeline = chat.channels[CHANNEL].messages
    while timeline.has_older:
        await timeline.load_older()
    await timeline.changed.until(lambda: timeline[-1]["message_id"] == history[-1][0])
    assert [(each["message_id"], each["message"]) for each in timeline] == history


@asynccontextmanager
async def _chat(backend: Backend, user_id: str, url: str = "") -> AsyncIterator[Chat]:
    async def token() -> str:
        return await trio.to_thread.run_sync(backend.session, user_id)

    async with Chat(url or backend.served.url, token) as chat:
        yield chat


async def _texts(events: Events, count: int) -> list[str]:
    found: list[str] = []
    async for event in events:
        if event["type"] in ("message.created", "message.updated"):
            found.append(event["message"]["message"])
        if len(found) == count:
            break
    return found
