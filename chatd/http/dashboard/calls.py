"""Commands, called from the dashboard by people whose role lets them."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from chatd.domain import COMMANDS
from chatd.domain.command import Command, Input, Kind
from chatd.domain.examples import as_backend, shown
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.schema import parameters
from chatd.domain.tenants.roles import changes, may_call
from chatd.errors import Forbidden, InvalidEndpoint
from chatd.gateway import service
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.body import read_json
from chatd.http.dashboard.access import Caller, caller_of
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

# What says on whom or what a command was called. Tokens are secrets, and are not written down.
_SUBJECTS = ("channel_url", "message_id", "custom_type", "bot_userid")


async def call(request: Request, services: Services) -> Response:
    """`POST /dashboard/api/applications/{app_id}/rpc/{method}`: run a command as a backend would.

    What changes something is in the audit log with the account's login. Raises ChatdError.
    """
    caller = caller_of(request, services)
    params = await read_json(request, services.config.http.max_body_bytes)
    return json_answer(await run(services, caller, request.path_params["method"], params))


async def describe(request: Request, services: Services) -> Response:
    """`GET /dashboard/api/applications/{app_id}/commands/{method}`: what it does and takes, with an example."""
    caller = caller_of(request, services)
    command = _callable(caller, request.path_params["method"])
    described = {
        "name": command.name,
        "description": inspect.getdoc(command.function) or "",
        "changes": changes(command),
        "parameters": parameters(command),
        "example": shown(as_backend(command)),
    }
    return json_answer(described)


async def run(services: Services, caller: Caller, name: str, params: dict[str, Any]) -> Any:
    """The result of a command. Raises Forbidden when the caller's role has no part in it, InvalidEndpoint."""
    command = _callable(caller, name)
    actor = caller.actor
    if not changes(command):
        return await service.run(services, actor, command, params)
    if command.kind is Kind.WRITE:
        return await service.run(services, actor, _noted(name), params)
    result = await service.run(services, actor, command, params)
    await services.writer.run(actor.application, _note, actor, command, command.parse(params))
    return result


def _callable(caller: Caller, name: str) -> Command:
    command = COMMANDS.get(name)
    if command is None:
        raise InvalidEndpoint(f'There is no method "{name[:80]}".')
    if not may_call(caller.membership.role, command):
        raise Forbidden(f'As {caller.membership.role} you may not call "{name}".')
    return command


@cache
def _noted(name: str) -> Command:
    """A command that writes, and by the same commit into the audit log that it was called."""
    command = COMMANDS[name]
    function = command.function

    def noting(txn: Transaction, actor: Actor, input: Input) -> Any:
        result = function(txn, actor, input)
        _note(txn, actor, command, input)
        return result

    return replace(command, function=noting)


def _note(txn: Transaction, actor: Actor, command: Command, input: Input) -> None:
    given = msgspec.structs.asdict(input)
    subjects = [f"{name}={given[name]}" for name in _SUBJECTS if given.get(name)]
    # By number, as all that is to be forgotten with a person.
    user = txn.get(tables.USER_IDS, given.get("user_id") or "") or 0
    note_act(txn, actor, "dashboard.called", None, About(user=user, detail=" ".join([command.name, *subjects])[:500]))
