"""Notifications by kind of device: whom to ask how, and what the answer means."""

from __future__ import annotations

import time
from typing import Any, Final

from chatd.domain.push.notices import Notice
from chatd.domain.push.settling import Verdict
from chatd.errors import OutgoingFailed
from chatd.model.push import APNS, GCM, HUAWEI, NTFY, WEB
from chatd.outgoing.client import Client, Request
from chatd.outgoing.push.apns import Apns, ApnsAnswer
from chatd.outgoing.push.apns_notice import apns_headers, apns_payload
from chatd.outgoing.push.fcm import ORIGIN, Fcm, is_gone
from chatd.outgoing.push.hms import FAILED, NOT_LET_IN, Hms
from chatd.outgoing.push.hms import GONE as GONE_AT_HUAWEI
from chatd.outgoing.push.plain import json_request, ntfy_request
from chatd.outgoing.push.web import Sender, Subscription, web_request

_GONE: Final = frozenset({404, 410})
# What may be otherwise later: who asks is not known yet, too many ask, the service is down.
_LATER: Final = frozenset({401, 403, 408, 425, 429})
# What Apple says of a token of another app, or of a device that is told in the other environment.
_BAD_TOKEN: Final = "BadDeviceToken"  # noqa: S105, a reason
_OF_ANOTHER_APP: Final = frozenset({_BAD_TOKEN, "DeviceTokenNotForTopic", "TopicDisallowed"})


class Notifier:
    """Asks services. `contact` is how they reach the operator: `mailto:` or `https:`, or nothing."""

    def __init__(self, client: Client, apns: Apns, contact: str, fcm_origin: str = ORIGIN) -> None:
        self._client = client
        self._apns = apns
        self._contact = contact
        self._fcm = Fcm(client, fcm_origin)
        self._hms = Hms(client)

    async def tell(self, notice: Notice) -> tuple[int, Verdict]:
        """Tell a device something: the status of the answer and what it means. Raises OutgoingFailed."""
        if notice.device.kind == GCM:
            return await self._by_fcm(notice)
        if notice.device.kind == APNS:
            return await self._by_apns(notice)
        if notice.device.kind == HUAWEI:
            return await self._by_hms(notice)
        request = self._request(notice)
        if request is None:
            return 0, Verdict.OVER
        status = (await self._client.post(request)).status
        return status, Verdict.GONE if status in _GONE else _verdict(status)

    async def _by_fcm(self, notice: Notice) -> tuple[int, Verdict]:
        if notice.fcm_account is None:
            return 0, Verdict.OVER
        answer = await self._fcm.tell(notice.fcm_account, notice.device.token, said_of(notice))
        return answer.status, Verdict.GONE if is_gone(answer) else _verdict(answer.status)

    async def _by_hms(self, notice: Notice) -> tuple[int, Verdict]:
        if notice.hms_app is None:
            return 0, Verdict.OVER
        status, code = await self._hms.tell(notice.hms_app, notice.device.token, said_of(notice))
        if code == GONE_AT_HUAWEI:
            return status, Verdict.GONE
        if code in NOT_LET_IN | FAILED:
            raise OutgoingFailed(f"Huawei has answered with the code {code}.")
        return status, _verdict(status)

    async def _by_apns(self, notice: Notice) -> tuple[int, Verdict]:
        """By the first key of which Apple says that the device is one of its app."""
        answer, said = ApnsAnswer(0), said_of(notice)
        for provider in notice.apns:
            headers = apns_headers(said, provider.topic, int(time.time()))
            answer = await self._apns.tell(provider, notice.device.token, headers, apns_payload(said, provider))
            if answer.reason not in _OF_ANOTHER_APP:
                break
        return answer.status, _verdict_of_apple(notice, answer)

    def _request(self, notice: Notice) -> Request | None:
        """What to ask; None when the application has no key any more for which a browser listens."""
        device, said = notice.device, said_of(notice)
        if device.kind != WEB:
            return (ntfy_request if device.kind == NTFY else json_request)(device.token, said)
        if notice.web_key is None:
            return None
        to = Subscription(device.token, device.key, device.auth)
        by = Sender(notice.web_key.private, notice.web_key.public, self._contact)
        return web_request(to, by, said, notice.tag, int(time.time()))


def said_of(notice: Notice) -> dict[str, Any]:
    """What a device is told."""
    return {
        "notification_id": notice.notice_id,
        "title": notice.title,
        "body": notice.body,
        "badge": notice.badge,
        "tag": notice.tag,
        "is_mention": notice.is_mention,
        "retry": notice.retry,
        "app_id": notice.app_id,
        "channel_url": notice.channel_url,
        "message_id": notice.message_id,
        "sender_id": notice.sender_id,
        "created_at": notice.created_at,
        "sound": notice.sound,
        "volume": notice.volume,
    }


def _verdict(status: int) -> Verdict:
    if 200 <= status < 300:
        return Verdict.OVER
    return Verdict.AGAIN if status in _LATER or status >= 500 else Verdict.OVER


def _verdict_of_apple(notice: Notice, answer: ApnsAnswer) -> Verdict:
    """A device that was registered after Apple saw it go is there again."""
    if not answer.status:
        return Verdict.OVER
    if answer.status == 410:
        return Verdict.GONE if not 0 < answer.gone_at < notice.device.added_at else Verdict.OVER
    return Verdict.GONE if answer.reason == _BAD_TOKEN else _verdict(answer.status)
