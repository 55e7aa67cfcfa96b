"""What there is for each push service, without its secrets."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.errors import NotFound
from chatd.model import Actor, ApnsProvider
from chatd.store import tables
from chatd.store.transaction import Transaction

PushType = Literal["fcm", "apns", "web", "hms", "huawei"]
ProviderId = Annotated[str, Meta(max_length=20)]

# Of fcm and web there is one each.
ONE: Final = "1"
_SHOWN_SECRET: Final = "***"  # noqa: S105, in the place of one


class List(Input, frozen=True):
    """For which service."""

    push_type: PushType


class View(Input, frozen=True):
    """Which one of a service."""

    push_type: PushType
    provider_id: ProviderId


class Remove(Input, frozen=True):
    """Which one of a service; all of it without `provider_id`."""

    push_type: PushType
    provider_id: ProviderId = ""


@command(
    "push.list_configurations",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"push_type": "fcm"},
    result=shapes.PushConfigurations,
)
def list_configurations(txn: Transaction, actor: Actor, input: List) -> Resource:
    """What there is for a service, without its secrets."""
    return configurations(txn, input.push_type)


@command(
    "push.view_configuration",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"push_type": "fcm", "provider_id": ONE},
    result=shapes.PushConfigurations,
)
def view_configuration(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One of what there is for a service, without its secrets. NotFound when there is none of this id."""
    found = [each for each in _all(txn, input.push_type) if each["id"] == input.provider_id]
    if not found:
        raise NotFound("Push configuration")
    return {"push_configurations": found}


@command(
    "push.remove_configuration",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"push_type": "fcm"},
    is_idempotent=False,
    result=shapes.PushConfigurations,
)
def remove_configuration(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Forget by what a service knows the application; what there is left. NotFound when there was nothing.

    Browsers have to subscribe anew then.
    """
    going = [each["id"] for each in _all(txn, input.push_type) if input.provider_id in ("", each["id"])]
    if not going:
        raise NotFound("Push configuration")
    for number in going:
        _remove(txn, input.push_type, number)
    return configurations(txn, input.push_type)


def configurations(txn: Transaction, push_type: PushType) -> Resource:
    """All that there is for a service."""
    return {"push_configurations": _all(txn, push_type)}


def apns_resource(number: int, provider: ApnsProvider) -> Resource:
    """By what Apple knows the application."""
    return {
        "id": str(number),
        "push_type": "APNS",
        "created_at": provider.added_at,
        "apns_bundle_id": provider.topic,
        "apns_cert_env_type": "development" if provider.is_sandbox else "production",
        "apns_team_id": provider.team_id,
        "apns_key_id": provider.key_id,
        "apns_key": _SHOWN_SECRET,
        "push_sound": provider.sound,
        "has_unread_count_badge": provider.has_badge,
        "content_available": provider.is_available,
        "mutable_content": provider.is_mutable,
    }


def _all(txn: Transaction, push_type: PushType) -> list[Resource]:
    if push_type == "apns":
        return [apns_resource(number, each) for (number,), each in txn.scan(tables.APNS_PROVIDERS)]
    by_type = {"fcm": _fcm, "web": _web, "hms": _hms, "huawei": _hms}
    return by_type[push_type](txn)


def _fcm(txn: Transaction) -> list[Resource]:
    account = txn.get(tables.FCM_ACCOUNT)
    if account is None:
        return []
    names = {"project_id": account.project, "client_email": account.email, "private_key": _SHOWN_SECRET}
    sound = {"push_sound": account.sound}
    return [{"id": ONE, "push_type": "FCM", "created_at": account.added_at} | names | sound]


def _hms(txn: Transaction) -> list[Resource]:
    app = txn.get(tables.HMS_APP)
    if app is None:
        return []
    names = {"huawei_app_id": app.app_id, "huawei_app_secret": _SHOWN_SECRET, "push_sound": app.sound}
    return [{"id": ONE, "push_type": "HUAWEI", "created_at": app.added_at} | names]


def _web(txn: Transaction) -> list[Resource]:
    key = txn.get(tables.WEB_PUSH_KEY)
    if key is None:
        return []
    return [{"id": ONE, "push_type": "WEB", "created_at": key.made_at, "public_key": key.public}]


def _remove(txn: Transaction, push_type: PushType, number: str) -> None:
    match push_type:
        case "apns":
            txn.delete(tables.APNS_PROVIDERS, int(number))
        case "fcm":
            txn.delete(tables.FCM_ACCOUNT)
        case "web":
            txn.delete(tables.WEB_PUSH_KEY)
        case "hms" | "huawei":
            txn.delete(tables.HMS_APP)
