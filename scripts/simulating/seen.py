"""What of a resource a client keeps: without what changes by itself, and with users by their ids.

What people are called is told to themselves only, links to files change from day to day, and roles that a message
shows of its sender are those of the moment.
"""

from __future__ import annotations

from typing import Any

Resource = dict[str, Any]

# Of a channel: what follows from its messages and members, and what is kept of them apart.
_DERIVED = {
    "last_message",
    "latest_pinned_message",
    "pinned_message_ids",
    "members",
    "operators",
    "metadata",
    "read_receipt",
    "member_count",
    "joined_member_count",
    "unread_message_count",
    "unread_mention_count",
    "is_created",
    "channel",
}
# Of a channel as one of its members sees it.
OWN = {
    "member_state",
    "hidden_state",
    "is_hidden",
    "is_muted",
    "is_push_enabled",
    "count_preference",
    "push_trigger_option",
    "ts_message_offset",
}
_OF_MEMBERS = {"my_role", "joined_ts", "user_last_read"}
_OF_USERS = {"nickname", "profile_url", "require_auth_for_profile_image", "metadata", "is_active"}
_OF_MOMENT = {"is_op_msg", "message_survival_seconds", "message_retention_hour", "reactions", "thread_info"}


def channel_seen(resource: Resource) -> Resource:
    """A channel as all of its members see it."""
    kept = _without(resource, _DERIVED | OWN | _OF_MEMBERS)
    return kept | {"created_by": _user_id(resource["created_by"])}


def own_seen(resource: Resource) -> Resource:
    """What a channel is for one of its members."""
    return {name: value for name, value in resource.items() if name in OWN}


def member_seen(resource: Resource) -> Resource:
    """A member of a channel."""
    seen = _without(resource, _OF_USERS | {"user_id", "is_online", "last_seen_at"})
    return (
        seen if seen["state"] == "invited" else dict.fromkeys(("read_ts", "delivered_ts"), resource["joined_ts"]) | seen
    )


def message_seen(resource: Resource) -> Resource:
    """What was written in a message, as it was told or loaded."""
    seen = _without(resource, _OF_MOMENT | {"user", "files", "thumbnails"})
    seen["user"] = _user_id(resource.get("user"))
    seen["mentioned_users"] = [user["user_id"] for user in resource["mentioned_users"]]
    seen["forwarded_from"] = _user_id(resource.get("forwarded_from"))
    seen["sorted_metaarray"] = resource.get("sorted_metaarray", [])
    seen["file"] = _file_seen(resource["file"])
    seen["files"] = [_file_seen(file) for file in resource.get("files", [])]
    seen["thumbnails"] = [_file_seen(each) for each in resource.get("thumbnails", [])]
    return seen


def thread_seen(resource: Resource) -> Resource:
    """A thread under a message."""
    repliers = sorted(user["user_id"] for user in resource["most_replies"])
    return {key: resource[key] for key in ("reply_count", "last_replied_at")} | {"most_replies": repliers}


def scheduled_seen(resource: Resource) -> Resource:
    """A message that is to be sent. Its channel may go before it does."""
    seen = _without(resource, {"channel_url", "channel_type", "updated_at", "reason"})
    return seen | {"mentioned_users": [user["user_id"] for user in resource["mentioned_users"]]}


def user_seen(resource: Resource) -> Resource:
    """Oneself."""
    return _without(resource, {"unread_message_count", "unread_channel_count", "is_online", "last_seen_at"})


def _user_id(user: Resource | None) -> str | None:
    return user["user_id"] if user else None


def _file_seen(file: Resource) -> Resource:
    links = {name: file[name].partition("?")[0] for name in ("url", "plain_url") if name in file}
    thumbnails = [_file_seen(each) for each in file.get("thumbnails", [])]
    return file | links | ({"thumbnails": thumbnails} if thumbnails else {})


def _without(resource: Resource, names: set[str]) -> Resource:
    return {name: value for name, value in resource.items() if name not in names}
