"""What random histories have of bots, announcements and statuses."""

from __future__ import annotations

from typing import Any

from chatd.domain.users.status import end_statuses
from chatd.store.transaction import Transaction
from tests.domain.conftest import World

USERS = ("ann", "bob", "cid")
CHANNELS = ("chan1", "chan2")
TARGETS = ("sender_all_channels", "target_channels", "target_users_only_channels", "target_users_included_channels")
BOT = "rob"
BOT_PROFILE = {
    "bot_userid": BOT,
    "bot_nickname": "Rob",
    "bot_profile_url": "",
    "bot_type": "t",
    "bot_callback_url": "",
    "is_privacy_mode": False,
}


def make_bot(world: World) -> None:
    """A bot that is in one channel of all."""
    world.backend("bots.create", **BOT_PROFILE)
    world.backend("bots.join", bot_userid=BOT, channel_urls=CHANNELS[:1])


def by_backend(world: World, user_id: str, name: str, params: dict[str, Any]) -> Any:
    """What is announced, what becomes of reports, and what the bot does."""
    if name == "reports.update":
        return settle(world, **params)
    if name == "announcements.create":
        return announce(world, user_id, **params)
    if name == "announcements.update":
        return world.backend(name, unique_id="news", announcement_group=user_id, **params)
    return world.backend(name, bot_userid=BOT, **params)


def announce(world: World, user_id: str, targets: str, is_admin: bool) -> Any:
    """Have something announced, once in a history."""
    names = [*CHANNELS] if targets == "target_channels" else [*USERS]
    message = {"type": "ADMM" if is_admin else "MESG", "content": "news", "user_id": user_id}
    more = {"target_channel_type": "all", "create_channel": targets == "target_users_only_channels"}
    return world.backend(
        "announcements.create", unique_id="news", message=message, target_at=targets, target_list=names, **more
    )


def end(txn: Transaction, limit: int) -> Any:
    """As if the time of some statuses was over."""
    txn.now += 2000
    end_statuses(txn, limit)
    return {}


def settle(world: World, which: int, report_status: str) -> Any:
    """Say what becomes of one of the reports that there are, if there are any, and of others of the same."""
    found = world.backend("reports.list", limit=100)["report_logs"]
    if not found:
        return {}
    report_id = found[which % len(found)]["report_id"]
    return world.backend("reports.update", report_id=report_id, report_status=report_status, with_same=which % 2 == 0)


def translate(world: World, user_id: str, params: dict[str, Any]) -> Any:
    """As if another server had translated a message, and somebody else had asked meanwhile."""
    questions = [world.client(user_id, "messages.translate", **params) for _ in range(2)]
    for question in questions:
        result = world.write(question.keep, {language: f"In {language}" for language in question.languages})
    return result
