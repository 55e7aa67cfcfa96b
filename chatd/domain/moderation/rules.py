"""What settings say of channels beside filters: how long messages may be, and whether members see the past.

The settings of a channel's custom type say it, where they say nothing those of the application.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from chatd.domain.fold.filters import Rules, rules_of
from chatd.errors import TooLong
from chatd.model import Channel
from chatd.store.transaction import Transaction

MAX_MESSAGE_LENGTH: Final = 5000

T = TypeVar("T")


def first_said(values: Iterable[T | None], default: T) -> T:
    """What the first of several settings says that says something."""
    return next((value for value in values if value is not None), default)


def max_length(rules: Rules) -> int:
    """How many characters the text of a message may have in a channel that has these settings."""
    return first_said((rule.max_length for rule in rules), MAX_MESSAGE_LENGTH) if rules else MAX_MESSAGE_LENGTH


def check_length(rules: Rules, sender: int, text: str) -> None:
    """Raise TooLong when a user may not send so long a text to a channel; admin messages, of 0, are of any length."""
    if sender and len(text) > (most := max_length(rules)):
        raise TooLong(f'"message" must be no longer than {most} characters in this channel.')


def shows_past(txn: Transaction, channel: Channel) -> bool:
    """Whether members of a channel see what was sent before they came. In an open channel everybody sees all."""
    return channel.is_open or first_said((rule.shows_past for rule in rules_of(txn, channel.custom_type)), True)
