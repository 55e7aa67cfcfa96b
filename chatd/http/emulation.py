"""What clients send that read an endless answer: `POST /emulation`, for networks that let no WebSocket pass."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from chatd.gateway.service import Services
from chatd.http.body import read_body

BINARY = "application/octet-stream"


async def answer(request: Request, services: Services) -> Response:
    """Hand commands to the client's session. Raises ChatdError."""
    body = await read_body(request, services.config.http.max_body_bytes)
    is_binary = request.headers.get("content-type", "").partition(";")[0].strip().lower() == BINARY
    services.emulation.receive(body, is_binary)
    return Response(status_code=204)
