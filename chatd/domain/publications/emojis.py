"""Of emojis nobody is told: clients ask for them."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.store.transaction import Transaction


@render.register(events.ReactionSettingsChanged)
@render.register(events.EmojiCategoryChanged)
@render.register(events.EmojiChanged)
def _(
    event: events.ReactionSettingsChanged | events.EmojiCategoryChanged | events.EmojiChanged,
    txn: Transaction,
    sequence: int,
    time: int,
) -> Resource | None:
    return None
