"""`python -m chatd.samples.echo CHANNEL…`: a bot in these channels."""

from __future__ import annotations

import re
import sys

import trio

from chatd.client import Bot, Context
from chatd.samples import platform, settings

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# The server takes what is at least a second ahead, when it hears of it.
LEAST_SECONDS = 3
MOST_SECONDS = 29 * 86400
ASKED = re.compile(r"(\d{1,7})\s*([smhd])\s+(.+)", re.DOTALL)

bot = Bot(settings.url(), platform.tokens_of("echo"))


@bot.command("echo")
async def echo(context: Context) -> None:
    """Say it again."""
    await context.reply(context.text or "… echo …")


@bot.command("remind")
async def remind(context: Context) -> None:
    """Say it again later. The server keeps it until then, so this program may end and start meanwhile."""
    asked = ASKED.fullmatch(context.text)
    if asked is None:
        await context.reply("Say it like this: /remind 10m The tea is ready. There are s, m, h and d.")
        return
    seconds = int(asked[1]) * SECONDS[asked[2]]
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        await context.reply("That can be from three seconds to 29 days.")
        return
    await schedule(context, seconds, asked[3])
    await context.reply(f"In {asked[1]}{asked[2]}, then.")


async def schedule(context: Context, seconds: int, text: str) -> None:
    """Have the server say it, to whoever asked for it."""
    await context.session.call(
        "scheduled_messages.create",
        channel_url=context.channel_url,
        message=f"{context.sender['nickname']}, you wanted to hear this: {text}",
        mention_type="users",
        mentioned_user_ids=[context.sender["user_id"]],
        scheduled_at=context.message["created_at"] + seconds * 1000,
    )


@bot.command("help")
async def show_commands(context: Context) -> None:
    """What there is."""
    await context.reply("/echo something · /remind 10m something · /help")


async def main(channel_urls: list[str]) -> None:
    """Be there, and answer."""
    await platform.make_bot("echo", "Echo", channel_urls)
    async with trio.open_nursery() as nursery:
        await nursery.start(bot.serve)
        print("Echo listens in", *channel_urls, flush=True)


if __name__ == "__main__":
    trio.run(main, sys.argv[1:])
