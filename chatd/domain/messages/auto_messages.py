"""Admin messages that the server writes of what happens in group channels, each in the commit of what it is about.

They are silent: nobody has them unread or is notified. What is said names people, so a message knows whom it is about,
and goes when one of them is forgotten.
"""

from __future__ import annotations

import re
from typing import Annotated, Final

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.roles import NOBODY
from chatd.domain.stream import emit, note
from chatd.model import Actor, AutoMessage, AutoMessages, Message
from chatd.store import tables
from chatd.store.transaction import Transaction

# What is said when the application has no words of its own.
WORDS: Final = {
    "user_join": "{users} joined the channel.",
    "user_leave": "{users} left the channel.",
    "user_invite": "Invited to the channel: {users}.",
    "channel_create": "The channel was created.",
    "channel_change": 'The channel is called "{channel_name}" now.',
}
CUSTOM_TYPE: Final = "auto_event_message"
# So many are named; the others are counted, however many they are.
MAX_NAMED: Final = 3

_PLACE = re.compile(r"\{(users|inviter|channel_name|old_channel_name)\}")


class View(Input, frozen=True):
    """Nothing to say."""


class Said(Input, frozen=True):
    """Whether something is said, and in which words; what is absent stays."""

    enabled: bool | None = None
    message: Annotated[str, Meta(max_length=1000)] | None = None


class Happenings(Input, frozen=True):
    """What may be said something of; what is absent stays."""

    user_join: Said = Said()
    user_leave: Said = Said()
    user_invite: Said = Said()
    channel_create: Said = Said()
    channel_change: Said = Said()


class Update(Input, frozen=True):
    """What is to be said."""

    auto_event_message: Happenings


@command("auto_messages.view", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.AutoEventMessage)
def view(txn: Transaction, actor: Actor, input: View) -> shapes.AutoEventMessage:
    """What the server says of what happens in group channels."""
    return _resource(_messages(txn))


@command(
    "auto_messages.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"auto_event_message": {"user_join": {"enabled": True, "message": "Welcome, {users}!"}}},
    result=shapes.AutoEventMessage,
)
def update(txn: Transaction, actor: Actor, input: Update) -> shapes.AutoEventMessage:
    """Say what the server writes of what happens in group channels from now on."""
    before = _messages(txn)
    said = {name: _changed(getattr(before, name), getattr(input.auto_event_message, name)) for name in WORDS}
    after = AutoMessages(**said)
    if after != before:
        note(txn, events.AutoMessagesChanged(after))
    return _resource(after)


def say(
    txn: Transaction, channel: int, happening: str, users: tuple[int, ...] = (), inviter: int = 0, before: str = ""
) -> None:
    """Write what the application wants said of something that has just happened in a group channel, if anything.

    `users` are whom it happened to, `inviter` is by whom, 0 for a backend; `before` is what the channel was called.
    """
    said: AutoMessage = getattr(_messages(txn), happening)
    if not said.is_enabled:
        return
    named = users[:MAX_NAMED]
    words = {
        "users": _list(txn, named, len(users) - len(named)),
        "inviter": _list(txn, (inviter,), 0) if inviter else "",
        "channel_name": txn.require(tables.CHANNELS, channel).name,
        "old_channel_name": before,
    }
    text = _PLACE.sub(lambda place: words[place[1]], said.text or WORDS[happening])
    ordinal = txn.require(tables.CHANNEL_STATES, channel).ordinal
    about = (*named, *((inviter,) if inviter else ()))
    message = Message(0, channel, 0, ordinal, 0, text, happening, CUSTOM_TYPE, is_silent=True, about=about)
    emit(txn, events.MessageSent(message))


def _messages(txn: Transaction) -> AutoMessages:
    return txn.get(tables.AUTO_MESSAGES) or AutoMessages()


def _changed(before: AutoMessage, said: Said) -> AutoMessage:
    is_enabled = before.is_enabled if said.enabled is None else said.enabled
    return replace(before, is_enabled=is_enabled, text=before.text if said.message is None else said.message)


def _list(txn: Transaction, users: tuple[int, ...], more: int) -> str:
    """Users by their nicknames, or by their ids, and how many more there are."""
    found = [txn.require(tables.USERS, user) for user in users]
    names = [user.nickname or user.user_id for user in found]
    return ", ".join([*names, *([f"{more} more"] if more else [])])


def _resource(messages: AutoMessages) -> shapes.AutoEventMessage:
    def shown(name: str) -> shapes.AutoMessage:
        said: AutoMessage = getattr(messages, name)
        return {"enabled": said.is_enabled, "message": said.text or WORDS[name]}

    return {
        "auto_event_message": {
            "user_join": shown("user_join"),
            "user_leave": shown("user_leave"),
            "user_invite": shown("user_invite"),
            "channel_create": shown("channel_create"),
            "channel_change": shown("channel_change"),
        }
    }
