"""What clients send that read an endless answer: `POST /emulation`, for networks that let no WebSocket pass."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from chatd.errors import ChatdError, Forbidden
from chatd.gateway.admission import may_connect
from chatd.gateway.service import Services
from chatd.http.answers import error_answer
from chatd.http.body import read

BINARY = "application/octet-stream"
PREFLIGHT_SECONDS = 3600


async def answer(request: Request, services: Services) -> Response:
    """Hand commands to the client's session. Raises ChatdError."""
    headers = _readable_by(request, services)
    body = await read(request, services.config.http.max_body_bytes)
    is_binary = request.headers.get("content-type", "").partition(";")[0].strip().lower() == BINARY
    try:
        services.emulation.receive(body, is_binary)
    except ChatdError as error:
        refused = error_answer(error)
        refused.headers.update(headers)
        return refused
    return Response(status_code=204, headers=headers)


async def preflight(request: Request, services: Services) -> Response:
    """Tell browsers which pages may ask, and how (Fetch Standard, section 3.2)."""
    headers = _readable_by(request, services)
    headers |= {
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    }
    return Response(status_code=204, headers=headers)


def _readable_by(request: Request, services: Services) -> dict[str, str]:
    origin = request.headers.get("origin")
    if origin is None:
        return {}
    if not may_connect(origin, request.headers.get("host", ""), services.config):
        raise Forbidden("This origin may not do that.")
    return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
