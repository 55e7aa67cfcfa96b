"""`POST /hooks/{token}`: what programs post to a channel."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs

import trio
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from chatd.domain.integrations.incoming import find_incoming
from chatd.domain.integrations.posting import post
from chatd.errors import InvalidForm, NotFound
from chatd.gateway.service import Services
from chatd.http.attempts import Attempts
from chatd.http.body import parsed, read_body

# Of one webhook in a minute.
MESSAGES_PER_MINUTE: Final = 60
MAX_FIELDS: Final = 20
_NUMBER_DIGITS: Final = 9


class Hooks:
    """Takes what is posted, so much in a minute from each."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._posted = Attempts(MESSAGES_PER_MINUTE)

    async def post(self, request: Request) -> Response:
        """Send what was posted, which is JSON, or JSON in the field `payload` of a form. Raises ChatdError."""
        token: str = request.path_params["token"]
        number, _, secret = token.partition("-")
        if not (number.isascii() and number.isdigit() and len(number) <= _NUMBER_DIGITS and secret):
            raise NotFound("Incoming webhook")
        application = int(number)
        # Whoever guesses tokens is not counted: what is counted is kept for a while.
        self._services.store.read(application, find_incoming, secret)
        self._posted.begin(token, trio.current_time())
        body = await read_body(request, self._services.config.http.max_body_bytes)
        posted = parsed(_payload(request, body))
        await self._services.writer.run(application, post, secret, posted)
        return PlainTextResponse("ok")


def _payload(request: Request, body: bytes) -> bytes:
    """The JSON in a body: all of it, or the field `payload` of a form."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return body
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=MAX_FIELDS)
    except ValueError:
        raise InvalidForm(f"The form has more than {MAX_FIELDS} fields.") from None
    return fields.get("payload", [""])[0].encode()
