"""The open channels that somebody is in."""

from __future__ import annotations

import math
from functools import partial

import trio

from chatd.client.calls import Calls, Json, refusal
from chatd.client.failures import Closed, Failure
from chatd.client.subscription import Subscription

# What the server has refused for now is asked for again after so many seconds.
PAUSE = 2.0
# Codes from this on end a subscription of which another one is wanted at once.
FIRST_TO_RENEW = 2500


class Subscriptions:
    """Those that are wanted, kept on whatever connection there is, until they are left or the server has ended them."""

    def __init__(self) -> None:
        self._wanted: dict[str, Subscription] = {}
        # On the connection of now; and those of them that were refused for now.
        self._asked: dict[str, Subscription] = {}
        self._refused: set[str] = set()
        self._different = trio.Event()

    def enter(self, subscription: Subscription) -> None:
        """Have it. A ValueError when it is there already."""
        if subscription.channel in self._wanted:
            raise ValueError(f"{subscription.channel} was entered already")
        self._wanted[subscription.channel] = subscription
        self._different.set()

    def leave(self, subscription: Subscription) -> None:
        """Have it no more."""
        if self._wanted.get(subscription.channel) is subscription:
            del self._wanted[subscription.channel]
            self._different.set()

    async def keep(self, calls: Calls) -> None:
        """Have those that are wanted on a connection, until canceled."""
        self._asked, self._refused = {}, set()
        while True:
            self._different = trio.Event()
            await self._leave_others(calls)
            await self._ask(calls)
            with trio.move_on_after(PAUSE if self._refused else math.inf) as pause:
                await self._different.wait()
            if pause.cancelled_caught:
                self._forget(self._refused)

    def pushed(self, push: Json) -> None:
        """The server tells something of one of them."""
        if not (subscription := self._wanted.get(push["channel"])):
            return
        if "pub" in push:
            subscription.tell(push["pub"])
        elif "unsubscribe" in push:
            self._forget({subscription.channel})
            code, reason = push["unsubscribe"]["code"], push["unsubscribe"].get("reason", "")
            if code < FIRST_TO_RENEW:
                self._end(subscription, Closed(f"The server has ended it: {reason}", code=code))

    async def _leave_others(self, calls: Calls) -> None:
        for channel, subscription in tuple(self._asked.items()):
            if self._wanted.get(channel) is not subscription:
                del self._asked[channel]
                await calls.begin({"unsubscribe": {"channel": channel}}, lambda _: None)

    async def _ask(self, calls: Calls) -> None:
        for channel, subscription in tuple(self._wanted.items()):
            if channel not in self._asked:
                self._asked[channel] = subscription
                await calls.begin(subscription.command, partial(self._answered, subscription))

    def _answered(self, subscription: Subscription, reply: Json) -> None:
        if self._wanted.get(subscription.channel) is not subscription:
            return None
        if "error" not in reply:
            return subscription.begin(reply["subscribe"])
        failure = refusal(reply["error"])
        if not failure.temporary:
            return self._end(subscription, failure)
        self._refused.add(subscription.channel)
        return self._different.set()

    def _end(self, subscription: Subscription, failure: Failure) -> None:
        self.leave(subscription)
        subscription.ended(failure)

    def _forget(self, channels: set[str]) -> None:
        """They are not on the connection any more."""
        for channel in channels:
            self._asked.pop(channel, None)
        self._refused -= channels
        self._different.set()
