"""An answer that grows while it is written: one message, edited again and again."""

from __future__ import annotations

from collections.abc import AsyncIterator

import trio

from chatd.client import Context
from chatd.client.schema import Message
from chatd.samples.assistant.provider import Unavailable

# Readers see the text grow; the server does not edit for every word.
PAUSE_SECONDS = 0.7
ANSWER_SECONDS = 120
MOST_CHARACTERS = 4500
CUT = " …"
SORRY = "I cannot answer at the moment."


class Answer:
    """The bot's message, which says more and more."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._message: Message | None = None
        self.text = ""

    async def grow(self, pieces: AsyncIterator[str]) -> None:
        """Show the pieces as they come; what is too long ends there. Raises Unavailable, and the client's Failure."""
        due = trio.current_time()
        async for piece in pieces:
            self.text = (self.text + piece)[:MOST_CHARACTERS]
            if self.text.strip() and trio.current_time() >= due:
                await self._show(self.text + CUT)
                due = trio.current_time() + PAUSE_SECONDS
            if len(self.text) == MOST_CHARACTERS:
                return

    async def end(self, ending: str = "") -> None:
        """Show all of it, and what is said behind it."""
        await self._show("\n\n".join(part for part in (self.text.strip(), ending) if part) or SORRY)

    async def _show(self, text: str) -> None:
        if self._message is None:
            self._message = await self._context.reply(text)
        else:
            await self._context.edit(self._message, text)


async def write(context: Context, pieces: AsyncIterator[str]) -> None:
    """Answer with these pieces, for two minutes at most. Raises the client's Failure."""
    answer = Answer(context)
    try:
        with trio.fail_after(ANSWER_SECONDS):
            await answer.grow(pieces)
    except (Unavailable, trio.TooSlowError):
        await answer.end(SORRY)
    else:
        await answer.end()
