"""Huawei's Push Kit: an access token for an app, and a request for each device.

What becomes of a notification is said by a code in the answer's body, which has the status 200 also when it fails.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from chatd.errors import OutgoingFailed
from chatd.model import HmsApp
from chatd.outgoing.client import Client, Request
from chatd.outgoing.push.grants import Grants

ORIGIN: Final = "https://push-api.cloud.huawei.com"
TOKEN_URL: Final = "https://oauth-login.cloud.huawei.com/oauth2/v3/token"  # noqa: S105, an address
MAX_ANSWER_BYTES: Final = 16 * 1024
TAKEN: Final = "80000000"
# The token of the device is none, or is one no more.
GONE: Final = "80300007"
# The access token is not taken, or is too old; the service has failed.
NOT_LET_IN: Final = frozenset({"80200001", "80200003"})
FAILED: Final = frozenset({"81000001"})


class Hms:
    """Tells devices by Huawei."""

    def __init__(self, client: Client, origin: str = ORIGIN, token_url: str = TOKEN_URL) -> None:
        self._client = client
        self._origin = origin
        self._token_url = token_url
        self._grants = Grants()

    async def tell(self, app: HmsApp, device: str, said: dict[str, Any]) -> tuple[int, str]:
        """Tell a device something: the status and the code of the answer. Raises OutgoingFailed."""
        access = await self._grants.token(app, partial(self._asked, app))
        headers = (("Authorization", f"Bearer {access}"), ("Content-Type", "application/json; charset=UTF-8"))
        url = f"{self._origin}/v1/{app.app_id}/messages:send"
        body = orjson.dumps({"validate_only": False, "message": hms_message(device, said, app.sound)})
        answer = await self._client.post(Request(url, MAX_ANSWER_BYTES, headers, body))
        code = _code(answer.body)
        if code in NOT_LET_IN or answer.status == 401:
            self._grants.forget(app)
        return answer.status, code

    async def _asked(self, app: HmsApp) -> tuple[str, int]:
        """A new access token, and for how many seconds it is good."""
        form = {"grant_type": "client_credentials", "client_id": app.app_id, "client_secret": app.secret}
        headers = (("Content-Type", "application/x-www-form-urlencoded"),)
        request = Request(self._token_url, MAX_ANSWER_BYTES, headers, urlencode(form).encode())
        answer = await self._client.post(request)
        try:
            said = orjson.loads(answer.body)
            return str(said["access_token"]), int(said["expires_in"])
        except (ValueError, LookupError, TypeError) as error:
            raise OutgoingFailed(f"There is no access token of Huawei: the answer was {answer.status}.") from error


def hms_message(device: str, said: dict[str, Any], usual: str) -> dict[str, Any]:
    """What Huawei is asked to tell a device: a notification that opens the app, and what it is about, as JSON."""
    sound = said["sound"] or usual
    shown = {
        "title": said["title"],
        "body": said["body"],
        "click_action": {"type": 3},
        "tag": said["tag"],
        "badge": {"set_num": min(said["badge"], 99)},
    }
    shown |= {"default_sound": True} if sound == "default" else {"sound": sound} if sound else {}
    android = {"urgency": "HIGH", "ttl": "86400s", "notification": shown}
    return {"data": orjson.dumps(said).decode(), "android": android, "token": [device]}


def _code(body: bytes) -> str:
    try:
        return str(orjson.loads(body)["code"])
    except (ValueError, LookupError, TypeError):
        return ""
