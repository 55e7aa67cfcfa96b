"""What bots that are connected are told of themselves."""

from __future__ import annotations

from typing import Literal, TypedDict

from chatd.domain.shapes.bots import Bot


class BotChanged(TypedDict):
    """A bot is this now. To its own devices."""

    type: Literal["bot.changed"]
    bot: Bot
