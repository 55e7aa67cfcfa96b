"""By what browsers' services and Firebase know an application. Secrets go in and are never shown."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.push.configurations import ONE, ProviderId, configurations
from chatd.domain.push.keys import fcm_account, new_web_key
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.users.people import acting_user
from chatd.errors import MissingParameter, NotFound
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

ServiceAccount = Annotated[str, Meta(max_length=20_000)]
Sound = Annotated[str, Meta(max_length=100)]


class ViewKey(Input, frozen=True):
    """Nothing to say."""


class SetFcm(Input, frozen=True):
    """The key of a service account, as the JSON file in which Google hands it out: under one of two names."""

    service_account: ServiceAccount = ""
    api_key: ServiceAccount = ""
    push_sound: Sound = "default"


class UpdateFcm(Input, frozen=True):
    """What is to be otherwise; what is absent stays."""

    provider_id: ProviderId
    service_account: ServiceAccount = ""
    api_key: ServiceAccount = ""
    push_sound: Sound | None = None


@command("push.web_key", Right.BOTH, Kind.WRITE, example={}, result=shapes.WebPushKey)
def web_key(txn: Transaction, actor: Actor, input: ViewKey) -> Resource:
    """The public key for which browsers are to subscribe (`applicationServerKey`); the first call makes it."""
    if actor.user is not None:
        acting_user(txn, actor)
    key = txn.get(tables.WEB_PUSH_KEY)
    if key is None:
        key = new_web_key(txn.now)
        txn.put(tables.WEB_PUSH_KEY, value=key)
    return {"public_key": key.public}


@command(
    "push.set_fcm",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"service_account": "$service_account"},
    result=shapes.PushConfigurations,
)
def set_fcm(txn: Transaction, actor: Actor, input: SetFcm) -> Resource:
    """Notify devices by Firebase Cloud Messaging, with a service account that may send."""
    text = input.service_account or input.api_key
    if not text:
        raise MissingParameter("service_account")
    before, account = txn.get(tables.FCM_ACCOUNT), replace(fcm_account(text, txn.now), sound=input.push_sound)
    if before is None or replace(before, added_at=account.added_at) != account:
        txn.put(tables.FCM_ACCOUNT, value=account)
    return configurations(txn, "fcm")


@command(
    "push.update_fcm",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"provider_id": ONE, "push_sound": "bell"},
    result=shapes.PushConfigurations,
)
def update_fcm(txn: Transaction, actor: Actor, input: UpdateFcm) -> Resource:
    """Change the service account, or the sound of its notifications. NotFound when there is none of this id."""
    before = txn.get(tables.FCM_ACCOUNT)
    if before is None or input.provider_id != ONE:
        raise NotFound("Push configuration")
    text = input.service_account or input.api_key
    account = fcm_account(text, before.added_at) if text else before
    account = replace(account, sound=before.sound if input.push_sound is None else input.push_sound)
    if account != before:
        txn.put(tables.FCM_ACCOUNT, value=account)
    return configurations(txn, "fcm")
