"""`python -m chatd.samples.assistant CHANNEL…`: an assistant in these channels."""

from __future__ import annotations

import os
import sys
from contextlib import aclosing

import httpx
import trio

from chatd.client import Bot, Context
from chatd.client.schema import Message
from chatd.samples import platform, settings
from chatd.samples.assistant.provider import answer
from chatd.samples.assistant.writing import write

NAME = "Sage"
USER_ID = "sage"
REMEMBERED = 20
AT_ONCE = 16
INSTRUCTIONS = (
    f"You are {NAME}, an assistant in a group chat. Each message begins with the name of who wrote it. "
    "Answer the last one, briefly, in its language, and without a name before it."
)
MODEL_URL = settings.needed("MODEL_URL", "the address of a chat completions API, such as http://127.0.0.1:11434/v1")
MODEL = settings.needed("MODEL", "the name of a model there")
MODEL_KEY = os.environ.get("MODEL_KEY", "")

bot = Bot(settings.url(), platform.tokens_of(USER_ID))
http = httpx.AsyncClient()
places = trio.CapacityLimiter(AT_ONCE)


@bot.message
async def reply(context: Context) -> None:
    """Answer who calls the assistant by its name; who comes when too many do waits for a place."""
    if NAME.lower() not in context.text.lower():
        return
    async with places:
        await write_answer(context)


async def write_answer(context: Context) -> None:
    """Ask the model, and show what it says while it says it."""
    messages = [{"role": "system", "content": INSTRUCTIONS}, *await remembered(context)]
    async with context.typing():
        asked = answer(http, MODEL_URL.rstrip("/"), MODEL_KEY, MODEL, messages)
        async with aclosing(asked) as pieces:
            await write(context, pieces)


async def remembered(context: Context) -> list[dict[str, str]]:
    """What was said last, as a model reads it."""
    before = await context.session.call(
        "messages.list",
        channel_url=context.channel_url,
        message_id=context.message["message_id"],
        prev_limit=REMEMBERED,
        next_limit=0,
        include=False,
    )
    return [turn(message) for message in [*before["messages"], context.message] if message["message"]]


def turn(message: Message) -> dict[str, str]:
    """A message as a model reads it."""
    author = message.get("user")
    if author and author["user_id"] == USER_ID:
        return {"role": "assistant", "content": message["message"]}
    name = author["nickname"] if author else ""
    return {"role": "user", "content": f"{name}: {message['message']}"}


async def main(channel_urls: list[str]) -> None:
    """Be there, and answer."""
    await platform.make_bot(USER_ID, NAME, channel_urls)
    async with trio.open_nursery() as nursery:
        await nursery.start(bot.serve)
        print(f"{NAME} listens in", *channel_urls, flush=True)


if __name__ == "__main__":
    trio.run(main, sys.argv[1:])
