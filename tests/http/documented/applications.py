"""What belongs to an application as a whole: settings, tokens, push credentials, statistics, exports."""

from __future__ import annotations

from tests.domain.notifying import apns_provider, service_account
from tests.http.documented.operation import op
from tests.http.documented.shapes import (
    API_TOKEN,
    EMOJI,
    EMOJI_CATEGORY,
    EXPORT,
    GDPR,
    MAP,
    PUSH_CONFIGURATIONS,
    VOID,
    page,
)

TEMPLATE = {"template_name": str, "template": MAP(str)}
TEMPLATES = {"push_message_templates": [TEMPLATE]}
AUTOMATIC = {"auto_event_message": dict}
DAYS = "time_dimension=daily&start_year=2026&start_month=1&start_day=1&end_year=2026&end_month=1&end_day=2"
WEBHOOK = {"webhook": {"enabled": bool, "url": str, "include_members": bool, "enabled_events": [str]}}
ALLOWED = {"ip_whitelist_addresses": [str]}

SETTINGS = (
    op("POST /applications/api_tokens", API_TOKEN, keep={"api_token": "token"}),
    op("GET /applications/api_tokens", {"api_tokens": [API_TOKEN]}),
    op("GET /applications/api_tokens/{api_token}", API_TOKEN, api_token="$api_token"),
    op("DELETE /applications/api_tokens/{api_token}", VOID, api_token="$api_token"),
    op("GET /applications/settings/ip_whitelist", ALLOWED),
    op("PUT /applications/settings/ip_whitelist", ALLOWED, body={"ip_whitelist_addresses": ["127.0.0.0/8"]}),
    op("DELETE /applications/settings/ip_whitelist", ALLOWED, query="ip_whitelist_addresses=127.0.0.0%2F8"),
    op("GET /applications/settings/auto_event_message", AUTOMATIC),
    op(
        "PUT /applications/settings/auto_event_message",
        AUTOMATIC,
        body={"auto_event_message": {"user_join": {"enabled": False, "message": ""}}},
    ),
    op("GET /applications/settings/webhook", WEBHOOK, query="display_all_webhook_categories=true"),
    op("PUT /applications/settings/webhook", WEBHOOK, body={"enabled": False, "enabled_events": ["*"]}),
)

EMOJIS = (
    op("PUT /applications/settings/reactions", {"reactions": bool}, body={"enabled": True}),
    op("PUT /applications/settings/use_default_emoji", {"use_default_emoji": bool}, body={"use_default_emoji": True}),
    op(
        "POST /emoji_categories",
        {"emoji_categories": [EMOJI_CATEGORY]},
        body={"emoji_categories": [{"name": "ours", "url": ""}]},
    ),
    op("GET /emoji_categories", {"emoji_hash": str, "emoji_categories": [EMOJI_CATEGORY]}),
    op("GET /emoji_categories/{category_id}", EMOJI_CATEGORY, category_id="1"),
    op("PUT /emoji_categories/{category_id}", EMOJI_CATEGORY, body={"url": "https://x.example"}, category_id="1"),
    op("POST /emojis", {"emojis": [EMOJI]}, body={"emoji_category_id": 1, "emojis": [{"key": "yo", "url": "u"}]}),
    op("GET /emojis", {"emojis": [EMOJI]}),
    op("GET /emojis/{emoji_key}", EMOJI, emoji_key="yo"),
    op("PUT /emojis/{emoji_key}", EMOJI, body={"url": "v"}, emoji_key="yo"),
    op("DELETE /emojis/{emoji_key}", VOID, emoji_key="yo"),
    op("DELETE /emoji_categories/{category_id}", VOID, category_id="1"),
)

PUSH = (
    op("GET /applications/push/settings", {"push_enabled": bool}),
    op("PUT /applications/push/settings", {"push_enabled": bool}, body={"push_enabled": True}),
    op(
        "POST /applications/push/fcm",
        PUSH_CONFIGURATIONS,
        body={"api_key": service_account(), "push_sound": "default"},
    ),
    op(
        "POST /applications/push/hms",
        PUSH_CONFIGURATIONS,
        body={"huawei_app_id": "1", "huawei_app_secret": "s", "push_sound": "default"},
    ),
    op("POST /applications/push/apns", PUSH_CONFIGURATIONS, body=apns_provider(apns_cert_env_type="production")),
    op("GET /applications/push/{push_type}", PUSH_CONFIGURATIONS, push_type="fcm"),
    op("GET /applications/push/{push_type}/{provider_id}", PUSH_CONFIGURATIONS, push_type="fcm", provider_id="1"),
    op("PUT /applications/push/fcm/{provider_id}", PUSH_CONFIGURATIONS, body={"push_sound": "bell"}, provider_id="1"),
    op("PUT /applications/push/hms/{provider_id}", PUSH_CONFIGURATIONS, body={"push_sound": "x"}, provider_id="1"),
    op("PUT /applications/push/apns/{provider_id}", PUSH_CONFIGURATIONS, body={"push_sound": "x"}, provider_id="1"),
    op("DELETE /applications/push/{push_type}/{provider_id}", PUSH_CONFIGURATIONS, push_type="fcm", provider_id="1"),
    op("DELETE /applications/push/apns/cert/{provider_id}", PUSH_CONFIGURATIONS, provider_id="1"),
    op("GET /applications/push/message_templates", TEMPLATES),
    op("GET /applications/push/message_templates/{template_name}", TEMPLATES, template_name="default"),
    op(
        "PUT /applications/push/message_templates/{template_name}",
        TEMPLATES,
        body={"template": {"MESG": "{sender_name}: {message}"}},
        template_name="default",
    ),
)

STATISTICS = (
    op("GET /applications/ccu", {"ccu": int}),
    op(
        "GET /applications/peak_connections", {"peak_connections": [{"date": str, "peak_connections": int}]}, query=DAYS
    ),
    op("GET /applications/dau", {"dau": int}, query="date=2026-01-01"),
    op("GET /applications/mau", {"mau": int}, query="date=2026-01-01"),
    op(
        "GET /statistics/metric",
        page("values", {"date": str, "value": int}, metric_type=str, segments=[str]),
        query=f"metric_type=messages&segments=channel_type&{DAYS}",
    ),
)

EXPORTS = (
    op("POST /export/{data_type}", EXPORT, body={"start_ts": 0, "end_ts": 2**42}, keep={"request_id": "request_id"}),
    op("GET /export/{data_type}", page("exported_data", EXPORT)),
    op("GET /export/{data_type}/{request_id}", EXPORT),
)

PRIVACY = (
    op(
        "POST /privacy/gdpr",
        GDPR,
        body={"action": "delete", "user_ids": ["nobody"], "channel_delete_option": "do_not_delete"},
        keep={"request_id": "request_id"},
    ),
    op("GET /privacy/gdpr", page("requests", GDPR), query="limit=5"),
    op("GET /privacy/gdpr/{request_id}", GDPR),
    op("DELETE /privacy/gdpr/{request_id}", VOID),
)
