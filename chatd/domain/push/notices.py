"""What a device is told of a message: made when it is sent, so that nothing is told that was deleted meanwhile."""

from __future__ import annotations

from itertools import islice
from typing import Final, NamedTuple

from chatd import ids
from chatd.domain.channels.settings import settings_of
from chatd.domain.deliveries.places import Claimed
from chatd.domain.deliveries.queue import TEST
from chatd.domain.fold.stored import current_message
from chatd.domain.push.planning import is_wanted
from chatd.domain.push.templates import filled, rendered
from chatd.domain.resources.messages import message_type
from chatd.domain.tenants import applications
from chatd.domain.users.notifying import push_preference
from chatd.domain.users.unread_counts import unread_of
from chatd.model import ApnsProvider, Channel, FcmAccount, HmsApp, Message, MessagePush, PushToken, User, WebPushKey
from chatd.store import tables
from chatd.store.transaction import Transaction

# Services take 4096 bytes; with these a notification has less in any script.
MAX_TITLE: Final = 100
MAX_BODY: Final = 300
# Of what waits for a device so much is looked through for a later message of the same channel.
LATER: Final = 50
_FRIENDLY: Final = {"image": "Image", "video": "Video", "audio": "Audio"}


class Notice(NamedTuple):
    """A notification, and by which keys. A later one of the same `tag` takes its place; `retry` attempts were made.

    `sound` is empty for that of the service; with a `volume` that is not negative it is a critical alert.
    """

    device: PushToken
    notice_id: str
    title: str
    body: str
    badge: int
    tag: str
    is_mention: bool
    retry: int
    channel_url: str
    message_id: int
    app_id: str
    sender_id: str
    created_at: int
    web_key: WebPushKey | None
    fcm_account: FcmAccount | None
    hms_app: HmsApp | None
    apns: tuple[ApnsProvider, ...]
    sound: str = ""
    volume: float = -1.0


def prepare_push(txn: Transaction, claimed: Claimed) -> Notice | None:
    """What to tell a device now; None for nothing: the user has read it, or wants it no more, or the device is gone."""
    place, delivery = claimed
    device = txn.get(tables.PUSH_TOKENS, place.lane)
    if device is not None and delivery.category == TEST:
        return _test(txn, claimed, device)
    message = current_message(txn, place.sequence)
    if device is None or message is None or not is_wanted(txn, device.user, message):
        return None
    if delivery.attempts > 1 and _is_overtaken(txn, claimed, message):
        return None
    return _notice(txn, claimed, device, message)


def _notice(txn: Transaction, claimed: Claimed, device: PushToken, message: Message) -> Notice:
    channel, push = txn.require(tables.CHANNELS, message.channel), message.push or MessagePush()
    sender = txn.require(tables.USERS, message.sender) if message.sender else None
    said = _said(channel, sender, message)
    return Notice(
        device,
        f"{txn.head.epoch}-{message.message_id}-{claimed.place.lane}",
        (filled(push.title, said) or _title(channel, sender))[:MAX_TITLE],
        rendered(txn, device.user, message_type(message), said, push)[:MAX_BODY],
        sum(each.messages for each in unread_of(txn, device.user)),
        ids.digest(channel.channel_url).hex()[:32],
        message.mention_type == "channel" or device.user in message.mentioned,
        claimed.delivery.attempts - 1,
        channel.channel_url,
        message.message_id,
        applications.by_number(txn, txn.application).application_id,
        sender.user_id if sender else "",
        message.created_at,
        txn.get(tables.WEB_PUSH_KEY),
        txn.get(tables.FCM_ACCOUNT),
        txn.get(tables.HMS_APP),
        _apns(txn, push.topic),
        push.sound if push.volume >= 0 else _sound(txn, device.user, message.channel),
        push.volume,
    )


def _test(txn: Transaction, claimed: Claimed, device: PushToken) -> Notice:
    """A notification about nothing."""
    application = applications.by_number(txn, txn.application)
    return Notice(
        device,
        f"{txn.head.epoch}-{TEST}{claimed.place.part}-{claimed.place.lane}",
        application.title or application.name,
        "Test",
        sum(each.messages for each in unread_of(txn, device.user)),
        TEST,
        False,
        claimed.delivery.attempts - 1,
        "",
        0,
        application.application_id,
        "",
        claimed.delivery.queued_at,
        txn.get(tables.WEB_PUSH_KEY),
        txn.get(tables.FCM_ACCOUNT),
        txn.get(tables.HMS_APP),
        _apns(txn, ""),
    )


def _apns(txn: Transaction, topic: str) -> tuple[ApnsProvider, ...]:
    return tuple(each for _, each in txn.scan(tables.APNS_PROVIDERS) if topic in ("", each.topic))


def _sound(txn: Transaction, user: int, channel: int) -> str:
    """The sound that a user has chosen for a channel, or for all; empty for that of the service."""
    member = txn.get(tables.MEMBERS, channel, user)
    own = settings_of(txn, user, channel, member.since).sound if member else ""
    chosen = own or push_preference(txn, user).sound
    return "" if chosen == "default" else chosen


def _is_overtaken(txn: Transaction, claimed: Claimed, message: Message) -> bool:
    """Whether a later message of the channel waits behind one that has failed: one notification is enough then."""
    place = claimed.place
    lane = txn.get(tables.LANES, place.target, place.lane)
    # What a killed server was about to send has not failed.
    if lane is None or not lane.failures:
        return False
    later = txn.scan(tables.DELIVERIES, place.target, place.lane, start=(place.sequence + 1,))
    found = (current_message(txn, key[2]) for key, _ in islice(later, LATER))
    return any(each is not None and each.channel == message.channel for each in found)


def _title(channel: Channel, sender: User | None) -> str:
    return channel.name or (_name(sender) if sender else "") or channel.channel_url


def _said(channel: Channel, sender: User | None, message: Message) -> dict[str, str]:
    """What stands in the places of templates."""
    kind = message.files[0].type.partition("/")[0] if message.files else ""
    return {
        "sender_name": _name(sender) if sender else "",
        "message": message.text,
        "filename": ", ".join(file.name for file in message.files),
        "file_type_friendly": _FRIENDLY.get(kind, "File"),
        "channel_name": _title(channel, sender),
    }


def _name(user: User) -> str:
    return user.nickname or user.user_id
