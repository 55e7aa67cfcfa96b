"""What a user's own devices are told of what the user keeps: drafts, saved messages, threads that they follow."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.following import unread_replies
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.own import draft_resource
from chatd.domain.resources.resource import Resource
from chatd.model import Draft
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.DraftChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    draft = txn.get(tables.DRAFTS, event.user, event.channel, event.parent) or Draft("", "", time, 0)
    return {"type": "draft.changed", "draft": draft_resource(channel.channel_url, event.parent, draft)}


@render.register
def _(event: events.MessageSaved, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _saved(txn, "message.saved", event.message_id, time)


@render.register
def _(event: events.MessageUnsaved, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _saved(txn, "message.unsaved", event.message_id, time)


@render.register
def _(event: events.ThreadFollowed, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _thread(txn, "thread.followed" if event.is_followed else "thread.unfollowed", event)


@render.register
def _(event: events.ThreadRead, txn: Transaction, sequence: int, time: int) -> Resource | None:
    following = txn.get(tables.FOLLOWED, event.user, event.message_id)
    data = _thread(txn, "thread.read", event)
    if data is None or following is None:
        return None
    unread = unread_replies(txn, event.user, event.message_id, following)
    return data | {"read_ts": event.read_at, "reply_id": event.reply, "unread_reply_count": unread}


@render.register
def _(event: events.BookmarksRemoved, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


def _saved(txn: Transaction, kind: str, message_id: int, time: int) -> Resource | None:
    message = current_message(txn, message_id)
    channel = txn.get(tables.CHANNELS, message.channel) if message is not None else None
    if channel is None:
        return None
    return {"type": kind, "channel_url": channel.channel_url, "message_id": message_id, "updated_at": time}


def _thread(txn: Transaction, kind: str, event: events.ThreadFollowed | events.ThreadRead) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    return {"type": kind, "channel_url": channel.channel_url, "message_id": event.message_id}
