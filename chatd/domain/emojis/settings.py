"""What an application says of reactions."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.emojis.known import settings_of
from chatd.domain.roles import NOBODY
from chatd.domain.stream import note
from chatd.model import Actor, ReactionSettings
from chatd.store.transaction import Transaction


class View(Input, frozen=True):
    """Nothing to say."""


class Update(Input, frozen=True):
    """Whether users react at all, and whether only with emojis of the application; what is absent stays."""

    enabled: bool | None = None
    only_known_emojis: bool | None = None


class UseDefault(Input, frozen=True):
    """Whether there are the emojis that every application has."""

    use_default_emoji: bool


@command("reaction_settings.view", Right.BOTH, Kind.READ, example={}, result=shapes.ReactionSettings)
def view(txn: Transaction, actor: Actor, input: View) -> shapes.ReactionSettings:
    """What reactions may be."""
    return _resource(settings_of(txn))


@command(
    "reaction_settings.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"enabled": True, "only_known_emojis": True},
    result=shapes.ReactionSettings,
)
def update(txn: Transaction, actor: Actor, input: Update) -> shapes.ReactionSettings:
    """Say what reactions may be from now on. Those that there are stay."""
    before = settings_of(txn)
    is_enabled = before.is_enabled if input.enabled is None else input.enabled
    is_strict = before.is_strict if input.only_known_emojis is None else input.only_known_emojis
    return _resource(_set(txn, replace(before, is_enabled=is_enabled, is_strict=is_strict)))


@command(
    "reaction_settings.use_default_emoji",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"use_default_emoji": False},
    result=shapes.DefaultEmoji,
)
def use_default(txn: Transaction, actor: Actor, input: UseDefault) -> shapes.DefaultEmoji:
    """Say whether there are the emojis that every application has."""
    after = _set(txn, replace(settings_of(txn), has_default=input.use_default_emoji))
    return {"use_default_emoji": after.has_default}


def _set(txn: Transaction, settings: ReactionSettings) -> ReactionSettings:
    if settings != settings_of(txn):
        note(txn, events.ReactionSettingsChanged(settings))
    return settings


def _resource(settings: ReactionSettings) -> shapes.ReactionSettings:
    return {
        "reactions": settings.is_enabled,
        "only_known_emojis": settings.is_strict,
        "use_default_emoji": settings.has_default,
    }
