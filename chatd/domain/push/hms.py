"""By what Huawei knows an application: an app with its secret."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.push.configurations import ONE, ProviderId, configurations
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.errors import NotFound
from chatd.model import Actor, HmsApp
from chatd.store import tables
from chatd.store.transaction import Transaction

AppId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9]{1,64}\Z")]
Secret = Annotated[str, Meta(min_length=1, max_length=256)]
Sound = Annotated[str, Meta(max_length=100)]


class SetHms(Input, frozen=True):
    """An app and its secret."""

    huawei_app_id: AppId
    huawei_app_secret: Secret
    push_sound: Sound = "default"


class UpdateHms(Input, frozen=True):
    """What is to be otherwise; what is absent stays."""

    provider_id: ProviderId
    huawei_app_id: AppId | None = None
    huawei_app_secret: Secret | None = None
    push_sound: Sound | None = None


@command(
    "push.set_hms",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"huawei_app_id": "100200300", "huawei_app_secret": "a-secret"},
    result=shapes.PushConfigurations,
)
def set_hms(txn: Transaction, actor: Actor, input: SetHms) -> Resource:
    """Notify devices by Huawei's Push Kit."""
    before = txn.get(tables.HMS_APP)
    at = txn.now if before is None else before.added_at
    return _put(txn, before, HmsApp(input.huawei_app_id, input.huawei_app_secret, at, input.push_sound))


@command(
    "push.update_hms",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"provider_id": ONE, "push_sound": "bell"},
    result=shapes.PushConfigurations,
)
def update_hms(txn: Transaction, actor: Actor, input: UpdateHms) -> Resource:
    """Change the app, its secret, or the sound of its notifications. NotFound when there is none of this id."""
    before = txn.get(tables.HMS_APP)
    if before is None or input.provider_id != ONE:
        raise NotFound("Push configuration")
    found = {"app_id": input.huawei_app_id, "secret": input.huawei_app_secret, "sound": input.push_sound}
    return _put(txn, before, replace(before, **{name: each for name, each in found.items() if each is not None}))


def _put(txn: Transaction, before: HmsApp | None, app: HmsApp) -> Resource:
    if app != before:
        txn.put(tables.HMS_APP, value=app)
    return configurations(txn, "hms")
