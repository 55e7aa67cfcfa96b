"""What programs post at incoming webhooks: the JSON that others take, as a message."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any, Final

from chatd.domain.fold.filters import rules_of
from chatd.domain.integrations.incoming import find_incoming
from chatd.domain.messages import messages
from chatd.domain.moderation.rules import max_length
from chatd.domain.resources.resource import Resource
from chatd.errors import MissingParameter, WrongType
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

# "<https://example.org|a page>", as others write links.
_LINK: Final = re.compile(r"<(https?://[^|>\s]+)(?:\|([^>]*))?>")


def post(txn: Transaction, secret: str, posted: dict[str, Any]) -> Resource:
    """Send what was posted to the channel of an incoming webhook, as its user; the message.

    `text` is what it says. `username` and `icon_url`, by which one speaks for many, are in the message's `data`.
    Raises NotFound, MissingParameter, WrongType, and what `messages.send` raises.
    """
    webhook = find_incoming(txn, secret)
    channel, user = txn.require(tables.CHANNELS, webhook.channel), txn.require(tables.USERS, webhook.user)
    params = {
        "channel_url": channel.channel_url,
        "user_id": user.user_id,
        "message": _text(posted)[: max_length(rules_of(txn, channel.custom_type))],
        "custom_type": "incoming_webhook",
        "data": _sender(posted),
    }
    backend = Actor(txn.application, None, None)
    sent: Resource = messages.send.function(txn, backend, messages.send.parse(params))
    return sent


def _text(posted: dict[str, Any]) -> str:
    """What is said: the text, or else what stands for attachments where they cannot be shown."""
    text = posted.get("text", "")
    if not isinstance(text, str):
        raise WrongType("text", "string")
    parts = [text] if text else [_fallback(each) for each in _attachments(posted)]
    said = "\n".join(part for part in parts if part)
    if not said:
        raise MissingParameter("text")
    return unescape(_LINK.sub(lambda link: f"[{link[2]}]({link[1]})" if link[2] else link[1], said))


def _attachments(posted: dict[str, Any]) -> list[dict[str, Any]]:
    found = posted.get("attachments")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _fallback(attachment: dict[str, Any]) -> str:
    return next((each for key in ("text", "fallback", "title") if isinstance(each := attachment.get(key), str)), "")


def _sender(posted: dict[str, Any]) -> str:
    names = {"nickname": "username", "profile_url": "icon_url"}
    said = {name: posted[key][:2048] for name, key in names.items() if isinstance(posted.get(key), str)}
    return json.dumps({"sender": said}, ensure_ascii=False) if said else ""
