"""What has changed about a user's channels since a place in the log.

Channels come in the order in which they last changed, each as it is now, so the last change of a page is the place to
go on from: what changes meanwhile comes later, once more if need be, and nothing is passed over. What a page costs does
not grow with how much has happened: of each channel only the last change is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple, get_args

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.channels import seen_by
from chatd.domain.channels.metadata import metadata_of
from chatd.domain.channels.urls import url_of
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import Milliseconds, OptionalUserId, PageToken
from chatd.domain.positions import ChangeLimit, position, token_at
from chatd.domain.resources.resource import Resource
from chatd.domain.users.people import acting_user
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

# Of the user's own events, and of channels left, so many are looked at for a page.
LOOKED_AT = 5000

InType = events.UserMutedInType | events.UserUnmutedInType | events.TypeOperatorAdded | events.TypeOperatorRemoved
_IN_TYPES: Final = get_args(InType)


class Changes(Input, frozen=True):
    """Since when: the `next` of the answer before, or a time. Without either nothing has changed yet."""

    token: PageToken = ""
    change_ts: Milliseconds | None = None
    limit: ChangeLimit = 100
    user_id: OptionalUserId = ""
    show_metadata: bool = False


class _Change(NamedTuple):
    """The event with which a channel has changed last; `left` is the URL of one that the user has no more."""

    sequence: int
    channel: int
    left: str = ""


@command("channels.changes", Right.BOTH, Kind.SCAN, example={"change_ts": 0}, result=shapes.ChannelChanges)
def changes(txn: Transaction, actor: Actor, input: Changes) -> Resource:
    """The caller's channels that have changed, and those it is invited to, and the URLs of those that it has no more.

    A new message, a member who comes or goes, and what the user has set are changes of a channel; what people are
    called is not. Raises ExpiredToken.
    """
    user = acting_user(txn, actor, input.user_id).number
    since = position(txn, input.token, input.change_ts)
    end = _end(txn, user, since)
    found = sorted(_changes(txn, user, since, end))
    page = found[: input.limit]
    if len(found) > input.limit:
        end = page[-1].sequence
    return {
        "updated": [_resource(txn, user, change.channel, input) for change in page if not change.left],
        "deleted": [change.left for change in page if change.left and not _is_again(txn, user, change.left)],
        "has_more": end < txn.head.sequence,
        "next": token_at(txn, end),
    }


def _end(txn: Transaction, user: int, since: int) -> int:
    """Up to which event changes are looked for: the end of the log, unless the user has done very much."""
    ends = [txn.head.sequence]
    own = islice(txn.scan(tables.STREAMS, user, start=(since + 1,)), LOOKED_AT, None)
    left = islice(txn.scan(tables.TENURES, user, start=(since + 1,)), LOOKED_AT, None)
    ends += [key[1] - 1 for key, _ in (*islice(own, 1), *islice(left, 1))]
    return min(ends)


def _changes(txn: Transaction, user: int, since: int, end: int) -> list[_Change]:
    """The last changes of channels after `since`. What has changed after `end` too comes then.

    Of a channel that was deleted the membership is removed later. Until then it has changed with the deletion.
    """
    last = {number: _last_change(txn, number) for number in _belonging(txn, user)}
    found = []
    for sequence, event in _own_events(txn, user, since, end):
        if isinstance(event, events.InvitationEnded):
            found.append(_Change(sequence, 0, event.channel_url))
        channel = getattr(event, "channel", 0)
        for number in _of_type(txn, last, event) if isinstance(event, _IN_TYPES) else (channel,):
            if number in last:
                last[number] = max(last[number], sequence)
    for number, sequence in last.items():
        if since < sequence <= end:
            is_left = txn.get(tables.CHANNELS, number) is None
            found.append(_Change(sequence, number, url_of(txn, number) if is_left else ""))
    for (_, sequence, number), _ in txn.scan(tables.TENURES, user, start=(since + 1,)):
        if sequence <= end and number not in last:
            found.append(_Change(sequence, number, url_of(txn, number)))
    return found


def _belonging(txn: Transaction, user: int) -> Iterator[int]:
    """The channels of a user, and those that it is invited to, also deleted ones that are still to be removed."""
    for table in (tables.MEMBERSHIPS, tables.INVITED):
        for (_, channel), _ in txn.scan(table, user):
            yield channel


def _own_events(txn: Transaction, user: int, since: int, end: int) -> Iterator[tuple[int, events.Event]]:
    for (_, sequence), _ in txn.scan(tables.STREAMS, user, start=(since + 1,)):
        if sequence > end:
            return
        yield sequence, txn.require(tables.LOG, sequence).event


def _of_type(txn: Transaction, channels: Iterable[int], event: InType) -> list[int]:
    """Those of a user's channels for which something was said of the user by their custom type."""
    found = ((number, txn.get(tables.CHANNELS, number)) for number in channels)
    return [number for number, channel in found if channel is not None and channel.custom_type == event.custom_type]


def _last_change(txn: Transaction, channel: int) -> int:
    """The last event of a channel: the last one in its stream, or its newest message.

    A message that came with a time of its own is in the stream. So none that is in the timeline alone has a higher
    number than the last one there.
    """
    in_stream = next(txn.scan(tables.STREAMS, channel, reverse=True), None)
    in_time = next(txn.scan(tables.TIMELINE, channel, reverse=True), None)
    return max(in_stream[0][1] if in_stream else 0, in_time[0][2] if in_time else 0)


def _resource(txn: Transaction, user: int, number: int, input: Changes) -> Resource:
    channel, state = txn.require(tables.CHANNELS, number), txn.require(tables.CHANNEL_STATES, number)
    resource = seen_by(txn, channel, state, user)
    if input.show_metadata:
        resource["metadata"] = metadata_of(txn, number)
    return resource


def _is_again(txn: Transaction, user: int, channel_url: str) -> bool:
    """Whether a channel of the user has the URL of one that is gone."""
    number = txn.get(tables.CHANNEL_URLS, channel_url)
    if number is None:
        return False
    is_member = txn.get(tables.MEMBERS, number, user) is not None
    return is_member or txn.get(tables.INVITATIONS, number, user) is not None
