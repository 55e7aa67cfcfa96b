"""Doing what is due: scheduled messages are sent; messages and statuses whose time is over disappear."""

from __future__ import annotations

import logging

import trio

from chatd import ids
from chatd.domain.messages.disappearing import next_disappearing, remove_disappeared
from chatd.domain.messages.scheduling import due, fail, next_due, send_due
from chatd.domain.tenants import applications
from chatd.domain.users.status import end_statuses, next_status_end
from chatd.errors import Internal, RequestError, ServerError
from chatd.jobs.pace import MESSAGES_AT_ONCE, repeat
from chatd.logs import log
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer

# It looks again after so long at the latest: what another process has written, or a clock that was set, is met then.
LONGEST_SECONDS = 1.0
SHORTEST_SECONDS = 0.01
AT_ONCE = 50


async def do_what_is_due_forever(store: Store, writer: Writer) -> None:
    """Send and remove what is due, application by application, until cancelled.

    A store that cannot write now is met again after a pause.
    """
    while True:
        await trio.sleep(seconds_until_due(store))
        for application in store.read(0, applications.every):
            try:
                await _send(store, writer, application.number)
                if _is_over(store.read(application.number, next_disappearing)):
                    await repeat(writer, application.number, remove_disappeared, MESSAGES_AT_ONCE)
                if _is_over(store.read(application.number, next_status_end)):
                    await repeat(writer, application.number, end_statuses, MESSAGES_AT_ONCE)
            except ServerError as error:
                log("what is due was not done", logging.ERROR, application=application.name, error=error.message)
                await trio.sleep(LONGEST_SECONDS)


async def _send(store: Store, writer: Writer, application: int) -> None:
    """Send what is due; some at a time, which share a commit or two. Raises ServerError when the store refuses."""
    is_left = True
    while is_left:
        numbers = store.read(application, due, AT_ONCE)
        refusals: list[ServerError] = []
        async with trio.open_nursery() as nursery:
            for number in numbers:
                nursery.start_soon(_send_one, writer, application, number, refusals)
        if refusals:
            raise refusals[0]
        is_left = len(numbers) == AT_ONCE


async def _send_one(writer: Writer, application: int, number: int, refusals: list[ServerError]) -> None:
    """Send a message, or else note why it cannot be sent. Killed in between, the next start tries again."""
    try:
        try:
            await writer.run(application, send_due, number)
        except (RequestError, Internal) as error:
            await writer.run(application, fail, number, error.message)
    except ServerError as error:
        refusals.append(error)


def seconds_until_due(store: Store) -> float:
    """When to look again: when something is due, or after a second."""
    times = [store.read(application.number, _next) for application in store.read(0, applications.every)]
    first = min((time for time in times if time is not None), default=None)
    seconds = LONGEST_SECONDS if first is None else (first - ids.now_ms()) / 1000
    return min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS)


def _next(txn: Transaction) -> int | None:
    times = (next_due(txn), next_disappearing(txn), next_status_end(txn))
    return min((time for time in times if time is not None), default=None)


def _is_over(time: int | None) -> bool:
    return time is not None and time <= ids.now_ms()
