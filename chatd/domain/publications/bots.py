"""What a bot that is connected is told of itself."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.bots import bot_resource
from chatd.domain.resources.resource import Resource
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.BotChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    user = txn.require(tables.USERS, event.user)
    if txn.get(tables.USER_IDS, user.user_id) != event.user:
        return None
    return {"type": "bot.changed", "bot": bot_resource(txn, user, event.bot)}
