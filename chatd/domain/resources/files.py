"""Files of messages, as they look from outside."""

from __future__ import annotations

from chatd.domain.messages.file_links import address
from chatd.domain.resources.resource import Resource
from chatd.model import File, Message
from chatd.store.transaction import Transaction


def file_fields(txn: Transaction, message: Message) -> Resource:
    """`file` of a message with one file, `files` of one with several, neither of one without."""
    if len(message.files) == 1:
        (file,) = message.files
        return {"file": _file(txn, file) | {"name": file.name, "type": file.type, "size": file.size, "data": ""}}
    if not message.files:
        return {}
    return {
        "files": [
            _file(txn, file)
            | {"file_name": file.name, "file_type": file.type, "file_size": file.size, "thumbnails": []}
            for file in message.files
        ]
    }


def _file(txn: Transaction, file: File) -> Resource:
    return {
        "url": address(txn, file),
        "file_id": file.file_id,
        "width": file.width,
        "height": file.height,
        "require_auth": False,
    }
