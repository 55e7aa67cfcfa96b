"""Reports, rules by type of channel, words."""

from __future__ import annotations

from tests.http.documented.operation import op
from tests.http.documented.shapes import BAN, MESSAGE, MUTED, PERSON, REPORT, SETTINGS, VOID, page

TYPE = "/applications/settings_by_channel_custom_type/{custom_type}"
REPORTED = {"report_category": "spam", "reporting_user_id": "bob", "report_description": "again"}
ABOUT_MESSAGE = "/report/group_channels/{channel_url}/messages/{message_id}"

REPORTS = (
    op(f"POST {ABOUT_MESSAGE}", REPORT, body=REPORTED | {"offending_user_id": "ann"}),
    op(f"GET {ABOUT_MESSAGE}", page("report_logs", REPORT)),
    op(
        "POST /report/users/{offending_user_id}",
        REPORT,
        body=REPORTED | {"channel_type": "group_channels", "channel_url": "kitchen"},
        offending_user_id="ann",
    ),
    op("GET /report/users/{offending_user_id}", page("report_logs", REPORT), offending_user_id="ann"),
    op("POST /report/group_channels/{channel_url}", REPORT, body=REPORTED),
    op("GET /report/group_channels/{channel_url}", page("report_logs", REPORT)),
    op("GET /report", page("report_logs", REPORT), query="start_ts=0&end_ts=9007199254740991"),
)

SETTINGS_OF = (
    op("GET /applications/settings_global", SETTINGS),
    op("PUT /applications/settings_global", SETTINGS, body={"message_retention_hours": -1}),
    op(
        "POST /applications/settings_by_channel_custom_type",
        SETTINGS | {"custom_type": str},
        body={"custom_type": "team", "display_past_message": True},
    ),
    op(
        "GET /applications/settings_by_channel_custom_type",
        page("channel_custom_type_settings", {"custom_type": str}),
    ),
    op(f"GET {TYPE}", SETTINGS | {"custom_type": str}),
    op(f"PUT {TYPE}", SETTINGS | {"custom_type": str}, body={"message_retention_hours": -1}),
    op(f"POST {TYPE}/ban", VOID, body={"banned_list": [{"user_id": "carl", "seconds": 60}], "on_demand_upsert": True}),
    op(f"GET {TYPE}/ban", page("banned_list", BAN)),
    op(f"DELETE {TYPE}/ban", VOID, query="user_ids=carl"),
    op(f"POST {TYPE}/mute", VOID, body={"user_ids": ["carl"], "seconds": 60, "on_demand_upsert": True}),
    op(f"GET {TYPE}/mute", page("muted_list", MUTED)),
    op(f"DELETE {TYPE}/mute", VOID, query="user_ids=carl"),
    op(f"POST {TYPE}/operators", VOID, body={"operator_ids": ["bob"], "on_demand_upsert": True}),
    op(f"GET {TYPE}/operators", page("operators", PERSON)),
    op(f"DELETE {TYPE}/operators", VOID, query="operator_ids=bob"),
    op(f"DELETE {TYPE}", VOID),
)

FILTERED = (
    op(
        "PUT /applications/settings_global",
        SETTINGS,
        body={"profanity_filter": {"type": 1, "keywords": "slug"}},
    ),
    op(
        "POST /group_channels/{channel_url}/messages",
        MESSAGE,
        body={"message_type": "MESG", "user_id": "ann", "message": "slug", "apply_filters": True},
        keep={"filtered": "message_id"},
    ),
    op(
        "GET /report/group_channels/{channel_url}/profanity_messages",
        {"messages": [MESSAGE]},
        query="message_ts=9007199254740991",
    ),
    op("GET /report/group_channels/{channel_url}/profanity_messages/{message_id}", MESSAGE, message_id="$filtered"),
)
