"""What the parameters of commands about announcements mean: see `chatd.domain.meanings`."""

from __future__ import annotations

from typing import Final

OF_ANNOUNCEMENTS: Final = {
    "announcements message": "What is announced.",
    "announcements scheduled_at": "When it begins, in milliseconds; 0 for at once.",
    "announcements.create unique_id": "What to call it; absent for a random one.",
    "announcements.list announcement_group": "Only those of this group.",
    "announcements.update action": "What to do with it, in the place of changing it.",
    "announcements.daily_stats end_date": "The last day, as YYYY-MM-DD (UTC).",
    "announcements.daily_stats start_date": "The first day, as YYYY-MM-DD (UTC).",
    "announcements.monthly_stats end_month": "The same month.",
    "announcements.monthly_stats start_month": "The month, as YYYY-MM (UTC).",
    "announcements.open_rate_of_group group": "The group.",
    "announcements.open_status channel_urls": "Only receivers in these channels.",
    "announcements.open_status has_opened": "Only those who have opened it, or have not; absent for all.",
    "announcements.open_status user_ids": "Only these users.",
    "announcements.weekly_stats end_week": "The last week.",
    "announcements.weekly_stats start_week": "The first week of the ISO calendar, as `2026-W5`.",
}
