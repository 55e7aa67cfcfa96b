"""Which pages of other origins may read our answers (Fetch Standard, section 3.2)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from chatd.config import Config
from chatd.errors import ChatdError, Forbidden
from chatd.gateway.admission import may_connect
from chatd.gateway.service import Services
from chatd.http.answers import error_answer

PREFLIGHT_SECONDS = 3600


def readable_by(request: Request, config: Config) -> dict[str, str]:
    """The headers with which the page that asks may read the answer. Raises Forbidden when it may not even ask."""
    origin = request.headers.get("origin")
    if origin is None:
        return {}
    if not may_connect(origin, request.headers.get("host", ""), config):
        raise Forbidden("This origin may not do that.")
    return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}


async def shared(
    answer: Callable[[Request, Services], Awaitable[Response]], request: Request, services: Services
) -> Response:
    """An answer, or the error that came instead, in a form that pages of our own and of allowed origins can read."""
    headers = readable_by(request, services.config)
    try:
        response = await answer(request, services)
    except ChatdError as error:
        response = error_answer(error)
    response.headers.update(headers)
    return response


def preflight(request: Request, config: Config, headers: str) -> Response:
    """Tell browsers which pages may ask, and with which headers."""
    answer = readable_by(request, config) | {
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": headers,
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    }
    return Response(status_code=204, headers=answer)
