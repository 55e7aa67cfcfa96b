"""Keys for push notifications: made here, or taken from a provider's file."""

from __future__ import annotations

import base64
from typing import Any

import orjson
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from chatd.errors import InvalidValue
from chatd.model import FcmAccount, WebPushKey

_POINT_BYTES = 65
_AUTH_BYTES = 16


def new_web_key(now: int) -> WebPushKey:
    """A new key pair on the curve P-256."""
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    private = key.private_numbers().private_value.to_bytes(32, "big")
    return WebPushKey(private, base64.urlsafe_b64encode(point).rstrip(b"=").decode(), now)


def check_subscription(key: str, auth: str) -> None:
    """Raise InvalidValue for what no browser says of its subscription."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(key, _POINT_BYTES))
    except ValueError as error:
        raise InvalidValue('"p256dh" is no point of the curve P-256 in base64url.') from error
    try:
        _decoded(auth, _AUTH_BYTES)
    except ValueError as error:
        raise InvalidValue('"auth" is not 16 bytes in base64url.') from error


def fcm_account(text: str, now: int) -> FcmAccount:
    """The service account in a file that Google has made. Raises InvalidValue."""
    try:
        said = orjson.loads(text)
        key, token_url = _access(said)
        account = FcmAccount(_text(said, "project_id"), _text(said, "client_email"), key, token_url, now)
        if not isinstance(load_pem_private_key(account.private_key.encode(), None), rsa.RSAPrivateKey):
            raise ValueError("not an RSA key")
    except (ValueError, TypeError, LookupError, UnsupportedAlgorithm) as error:
        raise InvalidValue(
            '"service_account" is not the JSON of a service account\'s key, which Google hands out as a file.'
        ) from error
    return account


def apns_private(text: str) -> bytes:
    """The 32 bytes of a key in a file (.p8) that Apple has made. Raises InvalidValue."""
    try:
        key = load_pem_private_key(text.encode(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError("not a key of P-256")
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InvalidValue('"apns_key" is not the text of a .p8 file.') from error
    return key.private_numbers().private_value.to_bytes(32, "big")


def _access(said: dict[str, Any]) -> tuple[str, str]:
    token_url = _text(said, "token_uri")
    if not token_url.startswith("https://"):
        raise ValueError("no address for access tokens")
    return _text(said, "private_key"), token_url


def _text(said: dict[str, Any], name: str) -> str:
    value = said[name]
    if not isinstance(value, str) or not value:
        raise ValueError(name)
    return value


def _decoded(text: str, length: int) -> bytes:
    raw = base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    if len(raw) != length:
        raise ValueError("of another length")
    return raw
