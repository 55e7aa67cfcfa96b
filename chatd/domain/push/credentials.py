"""By what push services know an application. Secrets go in and are never shown."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.push.keys import fcm_account, new_web_key
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.users.people import acting_user
from chatd.errors import NotFound
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

ServiceAccount = Annotated[str, Meta(min_length=1, max_length=20_000)]
PushType = Literal["fcm", "web"]

# There is one of each kind.
ID = "1"


class ViewKey(Input, frozen=True):
    """Nothing to say."""


class SetFcm(Input, frozen=True):
    """The key of a service account, as the JSON file in which Google hands it out."""

    service_account: ServiceAccount


class Which(Input, frozen=True):
    """The credentials for which service."""

    push_type: PushType


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
    before, account = txn.get(tables.FCM_ACCOUNT), fcm_account(input.service_account, txn.now)
    if before is None or replace(before, added_at=account.added_at) != account:
        txn.put(tables.FCM_ACCOUNT, value=account)
    return _configurations(txn, "fcm")


@command(
    "push.list_configurations",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"push_type": "fcm"},
    result=shapes.PushConfigurations,
)
def list_configurations(txn: Transaction, actor: Actor, input: Which) -> Resource:
    """What there is for a service, without its secrets."""
    return _configurations(txn, input.push_type)


@command(
    "push.remove_configuration",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"push_type": "fcm"},
    is_idempotent=False,
    result=shapes.PushConfigurations,
)
def remove_configuration(txn: Transaction, actor: Actor, input: Which) -> Resource:
    """Forget the credentials for a service. NotFound when there are none. Browsers have to subscribe anew then."""
    is_gone = txn.delete(tables.FCM_ACCOUNT) if input.push_type == "fcm" else txn.delete(tables.WEB_PUSH_KEY)
    if not is_gone:
        raise NotFound("Push configuration")
    return _configurations(txn, input.push_type)


def _configurations(txn: Transaction, kind: PushType) -> Resource:
    found: list[Resource] = []
    account, key = txn.get(tables.FCM_ACCOUNT), txn.get(tables.WEB_PUSH_KEY)
    if kind == "fcm" and account is not None:
        names = {"project_id": account.project, "client_email": account.email, "private_key": "***"}
        found.append({"id": ID, "push_type": "FCM", "created_at": account.added_at, **names})
    elif kind == "web" and key is not None:
        found.append({"id": ID, "push_type": "WEB", "created_at": key.made_at, "public_key": key.public})
    return {"push_configurations": found}
