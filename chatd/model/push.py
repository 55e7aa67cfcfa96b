"""Devices that are notified while their users are away, and by which keys."""

from __future__ import annotations

import msgspec

from chatd.model.record import Record

GCM, APNS, WEB, HTTP, NTFY, HUAWEI = "gcm", "apns", "web", "http", "ntfy", "huawei"


class PushToken(Record, frozen=True):
    """Where a device of a user is notified: a token of its maker's service, or for WEB, HTTP and NTFY a URL.

    What is sent to a WEB device is encrypted for `key`, its public key, and `auth`, both in base64url.
    """

    user: int
    kind: str
    token: str
    added_at: int
    key: str = ""
    auth: str = ""


class PushCursor(Record, frozen=True):
    """Who has been thought of: for events up to `sequence` everybody, for the next one users up to `user`."""

    sequence: int
    user: int = 0


class PushSettings(Record, frozen=True):
    """Whether anybody is notified, and what notifications say: by template and type of the message, where said."""

    is_enabled: bool = True
    templates: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)


class WebPushKey(Record, frozen=True):
    """The key pair by which browsers' services know an application (RFC 8292): 32 bytes, and base64url of 65."""

    private: bytes
    public: str
    made_at: int


class FcmAccount(Record, frozen=True):
    """A service account of Firebase: `private_key` is PEM, `token_url` where access tokens are had."""

    project: str
    email: str
    private_key: str
    token_url: str
    added_at: int
    sound: str = "default"


class ApnsProvider(Record, frozen=True):
    """By what Apple knows an application (APNs with tokens), and what its devices are told by default.

    `private` are the 32 bytes of the key `key_id` of the team; `topic` is the bundle id of the app.
    """

    team_id: str
    key_id: str
    private: bytes
    topic: str
    added_at: int
    is_sandbox: bool = False
    sound: str = "default"
    has_badge: bool = True
    is_available: bool = False
    is_mutable: bool = False


class HmsApp(Record, frozen=True):
    """An app of Huawei's, with the secret by which its server is known."""

    app_id: str
    secret: str
    added_at: int
    sound: str = "default"
