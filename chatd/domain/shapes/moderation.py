"""What keeping order looks like: acts, reports, settings, permissions. Times are milliseconds."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from chatd.domain.shapes.users import BasicUser


class Act(TypedDict):
    """An act of moderation. `actor` is null unless `actor_type` is `user`; `end_at` is -1 when it has no end.

    Of an `account` that acted in the dashboard it has the `login`.
    """

    act_id: int
    kind: str
    created_at: int
    actor_type: str
    login: str
    actor: BasicUser | None
    user: BasicUser | None
    channel_url: str
    message_id: int
    reason: str
    detail: str
    end_at: int


class Acts(TypedDict):
    """A page of acts, the last first."""

    acts: list[Act]
    next: str


class ReportedMessage(TypedDict):
    """A message as it was when it was reported; `is_removed` is so now."""

    message_id: int
    channel_url: str
    message: str
    file_names: list[str]
    created_at: int
    is_removed: bool


class ReportedChannel(TypedDict):
    """Where something was reported; the `name` is that of now, empty when the channel is gone."""

    channel_url: str
    name: str


class Report(TypedDict):
    """A report. `reporting_user` is null for a backend and towards operators; those who were forgotten are null.

    `report_status` is `open`, `resolved` or `dismissed`, since `settled_at`, which is 0 while it is open.
    """

    report_id: int
    report_type: str
    report_category: str
    report_description: str
    reporting_user: BasicUser | None
    offending_user: BasicUser | None
    reported_message: ReportedMessage | None
    channel: ReportedChannel | None
    created_at: int
    report_status: str
    settled_at: int


class SettledReport(Report):
    """A report that was settled with others of the same thing, and how many of these `remaining` for another call."""

    remaining: int


class Reports(TypedDict):
    """A page of reports, the last first."""

    report_logs: list[Report]
    next: str


class Permissions(TypedDict):
    """What is said of what members may do, by what it is; of what is absent nothing is said."""

    permissions: dict[str, bool]


class ChannelPermissions(TypedDict):
    """What those who do not operate a channel may do in it: all that there is to do."""

    channel_url: str
    permissions: dict[str, bool]


class RegexFilter(TypedDict):
    """A regular expression of a filter."""

    regex: str


class ProfanityFilter(TypedDict):
    """Words, and what happens to messages that have them: 0 nothing, 1 asterisks, 2 blocked, 3 only counted."""

    type: int
    keywords: list[str]
    regex_filters: list[RegexFilter]
    should_check_global: bool


class DomainFilter(TypedDict):
    """Hosts, and which links are let through: 0 all, 1 only to those listed, 2 only to others."""

    type: int
    domains: list[str]
    should_check_global: bool


class TriggeredModeration(TypedDict):
    """After `count` hits in `duration` seconds a user is punished for `seconds`: 0 not, 1 mute, 2 removal, 3 ban."""

    action: int
    count: int
    duration: int
    seconds: int


class ImageLimits(TypedDict):
    """How likely a picture may be of what: not looked at, so always 0."""

    adult: int
    spoof: int
    medical: int
    violence: int
    racy: int


class ImageModeration(TypedDict):
    """What is looked for in pictures: nothing, which `type` 0 says."""

    type: int
    soft_block: bool
    check_urls: bool
    limits: ImageLimits


class ModerationSettings(TypedDict):
    """What is filtered in an application, or in channels of a custom type, what else holds, how long messages stay."""

    custom_type: NotRequired[str]
    profanity_filter: ProfanityFilter
    domain_filter: DomainFilter
    profanity_triggered_moderation: TriggeredModeration
    allow_links: bool
    image_moderation: ImageModeration
    max_message_length: int
    display_past_message: bool
    user_messages_per_channel: int
    user_messages_per_channel_duration: int
    message_retention_hours: int
    message_retention_count: int


class FilterVerdict(TypedDict):
    """What the filters make of a text: `action` is empty when it passes, `refusal` says why it does not."""

    text: str
    action: Literal["", "replaced", "blocked", "detected"]
    refusal: str


class ModerationSettingsOfTypes(TypedDict):
    """A page of the settings of custom types."""

    channel_custom_type_settings: list[ModerationSettings]
    next: str
