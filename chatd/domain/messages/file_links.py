"""Addresses of files, signed, so that whoever was given one may load it until it expires.

A browser loads an image without the headers that an `Authorization` would need. The signature is an HMAC (RFC 2104) by
the application's secret over the file and the time. It proves that somebody who may see the message was told.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final
from urllib.parse import quote

from chatd.model import File
from chatd.store import tables
from chatd.store.transaction import Transaction

# An address stays the same for a day, for the sake of caches, and is valid for at least one more.
DAY: Final = 24 * 60 * 60
SIGNATURE_DIGITS: Final = 32


def address(txn: Transaction, file: File) -> str:
    """Where a file is loaded from: below this server's address, or where it is kept."""
    if file.url:
        return file.url
    return signed_address(txn, file, (txn.now // 1000 // DAY + 2) * DAY)


def signed_address(txn: Transaction, file: File, expires: int) -> str:
    """Where a blob is loaded from by whoever has the address, until a time in seconds."""
    path = f"/files/{file.file_id}/{quote(file.name, safe='')}"
    secret = _secret(txn)
    if not secret:
        return path
    return f"{path}?application={txn.application}&expires={expires}&signature={_sign(secret, file.file_id, expires)}"


def is_signed(txn: Transaction, file_id: str, expires: int, signature: str) -> bool:
    """Whether an address was given out by this application and has not expired; `expires` in seconds."""
    secret = _secret(txn)
    if not secret or expires <= txn.now // 1000:
        return False
    return hmac.compare_digest(_sign(secret, file_id, expires).encode(), signature.encode("utf-8", "surrogatepass"))


def _secret(txn: Transaction) -> str:
    application = txn.get(tables.APPLICATIONS, txn.application)
    return application.secret if application else ""


def _sign(secret: str, file_id: str, expires: int) -> str:
    text = f"{file_id}:{expires}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:SIGNATURE_DIGITS]
