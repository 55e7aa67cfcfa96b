"""Messages, polls, scheduled messages."""

from __future__ import annotations

from collections.abc import Iterator

from tests.http.documented.operation import Operation, op
from tests.http.documented.shapes import (
    BASIC_USER,
    GROUP_CHANNEL,
    MESSAGE,
    META,
    OPTION,
    POLL,
    RECEIPT,
    SCHEDULED,
    VOID,
    page,
)

LATER = "#later"


def _messages(kind: str, url: str) -> Iterator[Operation]:
    path, at = f"/{kind}/{{channel_url}}/messages", {"channel_url": url}
    body = {"message_type": "MESG", "user_id": "ann", "message": "Hello", "custom_type": "a", "send_push": False}
    yield op(f"POST {path}", MESSAGE, body=body, keep={"message_id": "message_id"}, **at)
    yield op(f"POST {path}", MESSAGE, body={"message_type": "ADMM", "message": "Welcome"}, **at)
    file = {"message_type": "FILE", "user_id": "ann", "url": "https://files.example/a.png", "file_name": "a.png"}
    yield op(f"POST {path}", MESSAGE | {"file": {"url": str, "name": str}}, body=file, **at)
    listing = "message_ts=9007199254740991&message_id=0&include=True&custom_types=*&with_sorted_meta_array=True"
    yield op(f"GET {path}", {"messages": [MESSAGE]}, query=listing, **at)
    yield op(f"GET {path}/total_count", {"total": int}, **at)
    yield op(f"GET {path}/{{message_id}}", MESSAGE, query="with_sorted_meta_array=true", **at)
    yield op(f"PUT {path}/{{message_id}}", MESSAGE, body={"message_type": "MESG", "message": "Hi"}, **at)
    array = {"sorted_metaarray": [{"key": "place", "value": ["a"]}]}
    metas = {"sorted_metaarray": [META]}
    yield op(f"POST {path}/{{message_id}}/sorted_metaarray", metas, body=array, **at)
    more = {"sorted_metaarray": [{"key": "place", "value": ["b"]}], "mode": "add", "upsert": True}
    yield op(f"PUT {path}/{{message_id}}/sorted_metaarray", metas, body=more, **at)
    yield op(f"DELETE {path}/{{message_id}}/sorted_metaarray", VOID, query="keys=place", **at)
    translated = {"target_langs": ["es"]}
    yield op(f"POST {path}/{{message_id}}/translation", MESSAGE, body=translated, **at)
    if kind == "open_channels":
        yield op(f"DELETE {path}/{{message_id}}", VOID, **at)


ONE = "/group_channels/{channel_url}/messages/{message_id}"
SCHEDULE = "/group_channels/{channel_url}/scheduled_messages"
BOOK = op(
    f"POST {SCHEDULE}",
    SCHEDULED,
    body={"message_type": "MESG", "user_id": "ann", "message": "Later", "scheduled_at": LATER},
    keep={"scheduled_message_id": "scheduled_message_id"},
)

MESSAGES = (
    *_messages("open_channels", "hall"),
    *_messages("group_channels", "kitchen"),
    op(f"POST {ONE}/reactions", RECEIPT, body={"user_id": "bob", "reaction": "+1"}),
    op(f"GET {ONE}/reactions", {"+1": [str]}, query="list_users=True"),
    op(f"DELETE {ONE}/reactions", RECEIPT, query="user_id=bob&reaction=%2B1"),
    op(f"POST {ONE}/pin", GROUP_CHANNEL),
    op(f"DELETE {ONE}/pin", GROUP_CHANNEL),
    op("PUT /group_channels/{channel_url}/messages/mark_as_read", VOID, body={"user_id": "bob"}),
    op("PUT /group_channels/{channel_url}/messages/mark_as_delivered", {"ts": int}, body={"user_id": "bob"}),
    op("GET /group_channels/{channel_url}/messages/unread_count", {"unread": {"bob": int}}, query="user_ids=bob"),
    op(
        "POST /migration/{target_channel_url}",
        VOID,
        body={
            "messages": [{"user_id": "ann", "message_type": "MESG", "message": "Old", "timestamp": 1_500_000_000_000}],
            "update_read_ts": True,
        },
    ),
    op(
        "GET /search/messages",
        {"results": [MESSAGE], "total_count": int, "has_prev": bool, "has_next": bool, "next": str}
        | {"start_cursor": str, "end_cursor": str},
        query="query=hi&channel_url=kitchen&limit=5&exact_match=False",
    ),
)

POLLS = (
    op(
        "POST /polls",
        POLL,
        body={"title": "Tea?", "options": ["black", "green"], "created_by": "ann", "allow_user_suggestion": True},
        keep={"poll_id": "id"},
    ),
    op(
        "POST /group_channels/{channel_url}/messages",
        MESSAGE | {"poll": dict},
        body={"message_type": "MESG", "user_id": "ann", "message": "Vote", "poll_id": "#poll_id"},
    ),
    op("GET /polls", page("polls", POLL), query="channel_url=kitchen&channel_type=group_channels"),
    op("GET /polls/{poll_id}", POLL, query="channel_url=kitchen&show_partial_voter_list=True"),
    op("PUT /polls/{poll_id}", POLL, body={"title": "Tea or coffee?"}),
    op("POST /polls/{poll_id}/options", OPTION, body={"text": "coffee", "created_by": "bob"}),
    op("GET /polls/{poll_id}/options/{option_id}", OPTION),
    op("PUT /polls/{poll_id}/options/{option_id}", OPTION, body={"text": "Assam"}),
    op("PUT /polls/{poll_id}/vote", POLL, body={"user_id": "bob", "option_ids": [1]}),
    op(
        "GET /polls/{poll_id}/options/{option_id}/voters",
        page("voters", BASIC_USER, vote_count=int),
    ),
    op("DELETE /polls/{poll_id}/options/{option_id}", VOID, option_id="2"),
    op("PUT /polls/{poll_id}/close", POLL),
    op("DELETE /polls/{poll_id}", VOID),
)

SCHEDULED_MESSAGES = (
    BOOK,
    op("GET /scheduled_messages", page("scheduled_messages", SCHEDULED), query="status[]=pending&channel_url=kitchen"),
    op("GET /scheduled_messages/count", {"count": int}, query="status=pending"),
    op(f"GET {SCHEDULE}/{{scheduled_message_id}}", SCHEDULED),
    op(f"PUT {SCHEDULE}/{{scheduled_message_id}}", SCHEDULED, body={"message": "Even later"}),
    op(f"DELETE {SCHEDULE}/{{scheduled_message_id}}", VOID),
    BOOK,
    op(f"POST {SCHEDULE}/{{scheduled_message_id}}/send_now", VOID),
)

LAST = (op(f"DELETE {ONE}", VOID),)
