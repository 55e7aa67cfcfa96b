"""Devices as users and backends name them: by the tokens of push services, or by URLs."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import OptionalUserId
from chatd.domain.push.devices import add_device, device_with, devices_of, forget_device, forget_devices
from chatd.domain.push.keys import check_subscription
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.domain.roles import NOBODY
from chatd.domain.users.people import acting_user
from chatd.errors import InvalidValue, MissingParameter, NotFound
from chatd.model import Actor, PushToken
from chatd.model.push import GCM, HTTP, NTFY, WEB
from chatd.store import tables
from chatd.store.transaction import Transaction

TokenType = Literal["gcm", "fcm", "apns", "web", "http", "ntfy", "huawei"]
Token = Annotated[str, Meta(max_length=2048, pattern=r"^[^\s\x00]*\Z")]
Key = Annotated[str, Meta(max_length=100)]

# A point and a secret as a browser says them, for examples.
_POINT: Final = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
_SECRET: Final = "BTBZMqHH6r4Tts7J_aSIgg"  # noqa: S105, of RFC 8291


class Add(Input, frozen=True):
    """A device: its `token`, which for `web` is the endpoint of a subscription, for `http` and `ntfy` a URL."""

    token_type: TokenType
    user_id: OptionalUserId = ""
    token: Token = ""
    gcm_reg_token: Token = ""
    apns_device_token: Token = ""
    huawei_device_token: Token = ""
    p256dh: Key = ""
    auth: Key = ""


class List(Input, frozen=True):
    """Of which kind."""

    token_type: TokenType
    user_id: OptionalUserId = ""


class Remove(Input, frozen=True):
    """Which device."""

    token_type: TokenType
    token: Token
    user_id: OptionalUserId = ""


class RemoveAll(Input, frozen=True):
    """Whose devices."""

    user_id: OptionalUserId = ""


class Find(Input, frozen=True):
    """Which device, of whomever."""

    token_type: TokenType
    token: Token


@command(
    "push_tokens.add",
    Right.BOTH,
    Kind.WRITE,
    example={"token_type": "web", "token": "https://push.example.org/a1", "p256dh": _POINT, "auth": _SECRET},
    result=shapes.PushToken,
)
def add(txn: Transaction, actor: Actor, input: Add) -> Resource:
    """Notify a user on a device. One that was another user's is theirs no more; of 21 of a kind the oldest goes."""
    user = acting_user(txn, actor, input.user_id)
    token = input.token or input.gcm_reg_token or input.apns_device_token or input.huawei_device_token
    if not token:
        raise MissingParameter("token")
    kind = _kind(input.token_type)
    _check(kind, token, input)
    add_device(txn, PushToken(user.number, kind, token, txn.now, input.p256dh, input.auth))
    return {"token": token, "type": kind.upper(), "user": basic_user(user)}


@command("push_tokens.list", Right.BOTH, Kind.READ, example={"token_type": "gcm"}, result=shapes.PushTokens)
def list_tokens(txn: Transaction, actor: Actor, input: List) -> Resource:
    """The devices of a kind on which a user is notified."""
    user = acting_user(txn, actor, input.user_id)
    kind = _kind(input.token_type)
    found = [each.token for _, each in devices_of(txn, user.number) if each.kind == kind]
    return {"tokens": found, "token": found, "type": kind.upper(), "user": basic_user(user)}


@command(
    "push_tokens.remove",
    Right.BOTH,
    Kind.WRITE,
    example={"token_type": "http", "token": "https://push.example.org/up"},
    result=shapes.RemovedPushTokens,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Notify a user on a device no more; nothing happens when they are not notified there."""
    user = acting_user(txn, actor, input.user_id)
    found = device_with(txn, _kind(input.token_type), input.token)
    if found is None or found[1].user != user.number:
        return {"token": [], "user": basic_user(user)}
    forget_device(txn, found[0])
    return {"token": [input.token], "user": basic_user(user)}


@command("push_tokens.remove_all", Right.BOTH, Kind.WRITE, example={}, result=shapes.RemovedPushTokens)
def remove_all(txn: Transaction, actor: Actor, input: RemoveAll) -> Resource:
    """Notify a user nowhere any more."""
    user = acting_user(txn, actor, input.user_id)
    removed = [each.token for _, each in devices_of(txn, user.number)]
    forget_devices(txn, user.number)
    return {"token": removed, "user": basic_user(user)}


@command(
    "push_tokens.view_owner",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"token_type": "http", "token": "https://push.example.org/up"},
    result=shapes.PushOwners,
)
def view_owner(txn: Transaction, actor: Actor, input: Find) -> list[Resource]:
    """Who is notified on a device: one user, or nobody."""
    found = device_with(txn, _kind(input.token_type), input.token)
    return [] if found is None else [{"user_id": txn.require(tables.USERS, found[1].user).user_id}]


@command(
    "push_tokens.disown",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"token_type": "http", "token": "https://push.example.org/up"},
    is_idempotent=False,
    result=shapes.PushOwners,
)
def disown(txn: Transaction, actor: Actor, input: Find) -> list[Resource]:
    """Notify nobody on a device any more; who was. NotFound when nobody was."""
    found = device_with(txn, _kind(input.token_type), input.token)
    if found is None:
        raise NotFound("Push token")
    forget_device(txn, found[0])
    return [{"user_id": txn.require(tables.USERS, found[1].user).user_id}]


def _kind(token_type: TokenType) -> str:
    """The kind of a device: `fcm` is another name of `gcm`."""
    return GCM if token_type == "fcm" else token_type  # noqa: S105, a kind


def _check(kind: str, token: str, input: Add) -> None:
    if kind == WEB:
        if not token.startswith("https://"):
            raise InvalidValue('"token" is not the endpoint of a subscription: a URL with https.')
        check_subscription(input.p256dh, input.auth)
    elif kind in (HTTP, NTFY) and not token.startswith(("https://", "http://")):
        raise InvalidValue('"token" is no URL with http or https.')
