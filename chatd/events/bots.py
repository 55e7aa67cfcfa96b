"""What happens to bots."""

from __future__ import annotations

from chatd.events.told import OfUser
from chatd.model import Bot


class BotChanged(OfUser, frozen=True, tag=250):
    """A user that is a bot has got what it is beside a user, or that changed; `bot` is the whole new record."""

    bot: Bot
