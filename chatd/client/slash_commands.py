"""The commands that programs answer when somebody writes them after a slash."""

from __future__ import annotations

import re

from chatd.client.channel import Channel
from chatd.client.persist import persist
from chatd.client.schema import SlashAnswer, SlashCommand
from chatd.client.session import Session

NAME = re.compile(r"/([a-z0-9][a-z0-9_-]{0,31})(?:\s|$)")


class SlashCommands:
    """Of the application. All of it raises a Failure when the server refuses."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @staticmethod
    def may_be(text: str) -> bool:
        """Whether a text could be a command."""
        return NAME.match(text) is not None

    async def list(self) -> list[SlashCommand]:
        """All that there are, by name."""
        return (await persist(lambda: self._session.call("slash_commands.list")))["slash_commands"]

    async def knows(self, text: str) -> bool:
        """Whether a text is a command that there is."""
        found = NAME.match(text)
        return found is not None and any(command["name"] == found[1] for command in await self.list())

    async def run(self, channel: Channel, text: str) -> SlashAnswer:
        """Have it answered in a channel. What is "ephemeral" is for this person alone."""
        return await self._session.call("slash_commands.run", channel_url=channel.url, message=text)
