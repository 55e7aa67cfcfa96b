"""By what Apple knows an application: keys of a team, each for one app."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta
from msgspec.structs import replace

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.push.configurations import ProviderId, apns_resource
from chatd.domain.push.keys import apns_private
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.errors import LimitExceeded, NotFound
from chatd.model import Actor, ApnsProvider
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_PROVIDERS: Final = 10

KeyText = Annotated[str, Meta(min_length=1, max_length=5000)]
# Apple's ids of keys and teams have ten characters.
AppleId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9]{1,20}\Z")]
BundleId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9.-]{1,155}\Z")]
Environment = Literal["production", "development"]
Sound = Annotated[str, Meta(max_length=100)]


class AddApns(Input, frozen=True):
    """A key, whose it is, and for which app it is used."""

    apns_key: KeyText
    apns_key_id: AppleId
    apns_team_id: AppleId
    apns_bundle_id: BundleId
    apns_cert_env_type: Environment = "production"
    push_sound: Sound = "default"
    has_unread_count_badge: bool = True
    content_available: bool = False
    mutable_content: bool = False


class UpdateApns(Input, frozen=True):
    """What is to be otherwise; what is absent stays."""

    provider_id: ProviderId
    apns_key: KeyText | None = None
    apns_key_id: AppleId | None = None
    apns_team_id: AppleId | None = None
    apns_bundle_id: BundleId | None = None
    apns_cert_env_type: Environment | None = None
    push_sound: Sound | None = None
    has_unread_count_badge: bool | None = None
    content_available: bool | None = None
    mutable_content: bool | None = None


@command(
    "push.add_apns",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={
        "apns_key": "$apns_key",
        "apns_key_id": "ABC123DEFG",
        "apns_team_id": "DEF123GHIJ",
        "apns_bundle_id": "org.example.garden",
    },
    result=shapes.PushConfigurations,
)
def add_apns(txn: Transaction, actor: Actor, input: AddApns) -> Resource:
    """Notify devices by Apple, with a key (.p8) of a team. For an app that has one already it takes its place."""
    private = apns_private(input.apns_key)
    provider = ApnsProvider(
        input.apns_team_id,
        input.apns_key_id,
        private,
        input.apns_bundle_id,
        txn.now,
        input.apns_cert_env_type == "development",
        input.push_sound,
        input.has_unread_count_badge,
        input.content_available,
        input.mutable_content,
    )
    return _put(txn, _number_of(txn, provider), provider)


@command(
    "push.update_apns",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"provider_id": "1", "push_sound": "bell.caf"},
    result=shapes.PushConfigurations,
)
def update_apns(txn: Transaction, actor: Actor, input: UpdateApns) -> Resource:
    """Change a key of Apple's, its app, or what devices are told by default. NotFound when there is none of this id."""
    number = int(input.provider_id) if input.provider_id.isascii() and input.provider_id.isdigit() else 0
    provider = txn.get(tables.APNS_PROVIDERS, number) if 0 < number < 2**32 else None
    if provider is None:
        raise NotFound("Push configuration")
    return _put(txn, number, _changed(provider, input))


def _changed(provider: ApnsProvider, input: UpdateApns) -> ApnsProvider:
    environment = input.apns_cert_env_type
    found = {
        "private": None if input.apns_key is None else apns_private(input.apns_key),
        "key_id": input.apns_key_id,
        "team_id": input.apns_team_id,
        "topic": input.apns_bundle_id,
        "is_sandbox": None if environment is None else environment == "development",
        "sound": input.push_sound,
        "has_badge": input.has_unread_count_badge,
        "is_available": input.content_available,
        "is_mutable": input.mutable_content,
    }
    return replace(provider, **{name: value for name, value in found.items() if value is not None})


def _number_of(txn: Transaction, provider: ApnsProvider) -> int:
    """The id of what there is for the app in this environment, or the next one."""
    last = 0
    held = [(int(key[0]), each) for key, each in txn.scan(tables.APNS_PROVIDERS)]
    for last, each in held:
        if (each.topic, each.is_sandbox) == (provider.topic, provider.is_sandbox):
            return last
    if len(held) >= MAX_PROVIDERS:
        raise LimitExceeded(f"There are {MAX_PROVIDERS} configurations for APNs already.")
    return last + 1


def _put(txn: Transaction, number: int, provider: ApnsProvider) -> Resource:
    before = txn.get(tables.APNS_PROVIDERS, number)
    if before is not None:
        provider = replace(provider, added_at=before.added_at)
    if provider != before:
        txn.put(tables.APNS_PROVIDERS, number, value=provider)
    return {"push_configurations": [apns_resource(number, provider)]}
