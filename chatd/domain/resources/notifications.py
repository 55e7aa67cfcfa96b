"""What users want to be notified of, as it looks from outside."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from chatd.domain.resources.resource import Resource
from chatd.model import OwnSettings, PushPreference

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TRIGGERS: Final = ("default", "all", "mention_only", "off")
"""What a channel may be set to, by its number."""
COUNTS: Final = ("all", "unread_message_count_only", "unread_mentioned_count_only", "off")
"""What of a channel is counted, by its number."""


def push_preference_resource(preference: PushPreference) -> Resource:
    """When a user is notified."""
    weekly = groupby(preference.weekly, key=lambda quiet: quiet.day)
    return {
        "push_trigger_option": preference.trigger,
        "do_not_disturb": preference.do_not_disturb,
        **_window(preference.start, preference.end),
        "dnd_schedules": [
            {"day_of_week": DAYS[day], "time_windows": [_window(quiet.start, quiet.end) for quiet in times]}
            for day, times in weekly
        ],
        "snooze_enabled": preference.is_snoozed,
        "snooze_start_ts": preference.snoozed_from,
        "snooze_end_ts": preference.snoozed_until,
        "enable_push_for_replies": preference.replies,
        "block_push_from_bots": preference.blocks_bots,
        "timezone": preference.timezone,
        "push_sound": preference.sound,
    }


def member_preference_resource(preference: PushPreference, own: OwnSettings) -> Resource:
    """How a member is notified of a channel, by what is said of it and of all channels."""
    trigger = TRIGGERS[own.push] if own.push else preference.trigger
    return {
        "push_enabled": "off" not in (trigger, preference.trigger),
        "push_trigger_option": trigger,
        "do_not_disturb": preference.do_not_disturb,
    }


def channel_preference_resource(own: OwnSettings) -> Resource:
    """How a member is notified of a channel, and what of it is counted."""
    return {
        "push_trigger_option": TRIGGERS[own.push],
        "push_sound": own.sound or "default",
        "is_push_enabled": TRIGGERS[own.push] != "off",
        "count_preference": COUNTS[own.counts],
    }


def _window(start: int, end: int) -> Resource:
    return {"start_hour": start // 60, "start_min": start % 60, "end_hour": end // 60, "end_min": end % 60}
