"""When users want to be notified on their devices: what, at which hours, and pauses."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final, Literal
from zoneinfo import available_timezones

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import Milliseconds, OptionalUserId
from chatd.domain.resources.notifications import DAYS, push_preference_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.shapes.notifications import Weekday
from chatd.domain.stream import emit
from chatd.domain.users.notifying import push_preference
from chatd.domain.users.people import acting_user
from chatd.errors import InvalidValue
from chatd.model import Actor, PushPreference, QuietTime
from chatd.store.transaction import Transaction

Hour = Annotated[int, Meta(ge=0, le=23)]
Minute = Annotated[int, Meta(ge=0, le=59)]
Sound = Annotated[str, Meta(max_length=128)]
Timezone = Annotated[str, Meta(max_length=64)]

# What an update takes over as it comes, by the name that it has in the record.
_CHANGING: Final = (
    ("trigger", "push_trigger_option"),
    ("do_not_disturb", "do_not_disturb"),
    ("is_snoozed", "snooze_enabled"),
    ("snoozed_from", "snooze_start_ts"),
    ("snoozed_until", "snooze_end_ts"),
    ("replies", "enable_push_for_replies"),
    ("blocks_bots", "block_push_from_bots"),
    ("timezone", "timezone"),
    ("sound", "push_sound"),
)


class View(Input, frozen=True):
    """Whose preference to look at."""

    user_id: OptionalUserId = ""


class Window(Input, frozen=True):
    """A time of a day; one that does not end after it starts ends on the next day."""

    start_hour: Hour = 0
    start_min: Minute = 0
    end_hour: Hour = 0
    end_min: Minute = 0


class Schedule(Input, frozen=True):
    """The quiet times of a day of each week."""

    day_of_week: Weekday
    time_windows: Annotated[tuple[Window, ...], Meta(max_length=10)] = ()


class Update(Input, frozen=True):
    """What is to change about when a user is notified; what is absent stays.

    With `do_not_disturb` nothing comes from `start_hour` to `end_hour` of each day, or at the times of `dnd_schedules`
    when there are any. With `snooze_enabled` nothing comes from `snooze_start_ts` to `snooze_end_ts`.
    """

    user_id: OptionalUserId = ""
    push_trigger_option: Literal["all", "mention_only", "off"] | None = None
    do_not_disturb: bool | None = None
    start_hour: Hour | None = None
    start_min: Minute | None = None
    end_hour: Hour | None = None
    end_min: Minute | None = None
    dnd_schedules: Annotated[tuple[Schedule, ...], Meta(max_length=7)] | None = None
    snooze_enabled: bool | None = None
    snooze_start_ts: Milliseconds | None = None
    snooze_end_ts: Milliseconds | None = None
    enable_push_for_replies: bool | None = None
    block_push_from_bots: bool | None = None
    timezone: Timezone | None = None
    push_sound: Sound | None = None


@command("users.view_push_preference", Right.BOTH, Kind.READ, example={}, result=shapes.PushPreference)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """When a user is notified, in all channels."""
    return push_preference_resource(push_preference(txn, acting_user(txn, actor, input.user_id).number))


@command(
    "users.update_push_preference",
    Right.BOTH,
    Kind.WRITE,
    example={"push_trigger_option": "mention_only", "do_not_disturb": True, "start_hour": 22, "end_hour": 7},
    result=shapes.PushPreference,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Say when a user is notified. What a channel is set to goes before, but for `off` here."""
    user = acting_user(txn, actor, input.user_id).number
    return _set(txn, user, _changed(push_preference(txn, user), input))


@command("users.reset_push_preference", Right.BOTH, Kind.WRITE, example={}, result=shapes.PushPreference)
def reset(txn: Transaction, actor: Actor, input: View) -> Resource:
    """Notify a user as one who has said nothing of it. What channels are set to stays."""
    return _set(txn, acting_user(txn, actor, input.user_id).number, PushPreference())


def check_timezone(name: str) -> None:
    """Raise InvalidValue when this is no time zone."""
    if name not in _timezones():
        raise InvalidValue('"timezone" is not the name of a time zone, such as "Europe/Berlin".')


def _set(txn: Transaction, user: int, preference: PushPreference) -> Resource:
    if preference != push_preference(txn, user):
        emit(txn, events.PushPreferenceChanged(user, preference))
    return push_preference_resource(preference)


def _changed(before: PushPreference, input: Update) -> PushPreference:
    if input.timezone is not None:
        check_timezone(input.timezone)
    said = {name: getattr(input, parameter) for name, parameter in _CHANGING}
    changes = {name: value for name, value in said.items() if value is not None}
    if input.dnd_schedules is not None:
        changes["weekly"] = _weekly(input.dnd_schedules)
    start = _minute(before.start, input.start_hour, input.start_min)
    end = _minute(before.end, input.end_hour, input.end_min)
    changed = replace(before, **changes, start=start, end=end)
    if changed.is_snoozed and changed.snoozed_until < changed.snoozed_from:
        raise InvalidValue('"snooze_end_ts" must not be before "snooze_start_ts".')
    return changed


def _minute(before: int, hour: int | None, minute: int | None) -> int:
    return 60 * (before // 60 if hour is None else hour) + (before % 60 if minute is None else minute)


def _weekly(schedules: tuple[Schedule, ...]) -> tuple[QuietTime, ...]:
    times = [_quiet(each.day_of_week, window) for each in schedules for window in each.time_windows]
    return tuple(sorted(times, key=lambda quiet: (quiet.day, quiet.start, quiet.end)))


def _quiet(day: Weekday, window: Window) -> QuietTime:
    start = _minute(0, window.start_hour, window.start_min)
    return QuietTime(DAYS.index(day), start, _minute(0, window.end_hour, window.end_min))


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones()) | {"UTC"}
