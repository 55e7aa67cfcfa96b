"""Request bodies: limited before they are parsed."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.requests import Request

from chatd.errors import InvalidJson, TooLarge


async def read_json(request: Request, limit: int) -> dict[str, Any]:
    """The JSON object in a body of at most `limit` bytes; an empty body is an empty object.

    Raises TooLarge, or InvalidJson.
    """
    raw = await read(request, limit)
    if not raw.strip():
        return {}
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise InvalidJson(f"The request body is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise InvalidJson("The request body must be a JSON object.")
    return value


async def read(request: Request, limit: int) -> bytes:
    """A body of at most `limit` bytes. Raises TooLarge."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > limit:
        raise TooLarge(f"The request body is larger than {limit} bytes.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise TooLarge(f"The request body is larger than {limit} bytes.")
    return bytes(body)
