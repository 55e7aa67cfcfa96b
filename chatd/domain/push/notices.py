"""What a device is told of a message: made when it is sent, so that nothing is told that was deleted meanwhile."""

from __future__ import annotations

from itertools import islice
from typing import Final, NamedTuple

from chatd import ids
from chatd.domain.deliveries.places import Claimed
from chatd.domain.deliveries.queue import TEST
from chatd.domain.fold.stored import current_message
from chatd.domain.push.planning import is_wanted
from chatd.domain.push.templates import rendered
from chatd.domain.resources.messages import message_type
from chatd.domain.tenants import applications
from chatd.domain.users.unread_counts import unread_of
from chatd.model import ApnsProvider, Channel, FcmAccount, Message, PushToken, User, WebPushKey
from chatd.store import tables
from chatd.store.transaction import Transaction

# Services take 4096 bytes; with these a notification has less in any script.
MAX_TITLE: Final = 100
MAX_BODY: Final = 300
# Of what waits for a device so much is looked through for a later message of the same channel.
LATER: Final = 50
_FRIENDLY: Final = {"image": "Image", "video": "Video", "audio": "Audio"}


class Notice(NamedTuple):
    """A notification, and by which keys. A later one of the same `tag` takes its place; `retry` attempts were made."""

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
    apns: tuple[ApnsProvider, ...]


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
    channel = txn.require(tables.CHANNELS, message.channel)
    sender = txn.require(tables.USERS, message.sender) if message.sender else None
    return Notice(
        device,
        f"{txn.head.epoch}-{message.message_id}-{claimed.place.lane}",
        _title(channel, sender)[:MAX_TITLE],
        _body(txn, device.user, channel, sender, message)[:MAX_BODY],
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
        _apns(txn),
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
        _apns(txn),
    )


def _apns(txn: Transaction) -> tuple[ApnsProvider, ...]:
    return tuple(provider for _, provider in txn.scan(tables.APNS_PROVIDERS))


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


def _body(txn: Transaction, user: int, channel: Channel, sender: User | None, message: Message) -> str:
    kind = message.files[0].type.partition("/")[0] if message.files else ""
    said = {
        "sender_name": _name(sender) if sender else "",
        "message": message.text,
        "filename": ", ".join(file.name for file in message.files),
        "file_type_friendly": _FRIENDLY.get(kind, "File"),
        "channel_name": _title(channel, sender),
    }
    return rendered(txn, user, message_type(message), said)


def _name(user: User) -> str:
    return user.nickname or user.user_id
