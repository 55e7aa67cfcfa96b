"""Firebase Cloud Messaging, HTTP v1: an access token for a service account, and a request for each device."""

from __future__ import annotations

import time
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urlencode

import orjson

from chatd.errors import OutgoingFailed
from chatd.model import FcmAccount
from chatd.outgoing.client import Answer, Client, Request
from chatd.outgoing.push.grants import Grants
from chatd.outgoing.push.sounds import android_sound, apple_sound
from chatd.outgoing.push.tokens import signed_rs256

ORIGIN: Final = "https://fcm.googleapis.com"
MAX_ANSWER_BYTES: Final = 16 * 1024
_SCOPE: Final = "https://www.googleapis.com/auth/firebase.messaging"
_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_ASKED_SECONDS: Final = 3600


class Fcm:
    """Tells devices by Firebase. Access tokens are kept in memory for as long as they are good."""

    def __init__(self, client: Client, origin: str = ORIGIN) -> None:
        self._client = client
        self._origin = origin
        self._grants = Grants()

    async def tell(self, account: FcmAccount, token: str, said: dict[str, Any]) -> Answer:
        """Tell a device something; what Firebase answers. Raises OutgoingFailed, also without an access token."""
        access = await self._grants.token(account, partial(self._asked, account))
        headers = (
            ("Authorization", f"Bearer {access}"),
            ("Content-Type", "application/json"),
        )
        url = f"{self._origin}/v1/projects/{quote(account.project, safe='')}/messages:send"
        body = orjson.dumps({"message": message(token, said, account.sound)})
        answer = await self._client.post(Request(url, MAX_ANSWER_BYTES, headers, body))
        if answer.status == 401:
            self._grants.forget(account)
        return answer

    async def _asked(self, account: FcmAccount) -> tuple[str, int]:
        """A new access token, and for how many seconds it is good (RFC 7523)."""
        now = int(time.time())
        claims = {"iss": account.email, "scope": _SCOPE, "aud": account.token_url}
        assertion = signed_rs256(account.private_key, claims | {"iat": now, "exp": now + _ASKED_SECONDS})
        body = urlencode({"grant_type": _GRANT, "assertion": assertion}).encode()
        headers = (("Content-Type", "application/x-www-form-urlencoded"),)
        answer = await self._client.post(Request(account.token_url, MAX_ANSWER_BYTES, headers, body))
        try:
            said = orjson.loads(answer.body)
            return str(said["access_token"]), int(said["expires_in"])
        except (ValueError, LookupError, TypeError) as error:
            raise OutgoingFailed(f"There is no access token for Firebase: the answer was {answer.status}.") from error


def message(token: str, said: dict[str, Any], sound: str) -> dict[str, Any]:
    """What Firebase is asked to tell a device; values of `data` are texts there."""
    tag = said["tag"]
    data = {name: value if isinstance(value, str) else orjson.dumps(value).decode() for name, value in said.items()}
    aps = {"badge": said["badge"], "thread-id": tag, **apple_sound(said, sound)}
    return {
        "token": token,
        "notification": {"title": said["title"], "body": said["body"]},
        "data": data,
        "android": {
            "collapse_key": tag,
            "priority": "HIGH",
            "ttl": "86400s",
            "notification": {"tag": tag, "notification_count": said["badge"], **android_sound(said, sound)},
        },
        "apns": {"headers": {"apns-collapse-id": tag}, "payload": {"aps": aps}},
    }


def is_gone(answer: Answer) -> bool:
    """Whether Firebase says that a device is no more."""
    try:
        details = orjson.loads(answer.body)["error"].get("details", [])
        codes = {each.get("errorCode") for each in details}
    except (ValueError, LookupError, TypeError, AttributeError):
        return False
    return answer.status == 404 and "UNREGISTERED" in codes
