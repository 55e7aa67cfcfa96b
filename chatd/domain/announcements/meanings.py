"""What the parameters of commands about announcements mean: see `chatd.domain.meanings`."""

from __future__ import annotations

from typing import Final

OF_ANNOUNCEMENTS: Final = {
    "announcements message": "What is announced.",
    "announcements scheduled_at": "When it begins, in milliseconds; 0 for at once.",
    "announcements.create unique_id": "What to call it; absent for a random one.",
    "announcements.list announcement_group": "Only those of this group.",
    "announcements.update action": "What to do with it, in the place of changing it.",
}
