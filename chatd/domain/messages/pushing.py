"""What the sender of a message says of notifications, and of what is unread."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chatd.domain.command import Input
from chatd.errors import Forbidden
from chatd.model import Actor, MessagePush

TemplateName = Literal["default", "alternative"]
Topic = Annotated[str, Meta(pattern=r"^[A-Za-z0-9.-]{0,155}\Z")]
Sound = Annotated[str, Meta(max_length=100)]
Volume = Annotated[float, Meta(ge=0, le=1)]


class PushText(Struct, frozen=True, gc=False):
    """What devices are told in the place of a template's text."""

    title: Annotated[str, Meta(max_length=100)] = ""
    body: Annotated[str, Meta(max_length=300)] = ""


class CriticalAlert(Struct, frozen=True, gc=False):
    """A sound that is heard on a silent device too; `name` and `sound` are the same."""

    name: Sound = ""
    sound: Sound = ""
    volume: Volume = 1.0


class Pushing(Input, frozen=True, kw_only=True):
    """`send_push` is true where it is absent, and false for admin messages."""

    send_push: bool | None = None
    push_message_template: TemplateName | PushText | None = None
    apns_bundle_id: Topic = ""
    apple_critical_alert_options: CriticalAlert | None = None
    mark_as_read: bool = True


def check_pushing(actor: Actor, input: Pushing) -> None:
    """Raise Forbidden when a client says what only backends say: others would take it for the application's word."""
    if actor.user is not None and (input.push_message_template is not None or input.apns_bundle_id):
        raise Forbidden("Only a backend may say what notifications say, and which app is told.")


def push_of(input: Pushing, sender: int) -> MessagePush | None:
    """What a message holds of it; None where all is as usual."""
    template, alert = input.push_message_template, input.apple_critical_alert_options
    is_sent = bool(sender) if input.send_push is None else input.send_push
    if is_sent and template is None and alert is None and not input.apns_bundle_id:
        return None
    text = template if isinstance(template, PushText) else PushText()
    return MessagePush(
        is_sent,
        template if isinstance(template, str) else "",
        text.title,
        text.body,
        input.apns_bundle_id,
        (alert.sound or alert.name) if alert else "",
        alert.volume if alert else -1.0,
    )
