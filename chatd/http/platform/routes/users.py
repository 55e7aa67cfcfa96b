"""Users, their sessions and connections, and what is theirs in channels."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_USER: Final = "/users/{user_id}"
_OWN: Final = f"{_USER}/my_group_channels"

# Older names of filters, which some callers still use.
LIST_NAMES: Final = {
    "custom_type": "custom_types",
    "member": "show_member",
    "read_receipt": "show_read_receipt",
    "members_in": "members_exactly_in",
}

ROUTES: Final = (
    route("GET", "/users", "users.list"),
    route("POST", "/users", "users.create"),
    route("GET", _USER, "users.view"),
    route("PUT", _USER, "users.update"),
    route("DELETE", _USER, "users.delete"),
    route("POST", f"{_USER}/erase", "users.erase"),
    route("POST", f"{_USER}/token", "sessions.issue"),
    route("DELETE", f"{_USER}/token", "sessions.revoke"),
    route("GET", f"{_USER}/block", "blocks.list"),
    route("POST", f"{_USER}/block", "blocks.add"),
    route("DELETE", f"{_USER}/block/{{target_id}}", "blocks.remove"),
    route("GET", f"{_USER}/connections", "connections.list"),
    route("DELETE", f"{_USER}/connections", "connections.cut"),
    route("DELETE", f"{_USER}/connections/{{client_id}}", "connections.cut"),
    route("GET", f"{_USER}/channel_invitation_preference", "users.view_invitation_preference"),
    route("PUT", f"{_USER}/channel_invitation_preference", "users.update_invitation_preference"),
    route("GET", _OWN, "channels.search", names=LIST_NAMES),
    route("GET", f"{_OWN}/changelogs", "channels.changes"),
    route("PUT", f"{_OWN}/leave", "channels.leave_all"),
    route("GET", f"{_USER}/group_channel_count", "channels.count", names=LIST_NAMES),
    route("PUT", f"{_USER}/mark_as_read_all", "channels.mark_all_read"),
    route("GET", f"{_USER}/unread_message_count", "users.unread_message_count"),
    route("GET", f"{_USER}/unread_count", "users.unread_message_count"),
    route("GET", f"{_USER}/unread_channel_count", "users.unread_channel_count"),
    route("GET", f"{_USER}/metadata", "user_metadata.view"),
    route("POST", f"{_USER}/metadata", "user_metadata.create"),
    route("PUT", f"{_USER}/metadata", "user_metadata.update"),
    route("DELETE", f"{_USER}/metadata", "user_metadata.delete"),
    route("GET", f"{_USER}/metadata/{{key}}", "user_metadata.view"),
    route("PUT", f"{_USER}/metadata/{{key}}", "user_metadata.update", item="metadata"),
    route("DELETE", f"{_USER}/metadata/{{key}}", "user_metadata.delete"),
    route("PUT", f"{_USER}/status", "users.set_status"),
    route("GET", f"{_USER}/presence_preference", "users.view_presence_preference"),
    route("PUT", f"{_USER}/presence_preference", "users.update_presence_preference"),
    route("GET", f"{_USER}/unread_item_count", "users.unread_item_count"),
    route("GET", f"{_USER}/count_preference/{{channel_url}}", "channels.view_count_preference"),
    route("PUT", f"{_USER}/count_preference/{{channel_url}}", "channels.update_count_preference"),
    route("GET", f"{_USER}/push_preference", "users.view_push_preference"),
    route("PUT", f"{_USER}/push_preference", "users.update_push_preference"),
    route("DELETE", f"{_USER}/push_preference", "users.reset_push_preference"),
    route("GET", f"{_USER}/push_preference/{{channel_url}}", "channels.view_push_preference"),
    route("PUT", f"{_USER}/push_preference/{{channel_url}}", "channels.update_push_preference"),
)
