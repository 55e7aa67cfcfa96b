"""What the documented answers of the Platform API look like: names and types of fields.

A name that ends in `?` may be absent. A type is a class, a set of allowed ones, a list with the type of its items, a
dict of fields, or ANY. `MAP(type)` is an object with any keys.
"""

from __future__ import annotations

from typing import Any, NamedTuple

ANY: Any = object()


class MAP(NamedTuple):
    """An object with any keys."""

    values: Any


def problems(value: Any, shape: Any, where: str = "") -> list[str]:
    """What is different about a value."""
    if shape is ANY:
        return []
    if isinstance(shape, set):
        found = [problems(value, each, where) for each in shape]
        return [] if [] in found else found[0]
    if isinstance(shape, type | type(None)):
        kind = type(None) if shape is None else shape
        return [] if type(value) is kind else [f"{where or 'it'} is {value!r}, no {kind.__name__}"]
    return _structure_problems(value, shape, where)


def _structure_problems(value: Any, shape: Any, where: str) -> list[str]:
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where or 'it'} is no list"]
        return [each for n, item in enumerate(value) for each in problems(item, shape[0], f"{where}[{n}]")]
    if not isinstance(value, dict):
        return [f"{where or 'it'} is no object"]
    if isinstance(shape, MAP):
        return [each for key, item in value.items() for each in problems(item, shape.values, f"{where}.{key}")]
    found = []
    for name, kind in shape.items():
        key = name.removesuffix("?")
        if key in value:
            found += problems(value[key], kind, f"{where}.{key}")
        elif key == name:
            found.append(f"{where}.{key} is missing")
    return found


VOID: dict[str, Any] = {}

BASIC_USER = {
    "user_id": str,
    "nickname": str,
    "profile_url": str,
    "require_auth_for_profile_image": bool,
    "metadata": MAP(str),
    "is_active?": bool,
    "role?": str,
}
PERSON = {
    "user_id": str,
    "nickname": str,
    "profile_url": str,
    "require_auth_for_profile_image": bool,
    "metadata": MAP(str),
    "is_active": bool,
    "is_online": bool,
    "last_seen_at": int,
}
USER = PERSON | {
    "access_token": str,
    "has_ever_logged_in": bool,
    "created_at": int,
    "discovery_keys": [str],
    "preferred_languages": [str],
    "locale": str,
    "phone_number": str,
    "is_hide_me_from_friends": bool,
    "is_shadow_blocked": bool,
    "is_created": bool,
    "unread_channel_count?": int,
    "unread_message_count?": int,
}
MEMBER = PERSON | {
    "state": str,
    "role": str,
    "is_muted": bool,
    "muted_end_at": int,
    "muted_description": str,
    "read_ts?": int,
    "delivered_ts?": int,
    "push_enabled?": bool,
    "push_trigger_option?": str,
    "do_not_disturb?": bool,
    "is_blocking_me?": bool,
    "is_blocked_by_me?": bool,
}
FILE = {"url": str, "name": str, "type": str, "size": int, "data": str}
THUMBNAIL = {"url": str, "plain_url": str, "width": int, "height": int, "real_width": int, "real_height": int}
OPTION = {
    "id": int,
    "poll_id": int,
    "text": str,
    "vote_count": int,
    "created_by": str,
    "created_at": int,
    "updated_at": int,
    "partial_voter_list?": [BASIC_USER],
}
POLL_SUMMARY = {
    "id": int,
    "title": str,
    "status": str,
    "close_at": int,
    "created_at": int,
    "updated_at": int,
    "message_id?": int,
}
POLL = POLL_SUMMARY | {
    "data": dict,
    "allow_user_suggestion": bool,
    "allow_multiple_votes": bool,
    "is_anonymous?": bool,
    "voter_count": int,
    "created_by": str,
    "options": [OPTION],
}
THREAD_INFO = {"reply_count": int, "most_replies": [BASIC_USER], "last_replied_at": int, "updated_at": int}
REACTION = {"key": str, "user_ids": [str], "updated_at": int}
META = {"key": str, "value": [str]}
MESSAGE = {
    "message_id": int,
    "type": str,
    "channel_url": str,
    "channel_type": str,
    "user?": BASIC_USER,
    "message": str,
    "data": str,
    "custom_type": str,
    "created_at": int,
    "updated_at": int,
    "mention_type": str,
    "mentioned_users": [BASIC_USER],
    "is_removed": bool,
    "is_op_msg": bool,
    "silent": bool,
    "translations": MAP(str),
    "file": dict,
    "message_survival_seconds": int,
    "message_retention_hour": int,
    "message_events": {
        "send_push_notification": str,
        "update_unread_count": bool,
        "update_mention_count": bool,
        "update_last_message": bool,
    },
    "sorted_metaarray?": [META],
    "reactions?": [REACTION],
    "thread_info?": {"reply_count?": int, "most_replies?": [BASIC_USER]},
    "parent_message_id?": int,
    "parent_message_info?": {"type": str, "ts": int, "user?": BASIC_USER},
    "is_reply_to_channel?": bool,
    "thumbnails?": [THUMBNAIL],
    "poll?": POLL_SUMMARY,
}
GROUP_CHANNEL = {
    "channel_url": str,
    "id": int,
    "name": str,
    "cover_url": str,
    "custom_type": str,
    "data": str,
    "created_at": int,
    "created_by": ANY,
    "is_distinct": bool,
    "is_public": bool,
    "is_super": bool,
    "is_ephemeral": bool,
    "is_broadcast": bool,
    "is_discoverable": bool,
    "is_access_code_required": bool,
    "freeze": bool,
    "ignore_profanity_filter": bool,
    "is_created": bool,
    "member_count": int,
    "joined_member_count": int,
    "unread_message_count": int,
    "unread_mention_count": int,
    "max_length_message": int,
    "message_survival_seconds": int,
    "disappearing_message": {"is_triggered_by_message_read": bool, "message_survival_seconds": int},
    "sms_fallback": {"wait_seconds": int, "exclude_user_ids": [str]},
    "last_message": ANY,
    "channel": {
        "name": str,
        "channel_url": str,
        "cover_url": str,
        "data": str,
        "custom_type": str,
        "created_at": int,
        "member_count": int,
        "max_length_message": int,
    },
}
WHOLE_CHANNEL = GROUP_CHANNEL | {"members": [MEMBER], "operators": [BASIC_USER]}
OWN_CHANNEL = GROUP_CHANNEL | {
    "member_state": str,
    "my_role": str,
    "hidden_state": str,
    "is_hidden": bool,
    "is_muted": bool,
    "is_push_enabled": bool,
    "count_preference": str,
    "push_trigger_option": str,
    "invited_at?": int,
    "inviter?": ANY,
    "joined_ts?": ANY,
    "user_last_read": int,
    "ts_message_offset": int,
}
OPEN_CHANNEL = {
    "channel_url": str,
    "name": str,
    "cover_url": str,
    "data": str,
    "custom_type": str,
    "created_at": int,
    "participant_count": int,
    "max_length_message": int,
    "is_ephemeral": bool,
    "is_dynamic_partitioned": bool,
    "freeze": bool,
    "operators?": [BASIC_USER],
}
SCHEDULED = {
    "scheduled_message_id": int,
    "type": str,
    "message": str,
    "channel_url": str,
    "sender_id": str,
    "scheduled_status": str,
    "scheduled_at": int,
    "created_at": int,
    "sent_at": int,
    "custom_type": str,
    "data": str,
    "send_push": bool,
    "mention_type": str,
    "mentioned_users": [BASIC_USER],
    "is_silent": bool,
    "mark_as_read": bool,
    "sorted_metaarray": [META],
}
BAN = {"user": BASIC_USER, "start_at": int, "end_at": int, "description": str}
MUTE = {"is_muted": bool, "remaining_duration": int, "start_at": int, "end_at": int, "description": str}
MUTED = {"user_id": str, "nickname": str, "remaining_duration": int, "start_at?": int, "end_at?": int}
BOT = {
    "bot": {
        "bot_userid": str,
        "bot_nickname": str,
        "bot_profile_url": str,
        "bot_type": str,
        "bot_token": str,
        "bot_metadata": dict,
        "bot_require_auth_for_profile_image": bool,
    },
    "bot_callback_url": str,
    "is_privacy_mode": bool,
    "enable_mark_as_read": bool,
    "show_member": bool,
    "channel_invitation_preference": int,
    "created_at": int,
}
PUSH_PREFERENCE = {
    "push_trigger_option": str,
    "do_not_disturb": bool,
    "start_hour": int,
    "start_min": int,
    "end_hour": int,
    "end_min": int,
    "snooze_enabled": bool,
    "snooze_start_ts": int,
    "snooze_end_ts": int,
    "block_push_from_bots": bool,
    "timezone": str,
    "push_sound": str,
}
CHANNEL_PUSH = {"push_trigger_option": str, "push_sound": str, "enable": bool}
REPORT = {
    "report_type": str,
    "report_category": str,
    "report_description": str,
    "created_at": int,
}
GDPR = {"request_id": str, "action": str, "status": str, "user_ids?": [str], "created_at": int}
EXPORT = {"request_id": str, "status": str, "format": str, "created_at": int, "start_ts": int, "end_ts": int}
ANNOUNCEMENT = {
    "unique_id": str,
    "announcement_group": str,
    "message": {"type": str, "content": str},
    "enable_push": bool,
    "target_at": str,
    "target_channel_type": str,
    "status": str,
    "scheduled_at": int,
    "end_at": int,
    "cease_at": str,
    "resume_at": str,
    "create_channel": bool,
}
TOKENS = {"token": [str], "type": str, "user": {"user_id": str}}
API_TOKEN = {"token": str, "created_at": int}
EMOJI = {"key": str, "url": str}
EMOJI_CATEGORY = {"id": int, "name": str, "url": str, "emojis": [EMOJI]}
RECEIPT = {"user_id": str, "operation": str, "success": bool, "reaction": str, "msg_id": int, "updated_at": int}
SETTINGS = {
    "domain_filter": dict,
    "profanity_filter": dict,
    "profanity_triggered_moderation": dict,
    "image_moderation": dict,
    "max_message_length": int,
    "display_past_message": bool,
    "message_retention_hours": int,
    "allow_links": bool,
    "user_messages_per_channel": int,
    "user_messages_per_channel_duration": int,
}
PUSH_CONFIGURATIONS = {"push_configurations": [{"id": str, "push_type": str, "created_at": int}]}


def page(name: str, shape: Any, **more: Any) -> dict[str, Any]:
    """A page of a list."""
    return {name: [shape], "next": str} | more
