"""The messages of a channel that have files."""

from __future__ import annotations

from chatd.domain import shapes
from chatd.domain.channels.access import visible_channel
from chatd.domain.channels.settings import Place, seen_after
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, PageLimit, PageToken
from chatd.domain.fold.stored import current_message
from chatd.domain.paging import Page
from chatd.domain.resources.messages import Messages
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.errors import InvalidValue
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

# Files may be few among many messages: a page ends after so many that were looked at.
MAX_LOOKED_AT = 5_000


class List(Input, frozen=True):
    """A page of the messages of a channel that have files, replies among them."""

    channel_url: ChannelUrl
    token: PageToken = ""
    limit: PageLimit = 20


@command(
    "files.list",
    Right.BOTH,
    Kind.SCAN,
    roles=MEMBERS,
    example={"channel_url": "garden", "limit": 10},
    result=shapes.FileMessages,
)
def list_files(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Messages with files, the newest first. A page may be short though more follow."""
    channel = visible_channel(txn, actor, input.channel_url)
    page = Page(input.token, input.limit, (int, int))
    if not channel.is_ephemeral:
        _collect(txn, channel, page, seen_after(txn, actor.user, channel.number))
    return {"messages": page.items, "next": page.next}


def _collect(txn: Transaction, channel: Channel, page: Page, after: Place) -> None:
    shown = Messages(txn, channel)
    timeline = txn.scan(tables.TIMELINE, channel.number, start=_checked(page.start), reverse=True)
    for looked_at, ((_, time, message_id), _hidden) in enumerate(timeline):
        place = (time, message_id)
        if place <= after:
            break
        if looked_at == MAX_LOOKED_AT:
            page.cut(place)
            break
        message = current_message(txn, message_id)
        if message is None or message.is_removed or not message.files:
            continue
        if not page.add(place, shown.resource(message)):
            break


def _checked(start: Place | None) -> Place | None:
    """Where to begin. Raises InvalidValue for a token that was made up."""
    if start is not None and not all(0 <= each < 2**63 for each in start):
        raise InvalidValue('"token" is not a page token of this list.')
    return start
