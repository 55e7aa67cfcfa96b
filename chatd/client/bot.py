"""Bots: a user for whom a program speaks.

bot = Bot("https://chat.example.com", token)

@bot.command("echo")
async def echo(context: Context) -> None:
    await context.reply(context.text)

bot.run()
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Unpack

import trio

from chatd.client.commands import ReplyOptions
from chatd.client.persist import persist
from chatd.client.schema import BasicUser, Message
from chatd.client.session import Session
from chatd.client.socket import Dial
from chatd.client.tokens import TokenSource
from chatd.client.typing import keep_typing

# Messages that are answered at the same time; more wait.
MOST_AT_ONCE = 1_000

log = logging.getLogger("chatd.client")


class Context:
    """A message to a bot, and what the bot does about it. `text` is what follows the name of the command."""

    def __init__(self, session: Session, message: Message, text: str) -> None:
        self.session = session
        self.message = message
        self.text = text
        self._replies = 0

    @property
    def words(self) -> list[str]:
        """Those of `text`."""
        return self.text.split()

    @property
    def channel_url(self) -> str:
        """Where it was said."""
        return self.message["channel_url"]

    @property
    def sender(self) -> BasicUser:
        """Who said it: `user_id`, `nickname` and the rest."""
        return self.message["user"]

    async def reply(self, text: str, **more: Unpack[ReplyOptions]) -> Message:
        """Say something there, in the thread if it was said in one; the message. `more`: parameters of `messages.send`.

        Tried again while the server cannot be reached. The first reply to a message stays the first: a bot that was
        started again and answers once more says nothing twice. Raises a Failure.
        """
        self._replies += 1
        said = {"channel_url": self.channel_url, "message": text, "req_id": self._req_id, **more}
        if parent := self.message.get("parent_message_id"):
            said.setdefault("parent_message_id", parent)
        return await self._call("messages.send", said)

    async def edit(self, message: Message, text: str) -> Message:
        """Have another text in a message of the bot. Raises a Failure."""
        place = {"channel_url": message["channel_url"], "message_id": message["message_id"]}
        return await self._call("messages.update", {**place, "message": text})

    async def react(self, reaction: str) -> None:
        """Put a reaction to the message. Raises a Failure."""
        place = {"channel_url": self.channel_url, "message_id": self.message["message_id"]}
        await self._call("reactions.add", {**place, "reaction": reaction})

    @asynccontextmanager
    async def typing(self) -> AsyncIterator[None]:
        """While in this block the bot is shown to be writing."""
        async with keep_typing(self.session, self.channel_url):
            yield

    async def _call(self, method: str, params: dict[str, Any]) -> Message:
        answer: Message = await persist(lambda: self.session.call_by_name(method, params))
        return answer

    @property
    def _req_id(self) -> str:
        return f"reply-{self.message['message_id']}-{self._replies}"


Handler = Callable[[Context], Awaitable[None]]


class Bot:
    """Answers messages of the channels it is a member of. `token`: a session token, or a function that gives one.

    `prefix` is what commands begin with. Messages of bots, its own among them, are not answered. Each message is
    answered in a task of its own: a handler may wait as long as it likes. What a handler raises is logged.
    """

    def __init__(self, url: str, token: TokenSource, *, prefix: str = "/", dial: Dial | None = None) -> None:
        self.session = Session(url, token, dial=dial)
        self._prefix = prefix
        self._commands: dict[str, Handler] = {}
        self._other: Handler | None = None

    def command(self, name: str) -> Callable[[Handler], Handler]:
        """Answer messages that begin with this command: `@bot.command("remind")` gets `/remind me`."""

        def register(handler: Handler) -> Handler:
            self._commands[self._prefix + name] = handler
            return handler

        return register

    def message(self, handler: Handler) -> Handler:
        """Answer all other messages."""
        self._other = handler
        return handler

    def run(self) -> None:
        """Answer until somebody interrupts it, or the server has no more use for it: SignedOut or Closed."""
        trio.run(self.serve)

    async def serve(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """The same within Trio, until canceled. `await nursery.start(bot.serve)` goes on when it hears messages."""
        async with self.session as session, trio.open_nursery() as nursery:
            events = session.events()
            places = trio.CapacityLimiter(MOST_AT_ONCE)
            task_status.started()
            async for event in events:
                if event["type"] == "message.created" and (found := self._found(event["message"])):
                    answer = object()
                    await places.acquire_on_behalf_of(answer)
                    nursery.start_soon(self._answer, *found, lambda answer=answer: places.release_on_behalf_of(answer))

    def _found(self, message: Message) -> tuple[Handler, Context] | None:
        """Who answers a message."""
        user = message.get("user")
        if not user or user.get("is_bot") or user["user_id"] == self.session.user_id:
            return None
        text = message["message"]
        name, rest = (*text.split(maxsplit=1), "", "")[:2]
        if handler := self._commands.get(name):
            return handler, Context(self.session, message, rest)
        return (self._other, Context(self.session, message, text)) if self._other else None

    async def _answer(self, handler: Handler, context: Context, done: Callable[[], None]) -> None:
        try:
            await handler(context)
        except Exception:
            log.exception("a message was not answered: %s in %s", context.message["message_id"], context.channel_url)
        finally:
            done()
