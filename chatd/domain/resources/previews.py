"""Previews of links, as they look from outside."""

from __future__ import annotations

from chatd.domain.resources.files import thumbnail
from chatd.domain.resources.resource import Resource
from chatd.model import Message, Preview
from chatd.store import tables
from chatd.store.transaction import Transaction


def og_tag(txn: Transaction, message: Message) -> Resource | None:
    """What the page behind the first link of a message says of itself; None when there is none, or it says nothing."""
    found = txn.get(tables.PREVIEWS, message.message_id)
    return _resource(txn, found.preview) if found is not None and found.preview is not None else None


def _resource(txn: Transaction, preview: Preview) -> Resource:
    resource: Resource = {
        "og:title": preview.title,
        "og:description": preview.description,
        "og:url": preview.url,
        "og:type": preview.type,
        "og:site_name": preview.site_name,
    }
    if preview.image:
        resource["og:image"] = {
            "url": preview.image,
            "secure_url": preview.image if preview.image.startswith("https:") else "",
            "type": preview.image_type,
            "width": preview.image_width,
            "height": preview.image_height,
            "alt": preview.image_alt,
        }
        if preview.picture is not None:
            resource["og:image"]["thumbnails"] = [thumbnail(txn, preview.picture)]
    return resource
