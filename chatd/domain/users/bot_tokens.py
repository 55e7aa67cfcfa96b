"""The tokens by which bots know that they are told something by this server.

A token follows from the application's secret, the bot, and how many it has had. So none is stored, an export has none,
and what is sent to a bot can be signed with it.
"""

from __future__ import annotations

import hashlib
import hmac

from chatd.model import Bot
from chatd.store import tables
from chatd.store.transaction import Transaction


def bot_token(txn: Transaction, user: int, bot: Bot) -> str:
    """The token of a bot, by which its deliveries are signed: 64 hexadecimal digits."""
    application = txn.require(tables.APPLICATIONS, txn.application)
    text = f"bot:{user}:{bot.token}".encode()
    return hmac.new(application.secret.encode(), text, hashlib.sha256).hexdigest()
