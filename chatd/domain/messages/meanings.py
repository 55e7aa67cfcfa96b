"""What the parameters of searches mean: see `chatd.domain.meanings`."""

from __future__ import annotations

from typing import Final

OF_SEARCHES: Final = {
    "exact_match": "Whether the words have to stand side by side, as they are written.",
    "message_ts_from": "Sent at this time or later, in milliseconds.",
    "message_ts_to": "Sent at this time or before, in milliseconds.",
    "messages.search after": "A cursor of an earlier answer: what comes after that result.",
    "messages.search has_files": "Only messages with files, or only those without.",
    "messages.search channel_url": "Only this channel; absent for all.",
    "query": "What to look for.",
}
