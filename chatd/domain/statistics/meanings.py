"""What the parameters of commands about statistics mean: see `chatd.domain.meanings`."""

from __future__ import annotations

from typing import Final

OF_STATISTICS: Final = {
    "statistics cohort": "How long the time is in which users of a cohort were made: `day` or `week`.",
    "statistics date": "The day, as YYYY-MM-DD (UTC); absent for today.",
    "statistics days": "How many days, of which today is the last.",
    "statistics end_date": "The last day, as YYYY-MM-DD (UTC).",
    "statistics end_day": "The day of the month in which it ends; only where values are of days.",
    "statistics end_month": "The month in which it ends, 1 to 12.",
    "statistics end_year": "The year in which it ends.",
    "statistics kind": "Whether to list `channels` or `senders`.",
    "statistics metric_type": "What is counted.",
    "statistics metrics": "What is counted: one or several figures.",
    "statistics segments": "By what the values are told apart.",
    "statistics start_date": "The first day, as YYYY-MM-DD (UTC).",
    "statistics start_day": "The day of the month in which it begins; only where values are of days.",
    "statistics start_month": "The month in which it begins, 1 to 12.",
    "statistics start_year": "The year in which it begins.",
    "statistics time_dimension": "Whether values are of days or of months: `daily`, `monthly`.",
}
