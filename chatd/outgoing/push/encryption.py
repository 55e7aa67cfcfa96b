"""Messages for one browser that its push service cannot read: aes128gcm (RFC 8188) with keys of RFC 8291."""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# Services take bodies of 4096 bytes at least, of which 103 are for keys and padding.
_RECORD = 4096
_CURVE = ec.SECP256R1()


def encrypt(plain: bytes, key: str, auth: str) -> bytes:
    """The body of a request for a subscription with the public key `key` and the secret `auth`, in base64url."""
    return encrypt_with(ec.generate_private_key(_CURVE), os.urandom(16), plain, decoded(key), decoded(auth))


def encrypt_with(own: ec.EllipticCurvePrivateKey, salt: bytes, plain: bytes, key: bytes, auth: bytes) -> bytes:
    """The same with what is otherwise drawn: a key pair that is used once, and 16 bytes."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, key)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = own.exchange(ec.ECDH(), theirs)
    material = _derived(auth, secret, b"WebPush: info\x00" + key + point, 32)
    content_key = _derived(salt, material, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(salt, material, b"Content-Encoding: nonce\x00", 12)
    head = salt + _RECORD.to_bytes(4, "big") + bytes([len(point)]) + point
    # One record, which is the last one: the byte 2 ends it.
    return head + AESGCM(content_key).encrypt(nonce, plain + b"\x02", None)


def encoded(raw: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """What base64url stands for, padded or not."""
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))


def _derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)
