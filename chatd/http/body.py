"""Request bodies: limited before they are parsed."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from chatd.errors import InvalidJson, TooLarge


async def read_json(request: Request, limit: int) -> dict[str, Any]:
    """The JSON object in a body of at most `limit` bytes; an empty body is an empty object.

    Raises TooLarge, or InvalidJson.
    """
    return parsed(await read(request.receive, request.headers.get("content-length", "0"), limit))


async def read(receive: Receive, declared: str, limit: int) -> bytes:
    """A body of at most `limit` bytes, of which the request `declared` a length. Raises TooLarge, ClientDisconnect."""
    if declared.isdigit() and int(declared) > limit:
        raise TooLarge(f"The request body is larger than {limit} bytes.")
    body, is_more = bytearray(), True
    while is_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
        if len(body) > limit:
            raise TooLarge(f"The request body is larger than {limit} bytes.")
    return bytes(body)


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
