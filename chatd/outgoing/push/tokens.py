"""JSON Web Tokens (RFC 7519) by which services know who asks."""

from __future__ import annotations

from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from chatd.outgoing.push.encryption import encoded


def signed_es256(private: bytes, claims: dict[str, Any], key_id: str = "") -> str:
    """A token signed with a key of the curve P-256, and which key that is where its holder has several."""
    key = ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1())
    said = _said({"typ": "JWT", "alg": "ES256"} | ({"kid": key_id} if key_id else {}), claims)
    r, s = decode_dss_signature(key.sign(said, ec.ECDSA(SHA256())))
    return _whole(said, r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def signed_rs256(pem: str, claims: dict[str, Any]) -> str:
    """A token signed with an RSA key in PEM."""
    key = load_pem_private_key(pem.encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    said = _said({"typ": "JWT", "alg": "RS256"}, claims)
    return _whole(said, key.sign(said, padding.PKCS1v15(), SHA256()))


def _said(head: dict[str, str], claims: dict[str, Any]) -> bytes:
    return f"{encoded(orjson.dumps(head))}.{encoded(orjson.dumps(claims))}".encode()


def _whole(said: bytes, signature: bytes) -> str:
    return f"{said.decode()}.{encoded(signature)}"
