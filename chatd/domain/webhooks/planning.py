"""From the log to deliveries: of which events the webhook and the bots are to be told, and what they are told."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from chatd import events
from chatd.domain.deliveries.places import Claimed, Outcome, Place
from chatd.domain.deliveries.queue import GIVE_UP_MS, TEST, drop, settle
from chatd.domain.fold.stored import placed
from chatd.domain.resources.resource import Resource
from chatd.domain.tenants import applications
from chatd.domain.users.bot_receiving import CATEGORY, bot_notification, bots_told, mark_told
from chatd.domain.users.bot_tokens import bot_token
from chatd.domain.webhooks import (
    channel_payloads,
    filter_payloads,
    message_payloads,
    moderation_payloads,
    user_payloads,
)
from chatd.domain.webhooks.categories import EVERYTHING, categories, lane_of
from chatd.domain.webhooks.payloads import Telling, payload
from chatd.model import Message, Webhook
from chatd.store import tables
from chatd.store.transaction import Transaction

# Each of them says how its events are told.
PAYLOADS = (channel_payloads, filter_payloads, message_payloads, moderation_payloads, user_payloads)
APPLICATION_WEBHOOK = 0


class Planned(NamedTuple):
    """What to deliver of some events, each with its category, and the event to go on after."""

    deliveries: list[tuple[Place, str]]
    cursor: int


class Prepared(NamedTuple):
    """A request to make: where to, what to say, and what to sign it with. `delivery_id` is its name for the target."""

    url: str
    secret: str
    delivery_id: str
    body: Resource


def webhook_of(txn: Transaction) -> Webhook:
    """The webhook of the application; one that is not enabled when none was set."""
    return txn.get(tables.WEBHOOK) or Webhook()


def beginning(txn: Transaction, webhook: Webhook) -> int | None:
    """After which event of the log somebody is to be told of what happens: the webhook, or a bot; None for nobody."""
    first_bot = next(txn.scan(tables.BOTS), None)
    found = [webhook.since] if webhook.is_enabled else []
    if first_bot is not None:
        found.append(first_bot[0][0])
    return min(found, default=None)


def plan(txn: Transaction, webhook: Webhook, cursor: int, limit: int) -> Planned:
    """What up to `limit` events after a place of the log lead to, fewer when that is as many deliveries."""
    found: list[tuple[Place, str]] = []
    wanted = frozenset(webhook.events if webhook.is_enabled else ())
    for (sequence,), entry in islice(txn.scan(tables.LOG, start=(cursor + 1,)), limit):
        cursor = sequence
        if isinstance(entry.event, events.MessageSent):
            found += _to_bots(txn, placed(entry.event.message, sequence, entry.time))
        if not wanted or sequence <= webhook.since:
            continue
        for part, category in enumerate(categories(entry.event, txn)):
            if category in wanted or EVERYTHING in wanted:
                lane = lane_of(entry.event, sequence)
                found.append((Place(APPLICATION_WEBHOOK, lane, sequence, part), category))
        if len(found) >= limit:
            break
    return Planned(found, cursor)


def prepare(txn: Transaction, claimed: Claimed) -> Prepared | None:
    """The request that delivers something; None when nobody is there to be told, or nothing to tell."""
    place, category = claimed.place, claimed.delivery.category
    if place.target != APPLICATION_WEBHOOK:
        return _prepare_for_bot(txn, place)
    webhook = webhook_of(txn)
    application = applications.by_number(txn, txn.application)
    body: Resource = {"category": category, "app_id": application.application_id}
    if category == TEST:
        body["created_at"] = claimed.delivery.queued_at
    else:
        entry = txn.require(tables.LOG, place.sequence)
        body |= payload(entry.event, txn, Telling(category, place.sequence, entry.time, webhook))
    return Prepared(webhook.url, webhook.secret, _delivery_id(txn, place), body)


def conclude(txn: Transaction, claimed: Claimed, outcome: Outcome, goes_on: bool) -> Claimed | None:
    """`settle`, and what follows from it: a bot that was told of a message has read it.

    Of a bot that is gone nothing is noted.
    """
    target = claimed.place.target
    if target != APPLICATION_WEBHOOK and txn.get(tables.BOTS, target) is None:
        return drop(txn, claimed)
    if target != APPLICATION_WEBHOOK and outcome.is_delivered:
        mark_told(txn, target, claimed.place.sequence)
    return settle(txn, claimed, outcome, goes_on)


def _to_bots(txn: Transaction, message: Message) -> list[tuple[Place, str]]:
    """A message for each bot that is told of it at a URL; what is older than a day, as after an import, for none."""
    if txn.now - message.created_at > GIVE_UP_MS:
        return []
    bots = [bot for bot in bots_told(txn, message) if txn.require(tables.BOTS, bot).callback_url]
    return [(Place(bot, message.channel, message.message_id, 0), CATEGORY) for bot in bots]


def _prepare_for_bot(txn: Transaction, place: Place) -> Prepared | None:
    bot, body = txn.get(tables.BOTS, place.target), bot_notification(txn, place.target, place.sequence)
    if bot is None or body is None or not bot.callback_url:
        return None
    return Prepared(bot.callback_url, bot_token(txn, place.target, bot), _delivery_id(txn, place), body)


def _delivery_id(txn: Transaction, place: Place) -> str:
    """What no other delivery is called, also not to another bot whose program is the same."""
    name = f"{txn.head.epoch}-{place.sequence}-{place.part}"
    return name if place.target == APPLICATION_WEBHOOK else f"{name}-{place.target}"
