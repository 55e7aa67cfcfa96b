"""Bots and announcements."""

from __future__ import annotations

from tests.http.documented.operation import op
from tests.http.documented.shapes import ANNOUNCEMENT, BOT, MESSAGE, VOID, page

NEW = {
    "bot_userid": "robot",
    "bot_nickname": "Robot",
    "bot_profile_url": "",
    "bot_type": "helper",
    "bot_callback_url": "https://bots.example/robot",
    "is_privacy_mode": True,
}
ALL = {
    "message": {"type": "ADMM", "content": "News"},
    "target_at": "target_channels",
    "target_list": ["kitchen"],
    "unique_id": "news",
    "announcement_group": "weekly",
}
OPEN_RATES = {"open_counts": [int], "open_rates": [{int, float}]}

BOTS = (
    op("POST /bots", BOT, body=NEW),
    op("GET /bots", page("bots", BOT)),
    op("GET /bots/{bot_userid}", BOT),
    op("PUT /bots/{bot_userid}", BOT, body={"bot_nickname": "R"}),
    op("POST /bots/{bot_userid}/channels", {"channels": [{"channel_url": str}]}, body={"channel_urls": ["kitchen"]}),
    op("POST /bots/{bot_userid}/send", {"message": MESSAGE}, body={"message": "Beep", "channel_url": "kitchen"}),
    op("DELETE /bots/{bot_userid}/channels/{channel_url}", VOID),
    op("DELETE /bots/{bot_userid}/channels", VOID),
    op("DELETE /bots/{bot_userid}", VOID),
)

ANNOUNCEMENTS = (
    op("POST /announcements", ANNOUNCEMENT, body=ALL | {"scheduled_at": "#later"}),
    op("GET /announcements", page("announcements", ANNOUNCEMENT)),
    op("GET /announcements/{unique_id}", ANNOUNCEMENT),
    op("PUT /announcements/{unique_id}", ANNOUNCEMENT, body={"action": "cancel"}),
    op("GET /announcement_group", page("announcement_groups", str)),
    *(
        op(f"GET /announcement_stats/{span}", {"statistics": [dict]}, query=query)
        for span, query in (
            ("daily", "start_date=2026-01-01&end_date=2026-01-02"),
            ("weekly", "start_week=2026-W1&end_week=2026-W2"),
            ("monthly", "start_month=2026-01&end_month=2026-01"),
        )
    ),
    op("GET /announcement_open_rate/{unique_id}", OPEN_RATES),
    op("GET /announcement_open_rate_by_group/{group}", OPEN_RATES, group="weekly"),
    op("GET /announcement_open_status/{unique_id}", page("open_status", dict)),
)
