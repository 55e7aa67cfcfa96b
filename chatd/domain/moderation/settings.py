"""What is filtered: settings of the application, and of channels of a custom type in their place."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import CustomType, PageLimit, PageToken
from chatd.domain.fold.filters import COMMON, MAX_HITS, type_key
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.moderation.domain_filter import stored_domain
from chatd.domain.moderation.pace import Most, Seconds
from chatd.domain.moderation.rules import MAX_MESSAGE_LENGTH
from chatd.domain.moderation.words import compiled
from chatd.domain.paging import Page
from chatd.domain.resources.filters import limits_resource, moderation_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import note
from chatd.domain.upkeep import retention
from chatd.errors import IncompatibleValues, MissingParameter, NotFound, TooManyItems, Unacceptable
from chatd.model import Actor, DomainFilter, Moderation, Penalty, WordFilter
from chatd.model.filters import NO_PENALTY
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_KEYWORDS: Final = 2000

Keyword = Annotated[str, Meta(max_length=100)]
Keywords = Annotated[tuple[Keyword, ...], Meta(max_length=MAX_KEYWORDS)]
# One text for all of them, with commas.
KeywordText = Annotated[str, Meta(max_length=MAX_KEYWORDS * 20)]
Domains = Annotated[tuple[Annotated[str, Meta(max_length=253)], ...], Meta(max_length=1000)]
# A year.
WindowSeconds = Annotated[int, Meta(ge=1, le=365 * 24 * 60 * 60)]
Limits = dict[Literal["adult", "spoof", "medical", "violence", "racy"], Annotated[int, Meta(ge=0, le=5)]]
PenaltySeconds = Annotated[int, Meta(ge=-1, le=10 * 365 * 24 * 60 * 60)]


class Regex(Input, frozen=True):
    """A regular expression, in the syntax of RE2."""

    regex: Annotated[str, Meta(min_length=1, max_length=500)]


class Words(Input, frozen=True):
    """Words, and what happens to messages that have them: 0 nothing, 1 asterisks, 2 blocked, 3 only counted."""

    type: Annotated[int, Meta(ge=0, le=3)] | None = None
    keywords: KeywordText | Keywords | None = None
    regex_filters: Annotated[tuple[Regex, ...], Meta(max_length=50)] | None = None
    should_check_global: bool | None = None


class Hosts(Input, frozen=True):
    """Hosts, and which links are let through: 0 all, 1 only to those listed, 2 only to others."""

    type: Annotated[int, Meta(ge=0, le=2)] | None = None
    domains: Domains | None = None
    should_check_global: bool | None = None


class Punishment(Input, frozen=True):
    """After how many hits in how many seconds who goes on is punished: 0 not, 1 muted, 2 removed, 3 banned."""

    action: Annotated[int, Meta(ge=0, le=3)] | None = None
    count: Annotated[int, Meta(ge=1, le=MAX_HITS)] | None = None
    duration: WindowSeconds | None = None
    seconds: PenaltySeconds | None = None


class Images(Input, frozen=True):
    """What is looked for in pictures: only 0, which is nothing, since chatd does not look at them."""

    type: Annotated[int, Meta(ge=0, le=5)] = 0
    soft_block: bool = False
    check_urls: bool = False
    limits: Limits = msgspec.field(default_factory=dict)


class View(Input, frozen=True):
    """Whose settings: those of a custom type, or without one of the application."""

    custom_type: CustomType = ""


class List(Input, frozen=True):
    """A page of the custom types that have settings of their own."""

    token: PageToken = ""
    limit: PageLimit = 10


class Update(Input, frozen=True):
    """What is to change about the settings of a custom type, or without one of the application; the rest stays.

    How long messages are kept is said for the application only; a type has -1, which is no limit of its own.
    """

    custom_type: CustomType = ""
    profanity_filter: Words | None = None
    domain_filter: Hosts | None = None
    profanity_triggered_moderation: Punishment | None = None
    allow_links: bool | None = None
    image_moderation: Images | None = None
    max_message_length: Annotated[int, Meta(ge=1, le=MAX_MESSAGE_LENGTH)] | None = None
    display_past_message: bool | None = None
    user_messages_per_channel: Most | None = None
    user_messages_per_channel_duration: Seconds | None = None
    message_retention_hours: retention.Hours | None = None
    message_retention_count: retention.Count | None = None


class Remove(Input, frozen=True):
    """The custom type that is to be as the application says."""

    custom_type: Annotated[str, Meta(min_length=1, max_length=128)]


# What is one value each, by its parameter.
_SAID: Final = {
    "allow_links": "allows_links",
    "max_message_length": "max_length",
    "display_past_message": "shows_past",
    "user_messages_per_channel": "channel_messages",
    "user_messages_per_channel_duration": "channel_seconds",
}

_EXAMPLE: Final = {
    "profanity_filter": {"type": 1, "keywords": ["weed*", "slug"], "regex_filters": [{"regex": "[0-9]{16}"}]},
    "domain_filter": {"type": 2, "domains": ["spam.example"]},
    "profanity_triggered_moderation": {"action": 1, "count": 3, "duration": 60, "seconds": 3600},
    "max_message_length": 1000,
    "display_past_message": False,
    "user_messages_per_channel": 5,
    "user_messages_per_channel_duration": 10,
}


@command("moderation.view", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.ModerationSettings)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """The settings of the application, or of a custom type. NotFound for a type that has none."""
    found = txn.get(tables.MODERATION, type_key(input.custom_type))
    if found is None and input.custom_type:
        raise NotFound("Custom type")
    return _shown(txn, found or Moderation())


@command(
    "moderation.list",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"limit": 20},
    result=shapes.ModerationSettingsOfTypes,
)
def list_types(txn: Transaction, actor: Actor, input: List) -> Resource:
    """The settings of custom types, in no order that means anything."""
    page = Page(input.token, input.limit, (bytes,))
    for (key,), moderation in txn.scan(tables.MODERATION, start=page.start):
        if moderation.custom_type and not page.add((key,), _shown(txn, moderation)):
            break
    return {"channel_custom_type_settings": page.items, "next": page.next}


@command(
    "moderation.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example=_EXAMPLE,
    result=shapes.ModerationSettings,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change the settings of the application, or of a custom type, which has them from then on. Next messages count."""
    _check_images(input.image_moderation)
    _update_retention(txn, actor, input)
    found = txn.get(tables.MODERATION, type_key(input.custom_type))
    before = found or Moderation(input.custom_type)
    changed = _changed(before, input)
    if changed != before or (found is None and input.custom_type):
        note(txn, events.ModerationChanged(changed))
        note_act(txn, actor, "settings.changed", None, About(detail=_difference(before, changed)))
    return _shown(txn, changed)


@command(
    "moderation.remove",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"custom_type": "greenhouse"},
    result=shapes.Empty,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Have a custom type be as the application says; one that has no settings is so already."""
    if txn.get(tables.MODERATION, type_key(input.custom_type)) is not None:
        note(txn, events.ModerationRemoved(input.custom_type))
        note_act(txn, actor, "settings.changed", None, About(detail=f"{input.custom_type}: removed"))
    return {}


def _update_retention(txn: Transaction, actor: Actor, input: Update) -> None:
    hours, count = input.message_retention_hours, input.message_retention_count
    if (hours, count) == (None, None) or (input.custom_type and {hours, count} <= {None, -1}):
        return
    if input.custom_type:
        raise Unacceptable("How long messages are kept is said for the application, or for each channel.")
    update = retention.Update(message_retention_hours=hours, message_retention_count=count)
    if retention.view.function(txn, actor, retention.View()) != retention.update.function(txn, actor, update):
        note_act(txn, actor, "settings.changed", None, About(detail="message_retention"))


def _changed(before: Moderation, input: Update) -> Moderation:
    changed = replace(
        before,
        words=_words(before.words, input.profanity_filter or Words()),
        domains=_domains(before.domains, input.domain_filter or Hosts()),
        penalty=_penalty(before.penalty, input.profanity_triggered_moderation or Punishment()),
    )
    said = {field: getattr(input, name) for name, field in _SAID.items() if getattr(input, name) is not None}
    changed = replace(changed, **said)
    if bool(changed.channel_messages) != bool(changed.channel_seconds):
        raise IncompatibleValues('"user_messages_per_channel" and its "_duration" are both more than 0, or both 0.')
    return changed


def _check_images(input: Images | None) -> None:
    if input is not None and (input.type or input.soft_block or input.check_urls or any(input.limits.values())):
        raise Unacceptable('Pictures are not looked at here: "image_moderation.type" can only be 0, which is off.')


def _words(before: WordFilter, input: Words) -> WordFilter:
    """A filter of words; raises InvalidValue for what cannot be looked for."""
    keywords, regexes = input.keywords, input.regex_filters
    if isinstance(keywords, str):
        keywords = tuple(word for word in (word.strip() for word in keywords.split(",")) if word)
    changed = WordFilter(
        before.type if input.type is None else input.type,
        before.keywords if keywords is None else keywords,
        before.regexes if regexes is None else tuple(each.regex for each in regexes),
        before.checks_common if input.should_check_global is None else input.should_check_global,
    )
    if len(changed.keywords) > MAX_KEYWORDS:
        raise TooManyItems(f'"profanity_filter.keywords" must have no more than {MAX_KEYWORDS} items.')
    compiled(changed.keywords, changed.regexes)
    return changed


def _domains(before: DomainFilter, input: Hosts) -> DomainFilter:
    domains = before.domains
    if input.domains is not None:
        domains = tuple(dict.fromkeys(stored_domain(nth, each) for nth, each in enumerate(input.domains)))
    type_ = before.type if input.type is None else input.type
    common = before.checks_common if input.should_check_global is None else input.should_check_global
    return DomainFilter(type_, domains, common)


def _penalty(before: Penalty, input: Punishment) -> Penalty:
    given = {name: getattr(input, name) for name in Punishment.__struct_fields__ if getattr(input, name) is not None}
    changed: Penalty = replace(before, **given)
    for name in ("count", "duration"):
        if changed.action != NO_PENALTY and not getattr(changed, name):
            raise MissingParameter(f"profanity_triggered_moderation.{name}")
    return changed


def _shown(txn: Transaction, moderation: Moderation) -> Resource:
    named = {"custom_type": moderation.custom_type} if moderation.custom_type else {}
    common = txn.get(tables.MODERATION, COMMON) or Moderation()
    return (
        named
        | moderation_resource(moderation)
        | limits_resource((moderation, common))
        | retention.retention_resource(retention.common(txn))
    )


def _difference(before: Moderation, after: Moderation) -> str:
    names = {
        "words": "profanity_filter",
        "domains": "domain_filter",
        "penalty": "profanity_triggered_moderation",
        **{field: name for name, field in _SAID.items()},
    }
    changed = ", ".join(name for field, name in names.items() if getattr(before, field) != getattr(after, field))
    return f"{after.custom_type}: {changed}" if after.custom_type else changed
