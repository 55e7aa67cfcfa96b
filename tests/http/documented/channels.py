"""Channels of both kinds, who is in them, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.http.documented.operation import Operation, op
from tests.http.documented.shapes import (
    BAN,
    BASIC_USER,
    GROUP_CHANNEL,
    MAP,
    MEMBER,
    MUTE,
    MUTED,
    OPEN_CHANNEL,
    PERSON,
    VOID,
    WHOLE_CHANNEL,
    page,
)

ROOM = {"channel_url": "room"}

GROUP = (
    op(
        "POST /group_channels",
        WHOLE_CHANNEL,
        body={"user_ids": ["ann", "bob"], "channel_url": "room", "is_public": True, "custom_type": "team", "name": "R"},
    ),
    op(
        "GET /group_channels",
        page("channels", GROUP_CHANNEL, ts=int),
        query="show_empty=True&custom_types=team&distinct_mode=all&order=chronological&show_frozen=True",
    ),
    op(
        "GET /group_channels/{channel_url}",
        GROUP_CHANNEL | {"members": [MEMBER], "read_receipt": MAP(int), "delivery_receipt": MAP(int)},
        query="show_member=True&show_read_receipt=True&show_delivery_receipt=True",
    ),
    op("PUT /group_channels/{channel_url}", WHOLE_CHANNEL, body={"name": "Room", "data": "x"}, **ROOM),
    op("PUT /group_channels/{channel_url}/join", GROUP_CHANNEL, body={"user_id": "carl"}, **ROOM),
    op("GET /group_channels/{channel_url}/members", page("members", MEMBER), query="show_read_receipt=True", **ROOM),
    op("GET /group_channels/{channel_url}/members/{user_id}", {"is_member": bool, "state": str}, **ROOM),
    op("PUT /group_channels/{channel_url}/leave", VOID, body={"user_ids": ["carl"]}, **ROOM),
    op(
        "POST /group_channels/{channel_url}/invite",
        WHOLE_CHANNEL,
        body={"user_ids": ["carl"], "invitation_status": {"carl": "invited_by_non_friend"}},
        **ROOM,
    ),
    op("PUT /group_channels/{channel_url}/accept", GROUP_CHANNEL, body={"user_id": "carl"}, **ROOM),
    op("PUT /group_channels/{channel_url}/leave", VOID, body={"user_ids": ["carl"], "reason": "ADMIN_REMOVED"}, **ROOM),
    op(
        "POST /group_channels/{channel_url}/invite",
        WHOLE_CHANNEL,
        body={"users": [{"user_id": "carl"}], "invitation_status": {"carl": "invited_by_friend"}},
        **ROOM,
    ),
    op("PUT /group_channels/{channel_url}/decline", VOID, body={"user_id": "carl"}, **ROOM),
    op("PUT /group_channels/{channel_url}/hide", VOID, body={"user_id": "ann", "allow_auto_unhide": False}, **ROOM),
    op("DELETE /group_channels/{channel_url}/hide", VOID, query="user_id=ann", **ROOM),
    op(
        "PUT /group_channels/{channel_url}/reset_user_history",
        {"ts_message_offset": int},
        body={"user_id": "bob"},
        **ROOM,
    ),
    op("POST /group_channels/{channel_url}/operators", VOID, body={"operator_ids": ["ann", "bob"]}, **ROOM),
    op("GET /group_channels/{channel_url}/operators", page("operators", PERSON), **ROOM),
    op("DELETE /group_channels/{channel_url}/operators", VOID, query="operator_ids=ann%2Cbob", **ROOM),
    op("POST /group_channels/{channel_url}/typing", VOID, body={"user_ids": ["ann"]}),
    op("DELETE /group_channels/{channel_url}/typing", VOID, body={"user_ids": ["ann"]}),
    op("GET /applications/default_channel_invitation_preference", {"auto_accept": bool}),
    op("PUT /applications/default_channel_invitation_preference", {"auto_accept": bool}, body={"auto_accept": True}),
)

OPEN = (
    op("POST /open_channels", OPEN_CHANNEL, body={"channel_url": "hall", "name": "Hall", "operator_ids": ["ann"]}),
    op("GET /open_channels", page("channels", OPEN_CHANNEL, ts=int), query="url_contains=ha&show_frozen=True"),
    op(
        "GET /open_channels/{channel_url}",
        OPEN_CHANNEL | {"operators": [BASIC_USER]},
        query="include_operators=True",
        channel_url="hall",
    ),
    op("PUT /open_channels/{channel_url}", OPEN_CHANNEL, body={"name": "The hall"}, channel_url="hall"),
    op("GET /open_channels/{channel_url}/participants", page("participants", BASIC_USER), channel_url="hall"),
    op("POST /open_channels/{channel_url}/operators", VOID, body={"operator_ids": ["bob"]}, channel_url="hall"),
    op("GET /open_channels/{channel_url}/operators", page("operators", PERSON), channel_url="hall"),
    op("DELETE /open_channels/{channel_url}/operators", VOID, query="delete_all=true", channel_url="hall"),
)


def _said(kind: str, url: str) -> Iterator[Operation]:
    """Metadata and counters."""
    path, at = f"/{kind}/{{channel_url}}", {"channel_url": url}
    yield op(f"POST {path}/metadata", MAP(str), body={"metadata": {"color": "red"}}, **at)
    yield op(f"GET {path}/metadata", MAP(str), query="keys=color", **at)
    yield op(f"PUT {path}/metadata", MAP(str), body={"metadata": {"color": "blue"}, "upsert": True}, **at)
    yield op(f"GET {path}/metadata/{{key}}", {"color": str}, **at)
    yield op(f"PUT {path}/metadata/{{key}}", {"color": str}, body={"value": "green"}, **at)
    yield op(f"DELETE {path}/metadata/{{key}}", VOID, **at)
    yield op(f"DELETE {path}/metadata", VOID, **at)
    yield op(f"POST {path}/metacounter", MAP(int), body={"metacounter": {"color": 1}}, **at)
    yield op(f"GET {path}/metacounter", MAP(int), query="key=color", **at)
    counted = {"metacounter": {"color": 2}, "mode": "increase"}
    yield op(f"PUT {path}/metacounter", MAP(int), body=counted, **at)
    yield op(f"GET {path}/metacounter/{{key}}", {"color": int}, **at)
    yield op(f"PUT {path}/metacounter/{{key}}", {"color": int}, body={"value": 2, "mode": "decrease"}, **at)
    yield op(f"DELETE {path}/metacounter/{{key}}", VOID, **at)
    yield op(f"DELETE {path}/metacounter", VOID, **at)


def _moderated(kind: str, url: str) -> Iterator[Operation]:
    """Bans, mutes, freezing."""
    path, at = f"/{kind}/{{channel_url}}", {"channel_url": url}
    channel = GROUP_CHANNEL if kind == "group_channels" else OPEN_CHANNEL
    yield op(f"PUT {path}/freeze", channel, body={"freeze": True}, **at)
    yield op(f"PUT {path}/freeze", channel, body={"freeze": False}, **at)
    mute = {"user_id": "bob", "seconds": 60, "description": "noise"}
    yield op(f"POST {path}/mute", channel, body=mute, **at)
    yield op(
        f"GET {path}/mute", page("muted_list", MUTED, total_mute_count=int), query="show_total_mute_count=true", **at
    )
    yield op(f"GET {path}/mute/{{user_id}}", MUTE, user_id="bob", **at)
    yield op(f"DELETE {path}/mute/{{user_id}}", VOID, user_id="bob", **at)
    ban = {"user_id": "bob", "seconds": 60, "description": "noise"}
    yield op(f"POST {path}/ban", BAN, body=ban, **at)
    yield op(f"GET {path}/ban", page("banned_list", BAN, total_ban_count=int), query="show_total_ban_count=true", **at)
    yield op(f"GET {path}/ban/{{user_id}}", BAN, user_id="bob", **at)
    yield op(f"PUT {path}/ban/{{user_id}}", BAN, body={"seconds": -1}, user_id="bob", **at)
    yield op(f"DELETE {path}/ban/{{user_id}}", VOID, user_id="bob", **at)


SAID = (*_said("group_channels", "room"), *_said("open_channels", "hall"))
MODERATED = (
    *_moderated("group_channels", "room"),
    *_moderated("open_channels", "hall"),
    op("GET /users/{user_id}/ban", page("banned_channels", {"channel": dict, "start_at": int, "end_at": int})),
    op("GET /users/{user_id}/mute", page("muted_channels", {"channel_url": str, "start_at": int, "end_at": int})),
)

LAST = (
    op("DELETE /group_channels/{channel_url}", VOID, **ROOM),
    op("DELETE /open_channels/{channel_url}", VOID, channel_url="hall"),
)
