"""What notifications say, and whether there are any, as an application has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from msgspec import Meta
from msgspec.structs import replace

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import OptionalUserId
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.users.people import acting_user
from chatd.errors import InvalidValue
from chatd.model import Actor, MessagePush, PushSettings
from chatd.store import tables
from chatd.store.transaction import Transaction

TemplateName = Literal["default", "alternative"]
Template = Annotated[
    dict[Annotated[str, Meta(max_length=4)], Annotated[str, Meta(min_length=1, max_length=300)]], Meta(max_length=3)
]

# What the two say where the application has said nothing, by the type of the message.
DEFAULTS: Final[Mapping[str, Mapping[str, str]]] = {
    "default": {"MESG": "{sender_name}: {message}", "FILE": "{sender_name}: {filename}", "ADMM": "{message}"},
    "alternative": {
        "MESG": "New message from {sender_name}",
        "FILE": "New file from {sender_name}",
        "ADMM": "New message in {channel_name}",
    },
}
_PLACE: Final = re.compile(r"\{(\w+)\}")


class Nothing(Input, frozen=True):
    """Nothing to say."""


class UpdateSettings(Input, frozen=True):
    """Whether anybody is notified."""

    push_enabled: bool


class ViewTemplate(Input, frozen=True):
    """Which template."""

    template_name: TemplateName


class UpdateTemplate(Input, frozen=True):
    """What notifications of messages of each type are to say; types that are absent stay as they are."""

    template_name: TemplateName
    template: Template


class Choose(Input, frozen=True):
    """Which template is to be used for a user."""

    name: TemplateName
    user_id: OptionalUserId = ""


@command("push.view_settings", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.PushSettings)
def view_settings(txn: Transaction, actor: Actor, input: Nothing) -> Resource:
    """Whether anybody is notified."""
    return {"push_enabled": push_settings(txn).is_enabled}


@command(
    "push.update_settings",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"push_enabled": True},
    result=shapes.PushSettings,
)
def update_settings(txn: Transaction, actor: Actor, input: UpdateSettings) -> Resource:
    """Notify users or nobody. What happens while nobody is notified is not told later."""
    _set(txn, replace(push_settings(txn), is_enabled=input.push_enabled))
    return {"push_enabled": input.push_enabled}


@command("push.list_templates", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.PushTemplates)
def list_templates(txn: Transaction, actor: Actor, input: Nothing) -> Resource:
    """What notifications say."""
    return {"push_message_templates": [_resource(txn, name) for name in DEFAULTS]}


@command(
    "push.view_template",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"template_name": "default"},
    result=shapes.PushTemplates,
)
def view_template(txn: Transaction, actor: Actor, input: ViewTemplate) -> Resource:
    """What notifications say by one of the templates."""
    return {"push_message_templates": [_resource(txn, input.template_name)]}


@command(
    "push.update_template",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"template_name": "default", "template": {"MESG": "{sender_name} in {channel_name}: {message}"}},
    result=shapes.PushTemplates,
)
def update_template(txn: Transaction, actor: Actor, input: UpdateTemplate) -> Resource:
    """Have notifications say something else."""
    unknown = next((each for each in input.template if each not in DEFAULTS["default"]), None)
    if unknown is not None:
        raise InvalidValue(f'"template" has "{unknown}", which is none of MESG, FILE and ADMM.')
    settings = push_settings(txn)
    said = settings.templates.get(input.template_name, {}) | input.template
    _set(txn, replace(settings, templates=settings.templates | {input.template_name: said}))
    return {"push_message_templates": [_resource(txn, input.template_name)]}


@command(
    "push.choose_template", Right.BOTH, Kind.WRITE, example={"name": "alternative"}, result=shapes.PushTemplateName
)
def choose_template(txn: Transaction, actor: Actor, input: Choose) -> Resource:
    """Have the notifications of a user made by one of the templates: `alternative` does not say what was written."""
    user = acting_user(txn, actor, input.user_id).number
    if input.name == "default":
        txn.delete(tables.PUSH_TEMPLATES, user)
    elif txn.get(tables.PUSH_TEMPLATES, user) is None:
        txn.put(tables.PUSH_TEMPLATES, user, value=input.name)
    return {"name": input.name}


def push_settings(txn: Transaction) -> PushSettings:
    """What the application has said."""
    return txn.get(tables.PUSH_SETTINGS) or PushSettings()


def rendered(txn: Transaction, user: int, message_type: str, said: Mapping[str, str], push: MessagePush) -> str:
    """What a user is told, with `said` in the places; places of other names stay as they are written.

    A user who does not want to be shown what was written is not, whichever template a message names.
    """
    name = txn.get(tables.PUSH_TEMPLATES, user) or push.template or "default"
    return filled(push.body or _template(txn, name)[message_type], said)


def filled(template: str, said: Mapping[str, str]) -> str:
    """A template with what is said in its places."""
    return _PLACE.sub(lambda place: said.get(place[1], place[0]), template)


def _template(txn: Transaction, name: str) -> dict[str, str]:
    return {**DEFAULTS[name], **push_settings(txn).templates.get(name, {})}


def _resource(txn: Transaction, name: str) -> Resource:
    return {"template_name": name, "template": _template(txn, name)}


def _set(txn: Transaction, settings: PushSettings) -> None:
    if settings != push_settings(txn):
        txn.put(tables.PUSH_SETTINGS, value=settings)
