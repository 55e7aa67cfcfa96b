"""How fast backends of an application may call, and how much room its files take, for the dashboard."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta
from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import Response

from chatd.domain import COMMANDS
from chatd.domain.messages.quotas import Quotas, quotas_of
from chatd.domain.tenants.limits import set_limits
from chatd.domain.tenants.roles import may_call
from chatd.errors import Forbidden
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.dashboard.access import caller_of, owner_of
from chatd.http.signing_in import read_typed
from chatd.model import Application
from chatd.store import tables

Rate = Annotated[int, Meta(ge=0, le=1_000_000)]
Bytes = Annotated[int, Meta(ge=0, le=2**44)]


class Rates(msgspec.Struct, frozen=True):
    """Calls a second, 0 for no limit; None for what the configuration says."""

    reads_per_second: Rate | None
    writes_per_second: Rate | None


class Room(msgspec.Struct, frozen=True):
    """Bytes of the files of all users and of each of them, 0 for no limit; None for what the configuration says."""

    max_file_bytes: Bytes | None
    max_file_bytes_per_user: Bytes | None


async def view(request: Request, services: Services) -> Response:
    """`GET /dashboard/api/applications/{app_id}/limits`: rates of backends, those that are `usual`, and `files`.

    For whoever may see the other limits. Raises Forbidden.
    """
    membership = caller_of(request, services).membership
    if not may_call(membership.role, COMMANDS["pace.view"]):
        raise Forbidden(f"As {membership.role} you may not see limits.")
    return json_answer(_described(services, membership.application))


async def update(request: Request, services: Services) -> Response:
    """`PUT /dashboard/api/applications/{app_id}/limits`: set the rates of backends. Only owners of the server.

    Raises Forbidden, InvalidValue.
    """
    return await _set(request, services, Rates)


async def update_files(request: Request, services: Services) -> Response:
    """`PUT /dashboard/api/applications/{app_id}/limits/files`: set how much room files take. Only owners of the server.

    Raises Forbidden, InvalidValue.
    """
    return await _set(request, services, Room)


async def _set(request: Request, services: Services, kind: type[Rates | Room]) -> Response:
    owner_of(request, services)
    actor = caller_of(request, services).actor
    limits = asdict(await read_typed(services, request, kind))
    return json_answer(_described(services, await services.writer.run(0, set_limits, actor, limits)))


def _described(services: Services, application: Application) -> dict[str, Any]:
    http, files = services.config.http, services.config.files
    taken = services.store.read(application.number, lambda txn: txn.get(tables.FILE_BYTES, 0))
    usual = Quotas(files.max_bytes_per_user, files.max_bytes_per_application)
    quotas = quotas_of(application, usual)
    return {
        "reads_per_second": application.reads_per_second,
        "writes_per_second": application.writes_per_second,
        "max_file_bytes": application.max_file_bytes,
        "max_file_bytes_per_user": application.max_file_bytes_per_user,
        "usual": {
            "reads_per_second": http.reads_per_second,
            "writes_per_second": http.writes_per_second,
            "max_file_bytes": usual.application,
            "max_file_bytes_per_user": usual.user,
        },
        "files": {
            "bytes": taken or 0,
            "max_bytes": quotas.application,
            "max_bytes_per_user": quotas.user,
        },
    }
