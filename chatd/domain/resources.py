"""Resources in the Platform API's shapes: what a record looks like from outside.

Times are milliseconds except `created_at` of users and channels, which are seconds, as the Platform API has it.
"""

from __future__ import annotations

from typing import Any

from chatd.domain.file_links import address
from chatd.domain.fold import current_message
from chatd.domain.lasting import retention_of
from chatd.domain.unread import unread
from chatd.model import Channel, ChannelState, File, Member, Message, User
from chatd.store import tables
from chatd.store.transaction import Transaction

Resource = dict[str, Any]

# A text longer than this many characters is refused.
MAX_MESSAGE_LENGTH = 5000


HOUR = 3600


def user_resource(user: User) -> Resource:
    """A user on its own, without presence: that is no state of the store, and an edge adds it to results."""
    return {
        "user_id": user.user_id,
        "nickname": user.nickname,
        "profile_url": user.profile_url,
        "require_auth_for_profile_image": False,
        "access_token": "",
        "has_ever_logged_in": user.has_ever_logged_in,
        "is_active": user.is_active,
        "created_at": user.created_at // 1000,
        "discovery_keys": list(user.discovery_keys),
        "preferred_languages": list(user.preferred_languages),
        "metadata": user.metadata,
        "locale": "",
        "phone_number": "",
        "is_hide_me_from_friends": False,
        "is_shadow_blocked": False,
        "is_created": True,
    }


def basic_user(user: User) -> Resource:
    """A user as mentioned inside another resource."""
    return {
        "user_id": user.user_id,
        "nickname": user.nickname,
        "profile_url": user.profile_url,
        "require_auth_for_profile_image": False,
        "metadata": user.metadata,
        "is_active": user.is_active,
    }


def member_resource(user: User, member: Member, *, show_read_receipt: bool = False) -> Resource:
    """A user as a member of a channel, without presence."""
    resource = basic_user(user)
    resource |= {
        "state": "joined",
        "role": "operator" if member.is_operator else "",
        "joined_ts": member.joined_at,
        "is_muted": False,
        "muted_end_at": -1,
        "muted_description": "",
    }
    if show_read_receipt:
        resource["read_ts"] = member.read_at
    return resource


def members_resource(txn: Transaction, channel: int, *, show_read_receipt: bool = False) -> list[Resource]:
    """All members of a channel, in the order in which they came to the application."""
    return [
        member_resource(txn.require(tables.USERS, key[1]), member, show_read_receipt=show_read_receipt)
        for key, member in txn.scan(tables.MEMBERS, channel)
    ]


def operators_resource(txn: Transaction, channel: int) -> list[Resource]:
    """The operators of a channel."""
    return [
        basic_user(txn.require(tables.USERS, key[1]))
        for key, member in txn.scan(tables.MEMBERS, channel)
        if member.is_operator
    ]


def channel_resource(txn: Transaction, channel: Channel, state: ChannelState) -> Resource:
    """A group channel as everybody sees it."""
    creator = txn.get(tables.USERS, channel.created_by) if channel.created_by else None
    last = current_message(txn, state.last_message) if state.last_message else None
    created_at = channel.created_at // 1000
    return {
        "channel_url": channel.channel_url,
        "id": channel.number,
        "name": channel.name,
        "cover_url": channel.cover_url,
        "custom_type": channel.custom_type,
        "data": channel.data,
        "created_at": created_at,
        "created_by": basic_user(creator) if creator and creator.user_id else None,
        "is_distinct": channel.is_distinct,
        "is_public": channel.is_public,
        "is_super": False,
        "is_ephemeral": False,
        "is_broadcast": False,
        "is_exclusive": False,
        "is_discoverable": channel.is_public,
        "is_access_code_required": False,
        "freeze": False,
        "ignore_profanity_filter": False,
        "is_created": True,
        "member_count": state.member_count,
        "joined_member_count": state.member_count,
        "unread_message_count": 0,
        "unread_mention_count": 0,
        "max_length_message": MAX_MESSAGE_LENGTH,
        **_survival(txn, channel),
        "sms_fallback": {"wait_seconds": -1, "exclude_user_ids": []},
        "last_message": message_resource(txn, last, channel) if last else None,
        "channel": {
            "name": channel.name,
            "channel_url": channel.channel_url,
            "cover_url": channel.cover_url,
            "data": channel.data,
            "custom_type": channel.custom_type,
            "created_at": created_at,
            "member_count": state.member_count,
            "max_length_message": MAX_MESSAGE_LENGTH,
        },
    }


def _survival(txn: Transaction, channel: Channel) -> Resource:
    """How long messages are kept, and how many."""
    retention = retention_of(txn, channel)
    return {
        "message_survival_seconds": retention.seconds,
        "message_survival_count": retention.count,
        "disappearing_message": {
            "is_triggered_by_message_read": False,
            "message_survival_seconds": retention.seconds,
        },
    }


def own_channel_resource(txn: Transaction, channel: Channel, state: ChannelState, member: Member) -> Resource:
    """A group channel as one of its members sees it."""
    resource = channel_resource(txn, channel, state)
    resource |= {
        "unread_message_count": unread(state, member),
        "member_state": "joined",
        "my_role": "operator" if member.is_operator else "none",
        "hidden_state": "unhidden",
        "is_hidden": False,
        "is_muted": False,
        "is_push_enabled": True,
        "count_preference": "all",
        "push_trigger_option": "all",
        "joined_ts": member.joined_at,
        "user_last_read": member.read_at,
        "ts_message_offset": 0,
    }
    return resource


def message_resource(txn: Transaction, message: Message, channel: Channel) -> Resource:
    """A message; an admin message has no `user`."""
    seconds = retention_of(txn, channel).seconds
    resource = {
        "message_id": message.message_id,
        "type": message_type(message),
        "channel_url": channel.channel_url,
        "channel_type": "group",
        "message": message.text,
        "data": message.data,
        "custom_type": message.custom_type,
        "created_at": message.created_at,
        "updated_at": message.updated_at,
        "mention_type": message.mention_type,
        "mentioned_users": [basic_user(txn.require(tables.USERS, number)) for number in message.mentioned],
        "is_removed": message.is_removed,
        "is_op_msg": False,
        "silent": message.is_silent,
        "translations": {},
        "file": {},
        "message_survival_seconds": seconds,
        "message_retention_hour": -1 if seconds < 0 else -(-seconds // HOUR),
        "message_events": {
            "send_push_notification": "none" if message.is_silent else "receivers",
            "update_unread_count": not message.is_silent,
            "update_mention_count": True,
            "update_last_message": not message.is_silent,
        },
    }
    if message.sender:
        resource["user"] = _sender(txn, message, resource)
    if message.req_id:
        resource["req_id"] = message.req_id
    if message.files:
        resource |= file_fields(txn, message)
    if message.parent:
        resource["parent_message_id"] = message.parent
        resource["is_reply_to_channel"] = message.is_in_channel
    return resource


def message_type(message: Message) -> str:
    """What kind of message it is."""
    if message.files:
        return "FILE"
    return "MESG" if message.sender else "ADMM"


def file_fields(txn: Transaction, message: Message) -> Resource:
    """`file` of a message with one file, `files` of one with several, neither of one without."""
    if len(message.files) == 1:
        (file,) = message.files
        return {"file": _file(txn, file) | {"name": file.name, "type": file.type, "size": file.size, "data": ""}}
    if not message.files:
        return {}
    return {
        "files": [
            _file(txn, file)
            | {"file_name": file.name, "file_type": file.type, "file_size": file.size, "thumbnails": []}
            for file in message.files
        ]
    }


def _file(txn: Transaction, file: File) -> Resource:
    return {
        "url": address(txn, file),
        "file_id": file.file_id,
        "width": file.width,
        "height": file.height,
        "require_auth": False,
    }


def _sender(txn: Transaction, message: Message, resource: Resource) -> Resource:
    member = txn.get(tables.MEMBERS, message.channel, message.sender)
    sender = basic_user(txn.require(tables.USERS, message.sender))
    is_operator = member is not None and member.is_operator
    sender["role"] = "operator" if is_operator else ""
    resource["is_op_msg"] = is_operator
    return sender
