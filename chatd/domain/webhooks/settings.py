"""The webhook of an application: where it wants to be told of what happens, and of what."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta
from msgspec.structs import replace

from chatd import ids
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.deliveries.places import Place
from chatd.domain.deliveries.queue import TEST, TEST_LANE, enqueue
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.webhooks.categories import EVERYTHING, KNOWN, TOLD
from chatd.domain.webhooks.planning import APPLICATION_WEBHOOK, webhook_of
from chatd.errors import InvalidValue, MissingParameter, Unacceptable
from chatd.model import Actor, Delivery, Webhook
from chatd.store import tables
from chatd.store.transaction import Transaction

WebhookUrl = Annotated[str, Meta(max_length=2048, pattern=r"^(https?://[^\s]+)?\Z")]
Secret = Annotated[str, Meta(min_length=1, max_length=200)]
Categories = Annotated[tuple[Annotated[str, Meta(max_length=100)], ...], Meta(max_length=100)]


class View(Input, frozen=True):
    """Whether to list all categories that there are."""

    display_all_webhook_categories: bool = False


class Update(Input, frozen=True):
    """What is to change; what is absent stays. `enabled_events` may be `*`: all that there are."""

    enabled: bool | None = None
    url: WebhookUrl | None = None
    include_members: bool | None = None
    include_unread_count: bool | None = None
    enabled_events: Categories | None = None
    secret: Secret | None = None


class Test(Input, frozen=True):
    """Nothing to say."""


@command("webhooks.view", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.WebhookSettings)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """Where the application wants to be told of what."""
    told = _resource(webhook_of(txn))
    if input.display_all_webhook_categories:
        told["all_webhook_categories"] = list(TOLD)
    return {"webhook": told}


@command(
    "webhooks.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"enabled": True, "url": "https://example.org/events", "enabled_events": ["group_channel:message_send"]},
    result=shapes.WebhookSettings,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Say where to tell what from now on. Switched off, what still waits to be told is forgotten."""
    before = webhook_of(txn)
    changed = replace(before, **_changes(input))
    if changed.is_enabled and not changed.url:
        raise MissingParameter("url")
    if changed.is_enabled and not before.is_enabled:
        changed = replace(changed, since=txn.head.sequence)
    if not changed.secret:
        changed = replace(changed, secret=ids.new_secret())
    if changed != before:
        txn.put(tables.WEBHOOK, value=changed)
    return {"webhook": _resource(changed)}


@command(
    "webhooks.test",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={},
    is_idempotent=False,
    result=shapes.Empty,
)
def test(txn: Transaction, actor: Actor, input: Test) -> Resource:
    """Have a payload of the category `test` sent, once. What comes of it is found among the attempts."""
    if not webhook_of(txn).url:
        raise Unacceptable("The webhook has no URL.")
    last = next(txn.scan(tables.DELIVERIES, APPLICATION_WEBHOOK, TEST_LANE, reverse=True), None)
    place = Place(APPLICATION_WEBHOOK, TEST_LANE, 0, last[0][3] + 1 if last else 0)
    enqueue(txn, place, Delivery(TEST, txn.now))
    return {}


def _changes(input: Update) -> dict[str, Any]:
    """What an input sets, by the names of the record. Raises InvalidValue."""
    unknown = next((each for each in input.enabled_events or () if each != EVERYTHING and each not in KNOWN), None)
    if unknown is not None:
        raise InvalidValue(f'"enabled_events" has a category that there is not: "{unknown}".')
    names = {"enabled": "is_enabled", "enabled_events": "events"}
    fields = Update.__struct_fields__
    return {names.get(each, each): getattr(input, each) for each in fields if getattr(input, each) is not None}


def _resource(webhook: Webhook) -> Resource:
    return {
        "enabled": webhook.is_enabled,
        "url": webhook.url,
        "include_members": webhook.include_members,
        "include_unread_count": webhook.include_unread_count,
        "enabled_events": list(webhook.events),
        "secret": webhook.secret,
    }
