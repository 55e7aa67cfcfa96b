"""How an application's emojis come and go."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.ReactionSettingsChanged, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.REACTION_SETTINGS, value=event.settings)


@apply.register
def _(event: events.EmojiCategoryChanged, txn: Transaction, sequence: int, time: int) -> None:
    if event.category is not None:
        txn.put(tables.EMOJI_CATEGORIES, event.number, value=event.category)
        # A number names one category for ever.
        made = txn.get(tables.EMOJI_CATEGORIES_MADE) or 0
        txn.put(tables.EMOJI_CATEGORIES_MADE, value=max(made, event.number))
        return
    txn.delete(tables.EMOJI_CATEGORIES, event.number)
    gone = [key for (key,), emoji in txn.scan(tables.EMOJIS) if emoji.category == event.number]
    for key in gone:
        txn.delete(tables.EMOJIS, key)


@apply.register
def _(event: events.EmojiChanged, txn: Transaction, sequence: int, time: int) -> None:
    if event.emoji is None:
        txn.delete(tables.EMOJIS, event.key)
    else:
        txn.put(tables.EMOJIS, event.key, value=event.emoji)
