"""The Python client against a real server."""

from __future__ import annotations

import pytest
import trio

from chatd.client import Bot, Context, Session, SignedOut, errors
from tests.sdk.backend import CHANNEL, Backend

pytestmark = pytest.mark.slow


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


async def _texts(events: object, count: int) -> list[str]:
    found: list[str] = []
    async for event in events:
        if event["type"] in ("message.created", "message.updated"):
            found.append(event["message"]["message"])
        if len(found) == count:
            break
    return found
