"""Acts of moderation, as they look from outside."""

from __future__ import annotations

from chatd import events
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import known_user
from chatd.store.transaction import Transaction


def act_resource(txn: Transaction, act: events.ActNoted, sequence: int, time: int) -> Resource:
    """An act; who was forgotten, or is none, is null."""
    return {
        "act_id": sequence,
        "kind": act.kind,
        "created_at": time,
        "actor_type": _actor_type(act),
        "login": act.login,
        "actor": known_user(txn, act.actor),
        "user": known_user(txn, act.user),
        "channel_url": act.channel_url,
        "message_id": act.message_id,
        "reason": act.reason,
        "detail": act.detail,
        "end_at": act.until or -1,
    }


def _actor_type(act: events.ActNoted) -> str:
    if act.login:
        return "account"
    return "user" if act.actor else "server" if act.by_server else "backend"
