"""Slash commands: what users write after a slash is asked of a program, and its answer is shown to them or to all."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from chatd import ids
from chatd.domain import asking, shapes
from chatd.domain.channels.access import find_channel, posting_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, OptionalUserId, Text
from chatd.domain.messages import messages
from chatd.domain.messages.posting import check_posting
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.domain.roles import NOBODY, WRITERS
from chatd.domain.users.people import acting_user
from chatd.errors import InvalidValue, NotFound, OutgoingFailed, TooManyItems
from chatd.model import Actor, SlashCommand
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_COMMANDS: Final = 100
EPHEMERAL: Final = "ephemeral"
IN_CHANNEL: Final = "in_channel"

Name = Annotated[str, Meta(pattern=r"^/?[a-z0-9][a-z0-9_-]{0,31}\Z")]
ProgramUrl = Annotated[str, Meta(max_length=2048, pattern=r"^https?://[^\s]+\Z")]
Hint = Annotated[str, Meta(max_length=200)]

_WRITTEN: Final = re.compile(r"/([a-z0-9][a-z0-9_-]{0,31})(?:\s+(.*))?", re.DOTALL)


class Register(Input, frozen=True):
    """A command: what is written after the slash, who answers it, and what users are told of it."""

    name: Name
    url: ProgramUrl
    description: Hint = ""
    usage_hint: Hint = ""


class List(Input, frozen=True):
    """Nothing to say."""


class Remove(Input, frozen=True):
    """The command to end."""

    name: Name


class Run(Input, frozen=True):
    """What was written, from the slash on, and in which channel."""

    channel_url: ChannelUrl
    message: Text
    user_id: OptionalUserId = ""


class _Answer(msgspec.Struct, frozen=True):
    text: str
    response_type: str = EPHEMERAL


@command(
    "slash_commands.register",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"name": "weather", "url": "https://example.org/weather", "description": "What it is like outside."},
    result=shapes.SlashCommand,
)
def register(txn: Transaction, actor: Actor, input: Register) -> Resource:
    """Have a program answer a command; one with the same name is changed and keeps its secret."""
    name = input.name.removeprefix("/")
    before = txn.get(tables.SLASH_COMMANDS, name)
    if before is None and sum(1 for _ in txn.scan(tables.SLASH_COMMANDS)) >= MAX_COMMANDS:
        raise TooManyItems(f"An application has at most {MAX_COMMANDS} slash commands.")
    secret, created_at = (before.secret, before.created_at) if before else (ids.new_secret(), txn.now)
    changed = SlashCommand(input.url, input.description, input.usage_hint, secret, created_at)
    if changed != before:
        txn.put(tables.SLASH_COMMANDS, name, value=changed)
    return _resource(actor, name, changed)


@command("slash_commands.list", Right.BOTH, Kind.READ, example={}, result=shapes.SlashCommands)
def list_commands(txn: Transaction, actor: Actor, input: List) -> Resource:
    """The commands that there are, by name."""
    return {"slash_commands": [_resource(actor, name, each) for (name,), each in txn.scan(tables.SLASH_COMMANDS)]}


@command(
    "slash_commands.remove",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"name": "dice"},
    result=shapes.Empty,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """End a command. NotFound when there is none."""
    if not txn.delete(tables.SLASH_COMMANDS, input.name.removeprefix("/")):
        raise NotFound("Slash command")
    return {}


@command(
    "slash_commands.run",
    Right.BOTH,
    Kind.ASK,
    roles=WRITERS,
    example={"channel_url": "garden", "message": "/dice 6"},
    is_idempotent=False,
    result=shapes.SlashAnswer,
)
def run(txn: Transaction, actor: Actor, input: Run) -> asking.Call:
    """Ask the program behind what was written. What it answers comes back, or is a message of the channel for all.

    Only who may write in the channel may ask. Raises NotFound when there is no such command.
    """
    user = acting_user(txn, actor, input.user_id)
    channel = posting_channel(txn, actor, input.channel_url)
    check_posting(txn, actor, channel, user.number)
    written = _WRITTEN.fullmatch(input.message.strip())
    if written is None:
        raise InvalidValue('"message" must begin with a slash and the name of a command.')
    found = txn.get(tables.SLASH_COMMANDS, written[1])
    if found is None:
        raise NotFound("Slash command")
    body = {
        "category": "slash_command",
        "app_id": txn.require(tables.APPLICATIONS, txn.application).application_id,
        "command": f"/{written[1]}",
        "text": written[2] or "",
        "channel_url": channel.channel_url,
        "user": basic_user(user),
        "created_at": txn.now,
    }
    return asking.Call(found.url, found.secret, body, partial(_keep, channel_url=channel.channel_url))


def _keep(txn: Transaction, raw: bytes, *, channel_url: str) -> Resource:
    """Show what a program answered. Raises OutgoingFailed when that makes no sense."""
    try:
        answer = msgspec.json.decode(raw, type=_Answer) if raw.strip() else _Answer("")
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise OutgoingFailed(f"The program has answered what cannot be read: {error}.") from error
    told: Resource = {"response_type": EPHEMERAL, "text": answer.text[:5000], "message": None}
    if answer.response_type == IN_CHANNEL and answer.text:
        find_channel(txn, channel_url)
        params = {"channel_url": channel_url, "message_type": "ADMM", "message": told["text"]}
        params["custom_type"] = "slash_command"
        backend = Actor(txn.application, None, None)
        sent: Any = messages.send.function(txn, backend, messages.send.parse(params))
        told |= {"response_type": IN_CHANNEL, "message": sent}
    return told


def _resource(actor: Actor, name: str, slash: SlashCommand) -> Resource:
    told: Resource = {
        "name": name,
        "description": slash.description,
        "usage_hint": slash.usage_hint,
        "created_at": slash.created_at,
    }
    return told if actor.user is not None else told | {"url": slash.url, "secret": slash.secret}
