"""Bots."""

from __future__ import annotations

from chatd.model.record import Record


class Bot(Record, frozen=True):
    """What a bot is beside a user.

    It is told of messages at `callback_url`, which may be empty: it may as well be connected. With `is_privacy_mode`
    it is told only of those that are meant for it; with `show_member` also who the members are. `token` counts the
    tokens it has had: see `domain.users.bot_tokens`.
    """

    callback_url: str
    bot_type: str = ""
    is_privacy_mode: bool = False
    enable_mark_as_read: bool = True
    show_member: bool = False
    token: int = 1
