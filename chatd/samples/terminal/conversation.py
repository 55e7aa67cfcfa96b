"""What the screen shows, kept in step with the server, and what the person does there."""

from __future__ import annotations

import outcome
import trio

from chatd.client import Channel, Chat, Failure
from chatd.client.schema import Message
from chatd.client.tokens import TokenSource
from chatd.samples.terminal.guest import Guest
from chatd.samples.terminal.screen import Line, Row, Screen

READ_SECONDS = 0.3


class Conversation:
    """One person at the terminal. `run` lasts until they quit."""

    def __init__(self, url: str, token: TokenSource) -> None:
        self._chat = Chat(url, token)
        self._guest = Guest(self._follow, self._ended)
        self._screen = Screen(self._guest.start, self._tell_open, self._tell_written, self._guest.stop)
        self._channel: Channel | None = None
        self._opened = trio.Event()

    def run(self) -> None:
        """Show it."""
        self._screen.run()

    def _tell_open(self, channel_url: str) -> None:
        self._guest.tell(self._open, channel_url)

    def _tell_written(self, text: str) -> None:
        self._guest.tell(self._write, text)

    def _open(self, channel_url: str) -> None:
        self._channel = self._chat.channels.get(channel_url)
        event, self._opened = self._opened, trio.Event()
        event.set()
        self._draw()

    def _write(self, text: str) -> None:
        if self._channel is not None:
            self._channel.send(text)

    def _ended(self, result: outcome.Outcome[None]) -> None:
        if isinstance(result, outcome.Error):
            self._screen.exit(return_code=1, message=str(result.error))
        else:
            self._screen.exit()

    async def _follow(self) -> None:
        """From the first connection to the end, in Trio."""
        async with self._chat as chat, trio.open_nursery() as nursery:
            nursery.start_soon(self._follow_state)
            nursery.start_soon(self._follow_channel)
            for channel in chat.channels:
                self._open(channel.url)
                break
            async for _ in chat.channels.changed:
                self._draw()

    async def _follow_state(self) -> None:
        while True:
            self._screen.show_state("" if self._chat.state == "connected" else "Connecting …")
            await self._chat.state_changed.wait()

    async def _follow_channel(self) -> None:
        """Draw the open channel whenever it is different, and say that it was read."""
        while True:
            opened = self._opened
            async with trio.open_nursery() as nursery:
                if self._channel is not None:
                    nursery.start_soon(self._follow_messages, self._channel)
                    nursery.start_soon(self._read, self._channel)
                await opened.wait()
                nursery.cancel_scope.cancel()

    async def _follow_messages(self, channel: Channel) -> None:
        while True:
            self._draw()
            await channel.messages.changed.wait()

    async def _read(self, channel: Channel) -> None:
        while True:
            while not channel.unread:
                await channel.changed.wait()
            try:
                await channel.mark_read()
            except Failure as failure:
                self._screen.notify(failure.message, severity="warning")
            await trio.sleep(READ_SECONDS)

    def _draw(self) -> None:
        rows = [Row(channel.url, _name(channel), channel.unread) for channel in self._chat.channels]
        self._screen.show_channels(rows, self._channel.url if self._channel else "")
        if self._channel is not None:
            timeline = self._channel.messages
            waiting = [
                Line("You", each.text, note=each.failure.message if each.failure else "…")
                for each in timeline.outbox.items
            ]
            self._screen.show_messages([*map(_line, timeline), *waiting])


def _name(channel: Channel) -> str:
    return channel.name or ", ".join(member["nickname"] for member in channel.others) or channel.url


def _line(message: Message) -> Line:
    author = message.get("user")
    name = author["nickname"] if author else ""
    return Line(name or "chatd", message["message"] or "(a file)", message["created_at"])
