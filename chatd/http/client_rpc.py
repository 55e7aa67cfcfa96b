"""Commands of clients over HTTP: `POST /client/v1/rpc/{method}` with a session token."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from chatd.domain.sessions import authenticate
from chatd.gateway import service
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.body import read_json
from chatd.model import Actor


async def answer(request: Request, services: Services) -> Response:
    """Run one command. Raises ChatdError."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    session = services.store.read(0, authenticate, token.strip() if scheme.lower() == "bearer" else "")
    params = await read_json(request, services.config.http.max_body_bytes)
    actor = Actor(session.application, session.user, session.user_id)
    return json_answer(await service.call(services, actor, request.path_params["method"], params))
