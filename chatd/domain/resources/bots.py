"""Bots, as they look from outside."""

from __future__ import annotations

from chatd.domain.resources.resource import Resource
from chatd.model import Bot, User
from chatd.store import tables
from chatd.store.transaction import Transaction


def bot_resource(txn: Transaction, user: User, bot: Bot, token: str = "") -> Resource:
    """A bot; its token is shown to who has it made, and never again."""
    return {
        "bot": {
            "bot_userid": user.user_id,
            "bot_nickname": user.nickname,
            "bot_profile_url": user.profile_url,
            "bot_type": bot.bot_type,
            "bot_token": token,
            "bot_metadata": user.metadata,
            "bot_require_auth_for_profile_image": False,
        },
        "bot_callback_url": bot.callback_url,
        "is_privacy_mode": bot.is_privacy_mode,
        "enable_mark_as_read": bot.enable_mark_as_read,
        "show_member": bot.show_member,
        "channel_invitation_preference": int(txn.get(tables.INVITATION_PREFERENCES, user.number) is False),
        "created_at": user.created_at // 1000,
    }
