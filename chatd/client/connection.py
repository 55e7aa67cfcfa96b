"""The connection: the Centrifuge client protocol in JSON, with the stream of events and open channels.

It comes back by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import orjson
import trio

from chatd.client.calls import FIRST_SERVER_CODE, Calls, Json, refusal
from chatd.client.failures import Closed, Failure, Refused, SignedOut, Unreachable
from chatd.client.pauses import Pauses
from chatd.client.schema import Publication, User
from chatd.client.socket import Dial, Socket, SocketClosed
from chatd.client.subscription import Subscription
from chatd.client.subscriptions import Subscriptions
from chatd.client.tokens import Tokens

STREAM = "~"
NAME = "chatd-python"
# In seconds.
DEADLINE = 8.0
LOGIN_DEADLINE = 10.0
# By how much a ping may be late.
PING_DELAY = 10.0
RENEWAL_PAUSE = 5.0
# Of a token's life, the part after which another one is asked for.
RENEWED_AFTER = 0.8
TOO_LARGE, TOKEN_EXPIRED, EXPIRED, INVALID_TOKEN = 1009, 109, 3005, 3500

State = Literal["connecting", "connected", "closed"]


@dataclass(frozen=True)
class Listener:
    """Who is told: of each login, that the stream is there (True: nothing was missed), of each event, of the state."""

    connected: Callable[[User], None]
    streaming: Callable[[bool], None]
    event: Callable[[Publication], None]
    state: Callable[[State], None]


@dataclass(frozen=True)
class Ending:
    """Why a connection is over."""

    code: int
    reason: str

    @property
    def is_final(self) -> bool:
        """Whether the server does not want to see this client again."""
        return self.code == TOO_LARGE or 3500 <= self.code < 4000 or 4500 <= self.code < 5000


class Connection:
    """One after the other, and what is to be known between them: the token, and up to where all was told."""

    def __init__(self, dial: Dial, tokens: Tokens, listener: Listener) -> None:
        self.state: State = "connecting"
        self.entered = Subscriptions()
        self._dial = dial
        self._tokens = tokens
        self._told = listener
        self.stream = Subscription(STREAM, self._on_streaming, listener.event, self._on_no_stream)
        self._pauses = Pauses()
        self._calls = Calls()
        self._is_up = trio.Event()
        self._hurry = trio.Event()
        self._scope = trio.CancelScope()
        self._ending: Ending | None = None
        self._patience = LOGIN_DEADLINE
        # When the stream of this connection was there; by Trio's clock.
        self._streaming_since = float("inf")
        self._wants_pong = False
        # Logins that were refused, one after the other.
        self._refusals = 0

    async def run(self) -> None:
        """Until it is over for good: that raises SignedOut or Closed."""
        try:
            while True:
                self._hurry = trio.Event()
                ending = await self._once()
                if ending.is_final:
                    raise _end(ending)
                with trio.move_on_after(self._pauses.next()):
                    await self._hurry.wait()
        finally:
            self._become("closed")

    async def call(self, method: str, params: Json | None = None, *, deadline: float = DEADLINE) -> Any:
        """What the server answers. Waits for a connection and for the answer, so many seconds. Raises a Failure."""
        with trio.move_on_after(deadline):
            await self._is_up.wait()
            reply = await self._calls.ask({"rpc": {"method": method, "data": params or {}}})
            return reply["rpc"]["data"]
        raise Unreachable(f"{method} was not answered in time.")

    def hurry(self) -> None:
        """Try to reach the server now."""
        self._hurry.set()

    async def _once(self) -> Ending:
        try:
            token = await self._tokens.current()
            async with self._dial() as socket:
                return await self._converse(socket, token)
        except Failure as failure:  # of the network, or of whoever gives tokens
            if not failure.temporary:
                raise
            return Ending(0, failure.message)

    async def _converse(self, socket: Socket, token: str) -> Ending:
        """Log in, and hear everything until the end."""
        self._ending, self._patience, self._calls = None, LOGIN_DEADLINE, Calls()
        self._streaming_since = float("inf")
        try:
            async with trio.open_nursery() as nursery:
                self._scope = nursery.cancel_scope
                nursery.start_soon(self._calls.write, socket)
                await self._log_in(token, nursery)
                nursery.start_soon(self.entered.keep, self._calls)
                self._close(await self._read(socket))
        finally:
            self._down()
            self._become("connecting")
        return self._after_refusal(self._ending or Ending(0, ""), token)

    def _down(self) -> None:
        if self._is_up.is_set():  # else there are calls that wait for it
            self._is_up = trio.Event()
        self._pauses.after(trio.current_time() - self._streaming_since)
        self._calls.end()

    def _close(self, ending: Ending) -> None:
        """The first reason is the one that counts."""
        self._ending = self._ending or ending
        self._scope.cancel()

    async def _read(self, socket: Socket) -> Ending:
        while True:
            with trio.move_on_after(self._patience) as patience:
                try:
                    text = await socket.receive()
                except SocketClosed as closed:
                    return Ending(closed.code, closed.reason)
            if patience.cancelled_caught:
                return Ending(0, "nothing was heard")
            try:
                replies = [orjson.loads(line) for line in text.split("\n") if line]
            except orjson.JSONDecodeError:
                return Ending(0, "what came is not the protocol")
            for reply in replies:
                self._take(reply)

    def _take(self, reply: Json) -> None:
        if not reply:
            if self._wants_pong:
                self._calls.pong()
        elif "id" in reply:
            self._calls.take(reply)
        elif push := reply.get("push"):
            self._pushed(push)

    def _pushed(self, push: Json) -> None:
        if push.get("channel", STREAM) != STREAM:
            self.entered.pushed(push)
        elif "pub" in push:
            self.stream.tell(push["pub"])

    async def _log_in(self, token: str, nursery: trio.Nursery) -> None:
        def connected(reply: Json) -> None:
            if error := reply.get("error"):
                return self._close(_refused_login(error))
            return self._on_connected(reply["connect"], token, nursery)

        def subscribed(reply: Json) -> None:
            if error := reply.get("error"):
                return self.stream.ended(refusal(error))
            return self.stream.begin(reply["subscribe"])

        await self._calls.begin({"connect": {"token": token, "name": NAME}}, connected)
        await self._calls.begin(self.stream.command, subscribed)

    def _on_connected(self, result: Json, token: str, nursery: trio.Nursery) -> None:
        self._patience = result["ping"] + PING_DELAY if result.get("ping") else float("inf")
        self._wants_pong = result.get("pong", False)
        if result.get("expires") and self._tokens.are_renewed:
            nursery.start_soon(self._renew, token, result["ttl"])
        self._refusals = 0
        self._told.connected(result["data"]["user"])
        self._is_up.set()
        self._become("connected")

    def _on_streaming(self, is_whole: bool) -> None:
        self._streaming_since = trio.current_time()
        self._told.streaming(is_whole)

    def _on_no_stream(self, failure: Failure) -> None:
        """It is asked for anew, on another connection."""
        self._close(Ending(0, failure.message))

    def _after_refusal(self, ending: Ending, token: str) -> Ending:
        """Come back with another token, unless there is none, or a new one was refused as well."""
        if ending.code not in (TOKEN_EXPIRED, EXPIRED, INVALID_TOKEN):
            return ending
        self._tokens.spoil(token)
        self._refusals += ending.code == INVALID_TOKEN
        if self._refusals > 1 or not self._tokens.are_renewed:
            return Ending(INVALID_TOKEN, ending.reason)
        return Ending(0, ending.reason)

    async def _renew(self, token: str, lifetime: float) -> None:
        """Give the server another token before this one is too old."""
        while True:
            await trio.sleep(lifetime * RENEWED_AFTER)
            self._tokens.spoil(token)
            token, lifetime = await self._renewed()

    async def _renewed(self) -> tuple[str, float]:
        while True:
            try:
                token = await self._tokens.current()
                reply = await self._calls.ask({"refresh": {"token": token}})
            except (Unreachable, Refused):
                await trio.sleep(RENEWAL_PAUSE)
            except Failure as failure:
                self._close(Ending(INVALID_TOKEN, failure.message))
                await trio.sleep_forever()
            else:
                return token, reply["refresh"].get("ttl", float("inf"))

    def _become(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self._told.state(state)


def _refused_login(error: Json) -> Ending:
    code, reason = error["code"], error["message"]
    if code == TOKEN_EXPIRED:
        return Ending(code, reason)
    may_come_back = error.get("temporary", False) or code < FIRST_SERVER_CODE
    return Ending(0 if may_come_back else INVALID_TOKEN, reason)


def _end(ending: Ending) -> Failure:
    if ending.code == INVALID_TOKEN:
        return SignedOut(ending.reason or "The token is refused.", code=ending.code)
    return Closed(f"The server has ended the connection: {ending.reason}", code=ending.code)
