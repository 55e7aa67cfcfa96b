"""Files of messages, as they look from outside."""

from __future__ import annotations

from chatd.domain.messages.file_links import address
from chatd.domain.resources.resource import Resource
from chatd.model import File, Message, Thumbnail
from chatd.model.files import thumbnail_file
from chatd.store.transaction import Transaction


def file_fields(txn: Transaction, message: Message) -> Resource:
    """`file` of a message with one file, `files` of one with several, neither of one without."""
    if len(message.files) == 1:
        (file,) = message.files
        shown = _file(txn, file) | {"name": file.name, "type": file.type, "size": file.size, "data": ""}
        return {"file": shown, "thumbnails": _thumbnails(txn, file)}
    if not message.files:
        return {}
    return {
        "files": [
            _file(txn, file)
            | {"file_name": file.name, "file_type": file.type, "file_size": file.size}
            | {"thumbnails": _thumbnails(txn, file)}
            for file in message.files
        ]
    }


def thumbnail(txn: Transaction, each: Thumbnail) -> Resource:
    """A smaller picture: `width` and `height` are those of what it was made to fit into."""
    url = address(txn, thumbnail_file(each))
    sizes = {"width": each.box, "height": each.box, "real_width": each.width, "real_height": each.height}
    return {"url": url, "plain_url": url} | sizes


def _thumbnails(txn: Transaction, file: File) -> list[Resource]:
    return [thumbnail(txn, each) for each in file.thumbnails]


def _file(txn: Transaction, file: File) -> Resource:
    return {
        "url": address(txn, file),
        "file_id": file.file_id,
        "width": file.width,
        "height": file.height,
        "require_auth": False,
    }
