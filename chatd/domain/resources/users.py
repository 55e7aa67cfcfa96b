"""Users, as they look from outside."""

from __future__ import annotations

from collections.abc import Iterable

from chatd.domain.resources.resource import Resource
from chatd.model import Status, User
from chatd.store import tables
from chatd.store.transaction import Transaction


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
        "status": status_resource(user.status),
        "is_bot": user.is_bot,
        "locale": "",
        "phone_number": "",
        "is_hide_me_from_friends": False,
        "is_shadow_blocked": False,
        "is_created": True,
    }


def status_resource(status: Status | None) -> Resource:
    """What a user says of the moment; empty when that is nothing."""
    if status is None:
        return {"text": "", "emoji": "", "expires_at": 0}
    return {"text": status.text, "emoji": status.emoji, "expires_at": status.expires_at}


def basic_users(txn: Transaction, numbers: Iterable[int]) -> list[Resource]:
    """Users by number, each as mentioned inside another resource."""
    return [basic_user(txn.require(tables.USERS, number)) for number in numbers]


def known_user(txn: Transaction, number: int) -> Resource | None:
    """A user by number; None for 0, and for who was forgotten."""
    user = txn.require(tables.USERS, number) if number else None
    return basic_user(user) if user is not None and user.user_id else None


def basic_user(user: User) -> Resource:
    """A user as mentioned inside another resource."""
    resource: Resource = {
        "user_id": user.user_id,
        "nickname": user.nickname,
        "profile_url": user.profile_url,
        "require_auth_for_profile_image": False,
        "metadata": user.metadata,
        "is_active": user.is_active,
    }
    if user.is_bot:
        resource["is_bot"] = True
    return resource
