"""Commands of clients over HTTP: `POST /client/v1/rpc/{method}` with a session token."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from chatd.errors import RateLimited
from chatd.gateway import service
from chatd.gateway.rates import WINDOW_SECONDS, Verdict
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.body import read_json
from chatd.http.files import client


async def answer(request: Request, services: Services) -> Response:
    """Run one command. Raises ChatdError."""
    actor = client(request, services)
    if services.rates.judge_user(actor) is not Verdict.FINE:
        raise RateLimited("Too many calls; wait a moment.", WINDOW_SECONDS)
    params = await read_json(request, services.config.http.max_body_bytes)
    return json_answer(await service.call(services, actor, request.path_params["method"], params))
