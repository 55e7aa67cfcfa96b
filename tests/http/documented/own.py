"""Operations that are chatd's own, or older names of others: called as the documented ones are, and in no table."""

from __future__ import annotations

from tests.domain.notifying import service_account
from tests.http.documented.operation import op
from tests.http.documented.shapes import GDPR, MESSAGE, OPEN_CHANNEL, SCHEDULED, VOID, page

PUSH_KEYS = {"push_configurations": [{"id": str, "push_type": str, "created_at": int, "private_key": str}]}

OWN = (
    op(
        "GET /statistics/range",
        {"metrics": [{"metric_type": str, "values": [{"date": str, "value": int}]}]},
        query="start_date=2026-01-01&end_date=2026-01-31&metrics=active_users,messages&segments=channel_type",
    ),
    op(
        "GET /statistics/retention",
        {"cohorts": [{"date": str, "users": int, "active": [int]}]},
        query="start_date=2026-01-01&end_date=2026-01-31",
    ),
    op("GET /statistics/top", {"top": [dict]}, query="kind=channels"),
    op("GET /users/{user_id}/connections", {"connections": [dict]}),
    op("DELETE /users/{user_id}/connections", {"closed": int}),
    op(
        "GET /group_channels/{channel_url}/messages/changelogs",
        {"updated": [MESSAGE], "deleted": [int], "has_more": bool, "next": str},
        query="change_ts=0&limit=100",
    ),
    op("POST /open_channels", OPEN_CHANNEL, body={"channel_url": "lobby"}),
    op(
        "GET /open_channels/{channel_url}/messages/changelogs",
        {"updated": [MESSAGE]},
        query="change_ts=0",
        channel_url="lobby",
    ),
    op(
        "GET /users/{user_id}/my_group_channels/changelogs",
        {"updated": [dict], "deleted": [str], "has_more": bool, "next": str},
        query="change_ts=0",
        user_id="bob",
    ),
    op("GET /group_channels/{channel_url}/pinned_messages", {"pinned_messages": [dict]}),
    op("GET /users/{user_id}/unread_count", {"unread_count": int}),
    op(
        "POST /group_channels/{channel_url}/scheduled_messages",
        SCHEDULED,
        body={"user_id": "ann", "message": "Later", "scheduled_at": "#later"},
        keep={"scheduled_message_id": "scheduled_message_id"},
    ),
    op(
        "POST /group_channels/{channel_url}/scheduled_messages/{scheduled_message_id}",
        SCHEDULED,
        body={"message": "Even later"},
    ),
    op("GET /users/{user_id}/presence_preference", {"visible_to": str}),
    op("PUT /users/{user_id}/presence_preference", {"visible_to": str}, body={"visible_to": "everybody"}),
    op("PUT /users/{user_id}/status", {"text": str, "emoji": str, "expires_at": int}, body={"text": "Lunch"}),
    op("GET /applications/settings/reactions", {"reactions": bool, "only_known_emojis": bool}),
    op("PUT /applications/settings/user_discovery", {"is_allowed": bool}, body={"is_allowed": True}),
    op("GET /applications/settings/user_discovery", {"is_allowed": bool}),
    op("PUT /applications/permissions", {"permissions": {"invite": bool}}, body={"permissions": {"invite": False}}),
    op("GET /applications/permissions", {"permissions": {"invite": bool}}),
    op("GET /audit_logs", page("acts", dict), query="kind=channel.deleted&limit=5"),
    op("PUT /applications/settings/webhook", {"webhook": dict}, body={"url": "http://127.0.0.1:9/"}),
    op("POST /applications/settings/webhook/test", VOID),
    op("GET /applications/settings/webhook/attempts", {"attempts": [dict]}, query="limit=5"),
    op("GET /applications/settings/webhook/failed", page("failed", dict)),
    op("POST /applications/settings/webhook/failed/resend", {"handled": int}),
    op("DELETE /applications/settings/webhook/failed", {"handled": int}),
    op("POST /users/{user_id}/push/{token_type}", dict, body={"token": "http://127.0.0.1:9/"}, token_type="http"),
    op("POST /applications/push/test", {"handled": int}, body={"user_id": "ann"}),
    op("GET /applications/push/attempts", {"attempts": [dict]}, query="limit=5"),
    op("POST /applications/push_configurations/web", {"public_key": str}),
    op("PUT /applications/push_configurations/fcm", PUSH_KEYS, body={"service_account": service_account()}),
    op("GET /applications/push_configurations/{push_type}", PUSH_KEYS, push_type="fcm"),
    op("DELETE /applications/push_configurations/{push_type}", {"push_configurations": [dict]}, push_type="fcm"),
    op(
        "POST /group_channels/{channel_url}/incoming_webhooks",
        {"webhook_id": str, "token": str, "path": str},
        body={"name": "CI"},
        keep={"webhook_id": "webhook_id"},
    ),
    op("GET /group_channels/{channel_url}/incoming_webhooks", {"incoming_webhooks": [dict]}),
    op("DELETE /group_channels/{channel_url}/incoming_webhooks/{webhook_id}", VOID, webhook_id="$webhook_id"),
    op("POST /slash_commands", {"secret": str}, body={"name": "dice", "url": "https://example.org/dice"}),
    op("GET /slash_commands", {"slash_commands": [dict]}),
    op("DELETE /slash_commands/{name}", VOID, name="dice"),
    op("POST /privacy/gdpr", GDPR, body={"action": "access", "user_id": "ann"}),
    op("POST /users/{user_id}/erase", GDPR, user_id="bob"),
)

# In tests/gateway/test_devices.py, and in tests/domain: test_reports.py and test_permitting.py.
ELSEWHERE = frozenset(
    {
        "DELETE /users/{user_id}/connections/{client_id}",
        "GET /group_channels/{channel_url}/permissions",
        "PUT /group_channels/{channel_url}/permissions",
        "GET /open_channels/{channel_url}/permissions",
        "PUT /open_channels/{channel_url}/permissions",
        "GET /report/{report_id}",
        "PUT /report/{report_id}",
        "GET /report/open_channels/{channel_url}",
        "POST /report/open_channels/{channel_url}",
        "GET /report/open_channels/{channel_url}/messages/{message_id}",
        "GET /report/open_channels/{channel_url}/profanity_messages",
        "GET /report/open_channels/{channel_url}/profanity_messages/{message_id}",
        "POST /report/open_channels/{channel_url}/messages/{message_id}",
    }
)
