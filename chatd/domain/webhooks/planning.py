"""From the log to deliveries: which events a webhook is to be told of, and what it is told."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from chatd.domain.deliveries.places import Claimed, Place
from chatd.domain.deliveries.queue import TEST
from chatd.domain.resources.resource import Resource
from chatd.domain.tenants import applications
from chatd.domain.webhooks import channel_payloads, message_payloads, moderation_payloads, user_payloads
from chatd.domain.webhooks.categories import EVERYTHING, categories, lane_of
from chatd.domain.webhooks.payloads import Telling, payload
from chatd.model import Webhook
from chatd.store import tables
from chatd.store.transaction import Transaction

# Each of them says how its events are told.
PAYLOADS = (channel_payloads, message_payloads, moderation_payloads, user_payloads)
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


def plan(txn: Transaction, webhook: Webhook, cursor: int, limit: int) -> Planned:
    """What up to `limit` events after a place of the log lead to."""
    found: list[tuple[Place, str]] = []
    wanted = frozenset(webhook.events)
    for (sequence,), entry in islice(txn.scan(tables.LOG, start=(cursor + 1,)), limit):
        cursor = sequence
        for part, category in enumerate(categories(entry.event, txn)):
            if category in wanted or EVERYTHING in wanted:
                lane = lane_of(entry.event, sequence)
                found.append((Place(APPLICATION_WEBHOOK, lane, sequence, part), category))
    return Planned(found, cursor)


def prepare(txn: Transaction, claimed: Claimed) -> Prepared:
    """The request that delivers something to the webhook."""
    webhook = webhook_of(txn)
    place, category = claimed.place, claimed.delivery.category
    application = applications.by_number(txn, txn.application)
    body: Resource = {"category": category, "app_id": application.application_id}
    if category == TEST:
        body["created_at"] = claimed.delivery.queued_at
    else:
        entry = txn.require(tables.LOG, place.sequence)
        body |= payload(entry.event, txn, Telling(category, place.sequence, entry.time, webhook))
    delivery_id = f"{txn.head.epoch}-{place.sequence}-{place.part}"
    return Prepared(webhook.url, webhook.secret, delivery_id, body)
