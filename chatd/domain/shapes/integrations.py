"""Incoming webhooks and slash commands. Times are milliseconds."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from chatd.domain.shapes.messages import Message


class IncomingWebhook(TypedDict):
    """A secret address of a channel; `webhook_id` is the user who posts there. `created_by` is empty for a backend."""

    webhook_id: str
    name: str
    profile_url: str
    channel_url: str
    created_at: int
    created_by: str


class NewIncomingWebhook(IncomingWebhook):
    """A new one, with its token and the path that it makes, which are told once."""

    token: str
    path: str


class IncomingWebhooks(TypedDict):
    """Those of a channel."""

    incoming_webhooks: list[IncomingWebhook]


class SlashCommand(TypedDict):
    """A command that a program answers; `url` and `secret` are for backends."""

    name: str
    description: str
    usage_hint: str
    created_at: int
    url: NotRequired[str]
    secret: NotRequired[str]


class SlashCommands(TypedDict):
    """All of an application, by name."""

    slash_commands: list[SlashCommand]


class SlashAnswer(TypedDict):
    """What a program answered: `ephemeral` for who asked alone, or `in_channel` as the `message` that it became."""

    response_type: str
    text: str
    message: Message | None
