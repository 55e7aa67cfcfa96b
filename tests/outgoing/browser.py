"""What a browser does with a Web Push message, and a push service with a signature: as receivers do it."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chatd.outgoing.push.encryption import decoded, encoded

CURVE = ec.SECP256R1()


class Browser:
    """A subscription."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(CURVE)
        self._secret = os.urandom(16)
        self._point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.key, self.auth = encoded(self._point), encoded(self._secret)

    def decrypt(self, body: bytes) -> bytes:
        """What was sent. Raises InvalidTag."""
        salt, length = body[:16], body[20]
        assert int.from_bytes(body[16:20], "big") >= len(body) - 21 - length
        point, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self._private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
        info = b"WebPush: info\x00" + self._point + point + b"\x01"
        material = _mac(_mac(self._secret, shared), info)
        prk = _mac(salt, material)
        key = _mac(prk, b"Content-Encoding: aes128gcm\x00\x01")[:16]
        nonce = _mac(prk, b"Content-Encoding: nonce\x00\x01")[:12]
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert plain.endswith(b"\x02")
        return plain[:-1]


def claims_of(authorization: str) -> dict[str, Any]:
    """What a VAPID header says. Raises InvalidSignature."""
    scheme, _, rest = authorization.partition(" ")
    assert scheme == "vapid"
    parts = dict(each.strip().split("=", 1) for each in rest.split(","))
    said, _, signature = parts["t"].rpartition(".")
    raw = decoded(signature)
    whole = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(parts["k"]))
    key.verify(whole, said.encode(), ec.ECDSA(SHA256()))
    head, _, claims = said.partition(".")
    assert json.loads(decoded(head))["alg"] == "ES256"
    found: dict[str, Any] = json.loads(decoded(claims))
    return found


def _mac(key: bytes, text: bytes) -> bytes:
    return hmac.new(key, text, hashlib.sha256).digest()
