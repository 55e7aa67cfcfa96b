"""Applications and their teams, for the dashboard."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from chatd.domain import COMMANDS
from chatd.domain.tenants import accounts, organization, teams
from chatd.domain.tenants.roles import OWNER, ROLES, may_call
from chatd.domain.tenants.teams import Membership
from chatd.errors import Forbidden
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.dashboard.access import Caller, account_of, caller_of, owner_of
from chatd.http.signing_in import read_typed
from chatd.model import TeamMember


class NewApplication(msgspec.Struct, frozen=True):
    """What an application is to be called."""

    app_name: str


class Assignment(msgspec.Struct, frozen=True):
    """Which account is to have which role."""

    login: str
    role: str


async def me(request: Request, services: Services) -> Response:
    """`GET /dashboard/api/me`: the account, and the applications it works on, each with its role."""
    account = account_of(request, services)
    found = services.store.read(0, teams.memberships, account)
    return json_answer(
        {
            "login": account.login,
            "is_owner": account.role == accounts.OWNER,
            "applications": [_shown(each) for each in found],
        }
    )


async def create(request: Request, services: Services) -> Response:
    """`POST /dashboard/api/applications`: a new one, with an API token that is shown this once."""
    owner_of(request, services)
    new = await read_typed(services, request, NewApplication)
    made, secret = await services.writer.run(0, organization.create_application, new.app_name)
    return json_answer(_shown(Membership(made, OWNER)) | {"api_token": secret})


async def view(request: Request, services: Services) -> Response:
    """`GET /dashboard/api/applications/{app_id}`: with the commands that the account may call, sorted."""
    caller = caller_of(request, services)
    role = caller.membership.role
    may = sorted(name for name, command in COMMANDS.items() if may_call(role, command))
    return json_answer(_shown(caller.membership) | {"commands": may})


async def delete(request: Request, services: Services) -> Response:
    """`DELETE /dashboard/api/applications/{app_id}`: with all that it holds. Only owners of the server."""
    owner_of(request, services)
    await services.writer.run(0, organization.delete_application, request.path_params["app_id"])
    return json_answer({})


async def team(request: Request, services: Services) -> Response:
    """`GET /dashboard/api/applications/{app_id}/team`: `members`, each with `login`, `role` and `since`; `roles`."""
    caller = caller_of(request, services)
    found = services.store.read(0, teams.team, caller.membership.application.number)
    return json_answer({"members": [_member(*each) for each in found], "roles": ROLES})


async def assign(request: Request, services: Services) -> Response:
    """`PUT /dashboard/api/applications/{app_id}/team`: give an account a role, instead of the one it may have."""
    caller = _leader(request, services)
    asked = await read_typed(services, request, Assignment)
    member = await services.writer.run(0, teams.assign, caller.actor, asked.login, asked.role)
    return json_answer(_member(asked.login.lower(), member))


async def dismiss(request: Request, services: Services) -> Response:
    """`DELETE /dashboard/api/applications/{app_id}/team/{login}`: take an account off the team."""
    caller = _leader(request, services)
    await services.writer.run(0, teams.dismiss, caller.actor, request.path_params["login"])
    return json_answer({})


def _leader(request: Request, services: Services) -> Caller:
    """Who may change the team. Raises Forbidden."""
    caller = caller_of(request, services)
    if caller.membership.role != OWNER:
        raise Forbidden("Only owners may change the team.")
    return caller


def _shown(membership: Membership) -> dict[str, Any]:
    application = membership.application
    return {
        "app_id": application.application_id,
        "app_name": application.title or application.name,
        "name": application.name,
        "role": membership.role,
        "created_at": application.created_at,
    }


def _member(login: str, member: TeamMember) -> dict[str, Any]:
    return {"login": login, "role": member.role, "since": member.since}
