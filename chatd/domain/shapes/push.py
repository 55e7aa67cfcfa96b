"""Push notifications: devices and credentials. Times are milliseconds."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from chatd.domain.shapes.users import BasicUser


class PushToken(TypedDict):
    """A device, and who is notified there."""

    token: str
    type: str
    user: BasicUser


class PushTokens(TypedDict):
    """Devices of a kind: under the name of the documentation, and under an older one."""

    tokens: list[str]
    token: list[str]
    type: str
    user: BasicUser


class RemovedPushTokens(TypedDict):
    """Devices on which a user is notified no more."""

    token: list[str]
    user: BasicUser


class PushOwner(TypedDict):
    """Who is notified on a device."""

    user_id: str


PushOwners = list[PushOwner]


class WebPushKey(TypedDict):
    """The public key of the application, in base64url."""

    public_key: str


class PushConfiguration(TypedDict):
    """What there is for a service; secrets are three stars."""

    id: str
    push_type: str
    created_at: int
    project_id: NotRequired[str]
    client_email: NotRequired[str]
    private_key: NotRequired[str]
    public_key: NotRequired[str]
    push_sound: NotRequired[str]
    huawei_app_id: NotRequired[str]
    huawei_app_secret: NotRequired[str]
    apns_bundle_id: NotRequired[str]
    apns_cert_env_type: NotRequired[str]
    apns_team_id: NotRequired[str]
    apns_key_id: NotRequired[str]
    apns_key: NotRequired[str]
    has_unread_count_badge: NotRequired[bool]
    content_available: NotRequired[bool]
    mutable_content: NotRequired[bool]


class PushConfigurations(TypedDict):
    """What there is for a service."""

    push_configurations: list[PushConfiguration]


class PushSettings(TypedDict):
    """Whether anybody is notified."""

    push_enabled: bool


class PushTemplate(TypedDict):
    """What notifications say, by the type of the message."""

    template_name: str
    template: dict[str, str]


class PushTemplates(TypedDict):
    """Templates."""

    push_message_templates: list[PushTemplate]


class PushTemplateName(TypedDict):
    """The template of a user."""

    name: str
