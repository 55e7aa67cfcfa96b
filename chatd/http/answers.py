"""Answers in JSON, with the headers that every answer has."""

from __future__ import annotations

import math
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chatd.errors import ChatdError, RateLimited

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:; media-src 'self'; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'"
)
_NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'"
_FIXED = {"cache-control": "no-store", "content-security-policy": _NO_CONTENT_POLICY}
# Each header costs a hundredth of a call. Those that tell a browser how to show an answer, or who may embed it, are
# left out: who gets this one has sent a token in a header, which no page of another site can have a browser do.
_JSON_HEADERS = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
]
# What an error of a status has besides its body (RFC 9110, 15.5 and 15.6).
_HEADERS = {
    401: {"www-authenticate": "Bearer"},
    413: {"connection": "close"},
    503: {"retry-after": "1"},
}


class Json:
    """A value as JSON, with status 200, ready to be sent: the Platform API answers thousands a second."""

    __slots__ = ("_body",)

    def __init__(self, value: Any) -> None:
        self._body = orjson.dumps(value)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it (ASGI)."""
        headers = [*_JSON_HEADERS, (b"content-length", b"%d" % len(self._body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self._body})


def json_answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as JSON; answers are never cached."""
    return Response(orjson.dumps(value), status, _FIXED | (headers or {}), "application/json")


def document_answer(document: bytes) -> Response:
    """A description of this server as JSON, which programs of other sites may read."""
    headers = {"cache-control": "no-cache", "content-security-policy": _NO_CONTENT_POLICY}
    shared = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
    return Response(document, 200, headers | shared, "application/json")


def error_answer(error: ChatdError) -> Response:
    """An error in the Platform API's form: `{"error": true, "message": ..., "code": ...}`."""
    headers = dict(_HEADERS.get(error.status, {}))
    if isinstance(error, RateLimited):
        headers |= _waiting(error)
    return json_answer({"error": True, "message": error.message, "code": error.code}, error.status, headers)


def _waiting(error: RateLimited) -> dict[str, str]:
    """When to come back, in whole seconds, as HTTP says it and as the Platform API does."""
    seconds = str(max(1, math.ceil(error.retry_after)))
    if not error.limit:
        return {"retry-after": seconds}
    return {
        "retry-after": seconds,
        "x-ratelimit-limit": f"{error.limit};w=1",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": str(error.reset_after),
        "x-ratelimit-retryafter": seconds,
    }
