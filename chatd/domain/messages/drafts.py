"""Drafts: what users have begun to write, on all of their own devices."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Final

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import member_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId, OptionalChannelUrl, OptionalUserId, PageLimit, PageToken, Text
from chatd.domain.messages.threads import find_thread
from chatd.domain.paging import Page
from chatd.domain.resources.own import draft_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit, note
from chatd.domain.users.people import acting
from chatd.errors import LimitExceeded
from chatd.model import Actor, Channel, Draft
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_DRAFTS: Final = 500

Key = tuple[int, int, int]
"""Of a draft: user, channel, thread."""


class Set(Input, frozen=True):
    """What the caller has begun to write in a channel, or in the thread of a message. Without a text it is removed."""

    channel_url: ChannelUrl
    message: Text = ""
    data: Annotated[str, Meta(max_length=5000)] = ""
    parent_message_id: MessageId = 0
    user_id: OptionalUserId = ""


class Delete(Input, frozen=True):
    """Where a draft is to be removed."""

    channel_url: ChannelUrl
    parent_message_id: MessageId = 0
    user_id: OptionalUserId = ""


class List(Input, frozen=True):
    """A page of the caller's drafts, of all channels or of one."""

    channel_url: OptionalChannelUrl = ""
    user_id: OptionalUserId = ""
    token: PageToken = ""
    limit: PageLimit = 100


@command(
    "drafts.set",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "message": "About the tulips", "parent_message_id": "$message"},
    result=shapes.Draft,
)
def set_draft(txn: Transaction, actor: Actor, input: Set) -> Resource:
    """Keep what the caller has begun to write, in the place of what was there."""
    channel, key = _place(txn, actor, input)
    before = txn.get(tables.DRAFTS, *key)
    draft = Draft(input.message, input.data, txn.now, 0)
    if before is None and (draft.text or draft.data):
        _make_room(txn, key[0])
    if before is not None and (before.text, before.data) == (draft.text, draft.data):
        return draft_resource(channel.channel_url, input.parent_message_id, before)
    if before is not None or draft.text or draft.data:
        _scrub(txn, before)
        emit(txn, events.DraftChanged(*key, draft.text, draft.data))
    return draft_resource(channel.channel_url, input.parent_message_id, draft)


@command(
    "drafts.delete",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "parent_message_id": "$message"},
    result=shapes.Empty,
)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Remove a draft; it is no error when there is none."""
    _, key = _place(txn, actor, input)
    before = txn.get(tables.DRAFTS, *key)
    if before is not None:
        _scrub(txn, before)
        emit(txn, events.DraftChanged(*key))
    return {}


@command("drafts.list", Right.BOTH, Kind.READ, example={"limit": 50}, result=shapes.Drafts)
def list_drafts(txn: Transaction, actor: Actor, input: List) -> Resource:
    """The caller's drafts in channels in which they are, by channel."""
    reader = acting(txn, actor, input.user_id)
    user = reader.user or 0
    of = (user, member_channel(txn, reader, input.channel_url).number) if input.channel_url else (user,)
    page = Page(input.token, input.limit, (int, int, int))
    start = page.start[len(of) :] if page.start is not None else None
    for key, draft in txn.scan(tables.DRAFTS, *of, start=start):
        # Those of a deleted channel go when it is taken apart.
        channel = txn.get(tables.CHANNELS, key[1])
        if channel is None or not _is_visible(txn, key):
            continue
        if not page.add(key, draft_resource(channel.channel_url, key[2], draft)):
            break
    return {"drafts": page.items, "next": page.next}


def remove_drafts(txn: Transaction, channel: int, limit: int) -> bool:
    """Remove up to `limit` drafts of the next members of a deleted channel; whether there was any. Nobody is told."""
    members = islice(txn.scan(tables.MEMBERS, channel), limit)
    drafts = (found for (_, user), _ in members for found in txn.scan(tables.DRAFTS, user, channel))
    found = list(islice(drafts, limit))
    for key, draft in found:
        _scrub(txn, draft)
        note(txn, events.DraftChanged(*key))
    return bool(found)


def scrub_drafts(txn: Transaction, user: int) -> None:
    """Take the drafts of a user who is about to be deleted out of the log; their rows go with the user."""
    for _, draft in list(txn.scan(tables.DRAFTS, user)):
        _scrub(txn, draft)


def scrubbed_draft(event: events.DraftChanged) -> events.DraftChanged:
    """What remains of a change when its text is gone."""
    return replace(event, text="", data="")


def _place(txn: Transaction, actor: Actor, input: Set | Delete) -> tuple[Channel, Key]:
    reader = acting(txn, actor, input.user_id)
    channel = member_channel(txn, reader, input.channel_url)
    if input.parent_message_id:
        find_thread(txn, channel, input.parent_message_id)
    return channel, (reader.user or 0, channel.number, input.parent_message_id)


def _make_room(txn: Transaction, user: int) -> None:
    """Raise LimitExceeded when a user has too many drafts, of which those in channels that they left go first."""
    keys = [key for key, _ in txn.scan(tables.DRAFTS, user)]
    if len(keys) < MAX_DRAFTS:
        return
    gone = [key for key in keys if not _is_visible(txn, key)]
    for key in gone:
        _scrub(txn, txn.require(tables.DRAFTS, *key))
        note(txn, events.DraftChanged(*key))
    if not gone:
        raise LimitExceeded(f"There are {MAX_DRAFTS} drafts; delete some.")


def _is_visible(txn: Transaction, key: Key | tuple[int, ...]) -> bool:
    return txn.get(tables.MEMBERS, key[1], key[0]) is not None


def _scrub(txn: Transaction, before: Draft | None) -> None:
    """Take the text of a draft out of the log."""
    if before is None:
        return
    entry = txn.require(tables.LOG, before.edit)
    assert isinstance(entry.event, events.DraftChanged)
    txn.put(tables.LOG, before.edit, value=replace(entry, event=scrubbed_draft(entry.event)))
