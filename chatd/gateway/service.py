"""How every edge calls commands."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

import trio

from chatd.config import Config
from chatd.domain import COMMANDS, asking
from chatd.domain.command import Command, Function, Input, Kind
from chatd.errors import ChatdError, Internal, InvalidEndpoint
from chatd.gateway.counters import Counters
from chatd.gateway.emulation import Emulation
from chatd.gateway.hub import Hub
from chatd.gateway.latencies import Latencies
from chatd.gateway.live import Live
from chatd.gateway.presence import Presence
from chatd.gateway.proxies import Proxies
from chatd.gateway.rates import CommandRates
from chatd.gateway.signals import Signals
from chatd.gateway.slowest import Slowest
from chatd.model import Actor
from chatd.store.keys import request_key
from chatd.store.remembering import TooMuch
from chatd.store.store import Store
from chatd.store.writer import Writer

_log = logging.getLogger("chatd.gateway")

# Commands whose result somebody has to wait for: a commit, a thread, or another server.
IN_THREAD = frozenset({Kind.SCAN, Kind.SEARCH})
WAITING = IN_THREAD | {Kind.WRITE, Kind.ASK}

Done = Callable[[Any, ChatdError | None], None]
Call = Callable[[str, str, dict[str, Any]], Awaitable[bytes]]
Translate = Callable[[str, tuple[str, ...]], Awaitable[dict[str, str]]]


class Services:
    """What edges work with. `translate` has another server translate a text into languages, `call` asks a
    program and is given the URL, the secret that signs, and the body.

    `background` runs what outlives the call that began it; `draining` ends new work.
    """

    __slots__ = (
        "background",
        "call",
        "config",
        "counters",
        "draining",
        "emulation",
        "hub",
        "latencies",
        "live",
        "presence",
        "proxies",
        "rates",
        "signals",
        "slowest",
        "store",
        "translate",
        "writer",
    )

    def __init__(
        self,
        config: Config,
        store: Store,
        writer: Writer,
        hub: Hub,
        counters: Counters,
        emulation: Emulation,
        presence: Presence,
        translate: Translate,
        call: Call,
        background: trio.Nursery,
    ) -> None:
        self.config = config
        self.store = store
        self.writer = writer
        self.hub = hub
        self.counters = counters
        self.background = background
        self.signals = Signals()
        self.latencies = Latencies()
        self.slowest = Slowest()
        self.emulation = emulation
        self.presence = presence
        self.live = Live(store, hub, presence)
        self.proxies = Proxies(config.server.proxies)
        self.rates = CommandRates(config.gateway.commands_per_second, config.gateway.commands_per_second_and_user)
        self.translate = translate
        self.call = call
        self.draining = False

    def note_call(self, command: Command, began: float) -> None:
        """A call has ended that began at a time of the clock of the loop."""
        now = trio.current_time()
        self.latencies.note(command.name, now - began, now)
        self.slowest.note(command.name, now - began)


async def call(services: Services, actor: Actor, name: str, params: dict[str, Any], *, strict: bool = True) -> Any:
    """The result of a command, as JSON-able data. Raises ChatdError.

    `strict=False` takes parameters as text, as in query strings.
    """
    command = COMMANDS.get(name)
    if command is None:
        raise InvalidEndpoint(f'There is no method "{name[:80]}".')
    return await run(services, actor, command, params, strict=strict)


async def run(
    services: Services, actor: Actor, command: Command, params: dict[str, Any], *, strict: bool = True
) -> Any:
    """The result of a command that was found already; as `call`."""
    if command.kind not in WAITING:
        return call_at_once(services, actor, command, params, strict=strict)
    began = trio.current_time()
    try:
        return await _waited(services, command, actor, _input(actor, command, params, strict))
    finally:
        services.note_call(command, began)


def call_at_once(
    services: Services, actor: Actor, command: Command, params: dict[str, Any], *, strict: bool = True
) -> Any:
    """The result of a command that waits for nothing. Raises ChatdError."""
    began = trio.current_time()
    try:
        return _at_once(services, command, actor, _input(actor, command, params, strict))
    finally:
        services.note_call(command, began)


def submit(services: Services, actor: Actor, command: Command, params: dict[str, Any], done: Done) -> None:
    """Run a command that waits, without a task to wait for it; `done(result, error)` is called on the loop.

    It may be called at once, with what is wrong.
    """
    began = trio.current_time()

    def ended(result: Any, error: ChatdError | None) -> None:
        services.note_call(command, began)
        done(result, error)

    try:
        input = _input(actor, command, params, True)
        if command.kind is Kind.WRITE:
            function = _function(services, command)
            services.writer.submit(actor.application, function, (actor, input), ended, _request(actor, input))
        else:
            services.background.start_soon(_wait, services, command, actor, input, ended)
    except ChatdError as error:
        done(None, error)


def catch_up(services: Services) -> None:
    """See at once what another process has committed, unless the writer is busy: its next group shows it then."""
    if services.writer.depth == 0:
        services.hub.catch_up()


def _input(actor: Actor, command: Command, params: dict[str, Any], strict: bool) -> Input:
    command.check_right(actor)
    return command.parse(params, strict=strict)


def _function(services: Services, command: Command) -> Function:
    """What runs: the command's function; where it shows people or open channels, with who is there."""
    if command.people is not None:
        return partial(services.presence.run, command)
    return command.function if command.open_channels is None else partial(services.hub.open.run, command)


def _request(actor: Actor, input: Input) -> int:
    """The key of what a client calls its request, 0 when it does not."""
    req_id = getattr(input, "req_id", "")
    return request_key(actor.user, req_id) if actor.user and req_id else 0


def _at_once(services: Services, command: Command, actor: Actor, input: Input) -> Any:
    """Run a command that reads, here and now."""
    try:
        result = services.store.read(actor.application, _function(services, command), actor, input)
        if command.kind is Kind.LIVE:
            return services.live.answer(actor, result)
    except ChatdError:
        raise
    except Exception as error:
        _log.exception("a command failed", extra={"command": command.name})
        raise Internal("The server made a mistake.") from error
    if command.kind is not Kind.SIGNAL:
        return result
    services.hub.publish(services.signals.due(result, trio.current_time()))
    return {}


async def _wait(services: Services, command: Command, actor: Actor, input: Input, done: Done) -> None:
    try:
        result = await _waited(services, command, actor, input)
    except ChatdError as error:
        done(None, error)
    except Exception:
        _log.exception("a command failed", extra={"command": command.name})
        done(None, Internal("The server made a mistake."))
    else:
        done(result, None)


async def _waited(services: Services, command: Command, actor: Actor, input: Input) -> Any:
    """The result of a command that waits."""
    application, function = actor.application, _function(services, command)
    if command.kind is Kind.WRITE:
        return await services.writer.run(application, function, actor, input)
    if command.kind is Kind.SCAN:
        with suppress(TooMuch):
            return services.store.read_briefly(application, function, actor, input)
    if command.kind in IN_THREAD:
        return await services.store.read_in_thread(application, function, actor, input)
    question = services.store.read(application, function, actor, input)
    return await services.writer.run(application, question.keep, await _asked(services, question))


async def _asked(services: Services, question: asking.Translation | asking.Call) -> Any:
    """What another server answers."""
    if isinstance(question, asking.Call):
        return await services.call(question.url, question.secret, question.body)
    return await services.translate(question.text, question.languages)
