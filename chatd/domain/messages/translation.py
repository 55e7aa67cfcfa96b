"""Translations of messages. Another server makes them; each is kept, and asked for once."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import asking, shapes
from chatd.domain.channels.access import visible_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId
from chatd.domain.messages.details import whole
from chatd.domain.messages.messages import find_message, seen_message
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit
from chatd.errors import NotFound, TooManyItems, Unacceptable
from chatd.model import Actor, Message
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_TRANSLATIONS = 20
# A tag of BCP 47: "de", "pt-BR", "zh-Hant".
Language = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}\Z")]
Languages = Annotated[tuple[Language, ...], Meta(min_length=1, max_length=10)]


class Translate(Input, frozen=True):
    """A message of a channel, and the languages that it is wanted in."""

    channel_url: ChannelUrl
    message_id: MessageId
    target_langs: Languages


@command(
    "messages.translate",
    Right.BOTH,
    Kind.ASK,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message", "target_langs": ["de", "ko"]},
    result=shapes.Message,
)
def translate(txn: Transaction, actor: Actor, input: Translate) -> asking.Translation:
    """Have the text of a message translated; answers the message. All who see it get its translations.

    They stay until the text is edited. Raises Unavailable where the operator has named no translator.
    """
    message = seen_message(txn, actor.user, visible_channel(txn, actor, input.channel_url), input.message_id)
    if not message.text:
        raise Unacceptable("The message has no text to translate.")
    missing = _missing(message, input.target_langs)
    if len(message.translations) + len(missing) > MAX_TRANSLATIONS:
        raise TooManyItems(f"A message has at most {MAX_TRANSLATIONS} translations.")
    return asking.Translation(message.text, missing, partial(_keep, message=message))


def _missing(message: Message, languages: tuple[str, ...]) -> tuple[str, ...]:
    known = dict(message.translations)
    return tuple(language for language in dict.fromkeys(languages) if language not in known)


def _keep(txn: Transaction, texts: dict[str, str], *, message: Message) -> Resource:
    """Add translations to a message, as far as it still has the text that was translated; the message as it is then."""
    channel = txn.get(tables.CHANNELS, message.channel)
    if channel is None:
        raise NotFound("Channel")
    current = find_message(txn, channel, message.message_id)
    added = tuple((language, texts[language]) for language in _missing(current, tuple(texts)))
    if not added or current.text != message.text or len(current.translations) + len(added) > MAX_TRANSLATIONS:
        return whole(txn, current, channel)
    translated = replace(current, translations=current.translations + added)
    resource: Resource = emit(txn, events.MessageUpdated(translated, is_edit=False))["message"]
    return resource
