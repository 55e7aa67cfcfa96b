"""Users and what is theirs."""

from __future__ import annotations

from tests.http.documented.operation import op
from tests.http.documented.shapes import (
    CHANNEL_PUSH,
    MAP,
    OWN_CHANNEL,
    PERSON,
    PUSH_PREFERENCE,
    TOKENS,
    USER,
    VOID,
    page,
)

COUNT = {"unread_count": int}
ITEMS = MAP(str)
OWN = "/users/{user_id}"

USERS = (
    op("POST /users", USER, body={"user_id": "carl", "nickname": "Carl", "profile_url": ""}),
    op("GET /users", page("users", PERSON), query="limit=2&active_mode=activated&show_bot=True"),
    op("GET /users/{user_id}", USER, query="include_unread_count=True"),
    op("PUT /users/{user_id}", USER, body={"nickname": "Annie", "preferred_languages": ["en"]}),
    op("POST /users/{user_id}/token", {"token": str, "expires_at": int}, body={"expires_at": 2**42}),
    op("DELETE /users/{user_id}/token", VOID),
    op("GET /users/{user_id}/channel_invitation_preference", {"auto_accept": bool}),
    op("PUT /users/{user_id}/channel_invitation_preference", {"auto_accept": bool}, body={"auto_accept": True}),
    op(
        "GET /users/{user_id}/my_group_channels",
        page("channels", OWN_CHANNEL, ts=int),
        query="show_empty=True&show_member=True&hidden_mode=all&member_state_filter=joined_only&unread_filter=all",
    ),
    op("PUT /users/{user_id}/mark_as_read_all", VOID, body={"channel_urls": ["kitchen"]}),
    op("GET /users/{user_id}/unread_message_count", COUNT, query="custom_types=a,b&super_mode=all"),
    op("GET /users/{user_id}/unread_channel_count", COUNT, query="super_mode=nonsuper"),
    op(
        "GET /users/{user_id}/unread_item_count",
        {"group_channel_unread_message_count": int, "group_channel_invitation_count": int},
        query="item_keys=group_channel_unread_message_count,group_channel_invitation_count",
    ),
    op("GET /users/{user_id}/group_channel_count", {"group_channel_count": int}, query="state=joined"),
    op("GET /users/{user_id}/count_preference/{channel_url}", {"count_preference": str}),
    op(
        "PUT /users/{user_id}/count_preference/{channel_url}",
        {"count_preference": str},
        body={"count_preference": "all"},
    ),
    op("POST /users/{user_id}/operating_channel_custom_types", VOID, body={"channel_custom_types": ["team"]}),
    op("POST /users/{user_id}/banned_channel_custom_types", VOID, body={"channel_custom_types": ["x"]}, user_id="carl"),
    op("POST /users/{user_id}/muted_channel_custom_types", VOID, body={"channel_custom_types": ["x"]}, user_id="carl"),
)

METADATA = (
    op("POST /users/{user_id}/metadata", ITEMS, body={"metadata": {"color": "red", "size": "s"}}),
    op("GET /users/{user_id}/metadata", ITEMS, query="keys=color"),
    op("PUT /users/{user_id}/metadata", ITEMS, body={"metadata": {"color": "blue"}, "upsert": True}),
    op("GET /users/{user_id}/metadata/{key}", {"color": str}),
    op("PUT /users/{user_id}/metadata/{key}", {"color": str}, body={"value": "green", "upsert": False}),
    op("DELETE /users/{user_id}/metadata/{key}", VOID),
    op("DELETE /users/{user_id}/metadata", VOID),
)

BLOCKING = (
    op("POST /users/{user_id}/block", PERSON, body={"target_id": "carl"}),
    op("GET /users/{user_id}/block", page("users", PERSON), query="list=blocked_by_me"),
    op("DELETE /users/{user_id}/block/{target_id}", VOID, target_id="carl"),
)

PUSH = (
    op(
        "POST /users/{user_id}/push/{token_type}",
        {"token": str, "type": str, "user": {"user_id": str}},
        body={"gcm_reg_token": "push-1"},
    ),
    op("GET /users/{user_id}/push/{token_type}", TOKENS),
    op("GET /push/device_tokens/{token_type}/{token}", [{"user_id": str}]),
    op("DELETE /push/device_tokens/{token_type}/{token}", [{"user_id": str}]),
    op("DELETE /users/{user_id}/push/{token_type}/{token}", {"token?": [str], "user": {"user_id": str}}),
    op("DELETE /users/{user_id}/push", {"user": {"user_id": str}}),
    op("GET /users/{user_id}/push_preference", PUSH_PREFERENCE),
    op(
        "PUT /users/{user_id}/push_preference",
        PUSH_PREFERENCE,
        body={"push_trigger_option": "mention_only", "do_not_disturb": True, "start_hour": 22, "end_hour": 7},
    ),
    op("DELETE /users/{user_id}/push_preference", PUSH_PREFERENCE),
    op("GET /users/{user_id}/push_preference/{channel_url}", CHANNEL_PUSH),
    op(
        "PUT /users/{user_id}/push_preference/{channel_url}",
        CHANNEL_PUSH,
        body={"push_trigger_option": "all"},
    ),
    op("PUT /users/{user_id}/push/template", {"name": str}, body={"name": "default"}),
)

# These end what the others need.
LAST = (
    op("PUT /users/{user_id}/my_group_channels/leave", VOID, body={"custom_type": "team"}),
    op("DELETE /users/{user_id}", VOID, user_id="carl"),
)
