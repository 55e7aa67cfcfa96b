"""Request bodies: limited before they are parsed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from chatd.errors import InvalidJson, TooLarge


async def read_json(request: Request, limit: int) -> dict[str, Any]:
    """The JSON object in a body of at most `limit` bytes; an empty body is an empty object.

    Raises TooLarge, or InvalidJson.
    """
    return parsed(await read_body(request, limit))


async def read_body(request: Request, limit: int) -> bytes:
    """The body of a request, of at most `limit` bytes. Raises TooLarge, ClientDisconnect."""
    return await read(request.receive, dict(request.scope["headers"]), limit)


async def read(receive: Receive, headers: Mapping[bytes, bytes], limit: int) -> bytes:
    """A body of at most `limit` bytes, of a request with these headers. Raises TooLarge, ClientDisconnect.

    What has come as its headers say is not waited for once more: each message of a body is a turn of the loop.
    """
    size = _declared(headers)
    if size is not None and size > limit:
        raise TooLarge(f"The request body is larger than {limit} bytes.")
    body, is_more = bytearray(), True
    while is_more and len(body) != size:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
        if len(body) > limit:
            raise TooLarge(f"The request body is larger than {limit} bytes.")
    return bytes(body)


def _declared(headers: Mapping[bytes, bytes]) -> int | None:
    """How long a body is; None when only its end says it (RFC 9112, 6.3). What is no number, h11 lets not come here."""
    return None if b"transfer-encoding" in headers else int(headers.get(b"content-length", b"0"))


def parsed(raw: bytes) -> dict[str, Any]:
    """The JSON object in a body; an empty body is an empty object. Raises InvalidJson."""
    if not raw or raw.isspace():
        return {}
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise InvalidJson(f"The request body is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise InvalidJson("The request body must be a JSON object.")
    return value
