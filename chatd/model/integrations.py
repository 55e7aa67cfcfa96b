"""Ways for other programs into an application: incoming webhooks and slash commands."""

from __future__ import annotations

from chatd.model.record import Record


class IncomingWebhook(Record, frozen=True):
    """A secret address at which programs post to a channel, as the user that was made for it."""

    channel: int
    user: int
    created_at: int
    created_by: int


class SlashCommand(Record, frozen=True):
    """A program at `url` that answers what users write after a slash; `secret` signs what it is asked."""

    url: str
    description: str
    usage_hint: str
    secret: str
    created_at: int
