"""The whole document."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import orjson

from chatd import VERSION
from chatd.domain.schema import definitions
from chatd.http.openapi.errors import ERROR, responses
from chatd.http.openapi.operations import SCHEMAS, answer_shape, operation, tag
from chatd.http.platform.routes import ROUTES

Json = dict[str, Any]

_DESCRIPTION: Final = """\
REST for backends. Every operation is a command, and takes a JSON object or a query; null is the same as to leave a \
parameter out. Times are milliseconds since 1970, except `created_at` of users and channels, which are seconds.

In queries lists are one value with commas between the items, and booleans `true` or `false`. Parameters of DELETE may \
stand in a JSON body too."""


@cache
def document_bytes() -> bytes:
    """The document as JSON; made once, as nothing of it changes while the server runs."""
    return orjson.dumps(document())


def document() -> Json:
    """The Platform API as an OpenAPI 3.1 description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "chatd Platform API", "version": VERSION, "description": _DESCRIPTION},
        "servers": [{"url": "/v3"}],
        "security": [{"ApiToken": []}],
        "tags": [{"name": name} for name in sorted({tag(route) for route in ROUTES})],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"ApiToken": _TOKEN},
            "schemas": definitions(_results(), SCHEMAS) | {"Error": ERROR},
            "responses": responses(),
        },
    }


_TOKEN: Final = {
    "type": "apiKey",
    "in": "header",
    "name": "Api-Token",
    "description": "A token of the application: `chatd token create main`. For servers only.",
}


def _paths() -> Json:
    found: Json = {}
    for route in ROUTES:
        found.setdefault(route.path, {})[route.method.lower()] = operation(route)
    return found


def _results() -> set[Any]:
    return {answer_shape(route) for route in ROUTES}
