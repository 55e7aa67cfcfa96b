"""The one recoverable stream of each user: what happens, as they are told it.

The offset of a publication is the sequence number of its event. `emit` writes an event, folds it into the state and
leaves the publication with the transaction; `missed` finds what a user was not there for, and `told` rebuilds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain

from chatd import events
from chatd.domain.fold import apply
from chatd.domain.fold.filters import type_key
from chatd.domain.publications import render
from chatd.domain.resources.resource import Resource
from chatd.model import Head, Publication
from chatd.store import tables
from chatd.store.transaction import Transaction

# Above this many members a read mark goes to the reader's own devices only, and typing is not told.
SMALL_CHANNEL = 100

CHANNEL = "~"

# After these, earlier events are told otherwise than they were, or no more.
FORGETTING = (
    events.MessageDeleted,
    events.MessagesExpired,
    events.MessagesErased,
    events.UserErased,
    events.PollDeleted,
)

# Every event takes this way, and `singledispatch` looks longer for its function.
_fold = cache(apply.dispatch)
_renderer = cache(render.dispatch)
_fold_message = apply.dispatch(events.MessageSent)
_render_message = render.dispatch(events.MessageSent)


def emit(txn: Transaction, event: events.Event) -> Resource:
    """Write `event`, fold it into the state, publish it after the commit. Returns the published data."""
    if type(event) is events.MessageSent:
        return _emit_message(txn, event)
    scope = _scope(event, txn)
    left = _leaving(event, txn)
    # What a deleted channel was called is known only before the fold.
    before = render(event, txn, 0, txn.now) if isinstance(event, events.ChannelDeleted) else None
    sequence = txn.append(event)
    _fold(type(event))(event, txn, sequence, txn.now)
    channel, user = _placed(event, scope, sequence)
    if not _is_in_timeline(event, txn.now):
        txn.put(tables.STREAMS, channel or user, sequence)
    data = before or _renderer(type(event))(event, txn, sequence, txn.now)
    if data is None:
        raise LookupError(f"event {sequence} has nothing to tell")
    forgets = isinstance(event, FORGETTING)
    txn.publications.append(
        Publication(
            txn.application,
            sequence,
            data,
            channel,
            user,
            _joining(event),
            left,
            forgets=forgets,
            ends=_ends(event),
            expels=_expelling(event),
        )
    )
    return data


def _emit_message(txn: Transaction, event: events.MessageSent) -> Resource:
    """`emit` for what happens most: a message names its channel, and nobody comes or goes with it."""
    sequence = txn.append(event)
    _fold_message(event, txn, sequence, txn.now)
    channel = event.message.channel
    if not _is_in_timeline(event, txn.now):
        txn.put(tables.STREAMS, channel, sequence)
    data = _render_message(event, txn, sequence, txn.now)
    if data is None:
        raise LookupError(f"event {sequence} has nothing to tell")
    txn.publications.append(Publication(txn.application, sequence, data, channel))
    return data


def note(txn: Transaction, event: events.Event) -> None:
    """Write `event` and fold it into the state; nobody is told."""
    sequence = txn.append(event)
    refold(event, txn, sequence, txn.now)
    if isinstance(event, FORGETTING):
        txn.publications.append(Publication(txn.application, sequence, {}, forgets=True))


def revoke_sessions(txn: Transaction, user: int, session: int = 0) -> None:
    """Write that sessions of a user have ended, all of them or one, and have connections closed after the commit.

    It is an event so that a server notices what another process commits, and in no stream: nobody recovers it.
    """
    event = events.SessionsRevoked(user, session)
    txn.publications.append(_disconnection(txn, txn.append(event), event))


def replay(txn: Transaction, first: int, last: int) -> list[Publication]:
    """The publications of events `first` to `last`: what another process committed beside a running server."""
    found = []
    for (sequence,), entry in txn.scan(tables.LOG, start=(first,)):
        if sequence > last:
            break
        if isinstance(entry.event, events.SessionsRevoked):
            found.append(_disconnection(txn, sequence, entry.event))
            continue
        data = render(entry.event, txn, sequence, entry.time)
        forgets = isinstance(entry.event, FORGETTING)
        if data is not None:
            channel, user = _placed(entry.event, _scope(entry.event, txn), sequence)
            left, joined, ends = _leaving(entry.event, txn), _joining(entry.event), _ends(entry.event)
            who = txn.application, sequence, data, channel, user, joined, left
            found.append(Publication(*who, forgets=forgets, ends=ends, expels=_expelling(entry.event)))
        elif forgets:
            found.append(Publication(txn.application, sequence, {}, forgets=True))
    return found


def _disconnection(txn: Transaction, sequence: int, event: events.SessionsRevoked) -> Publication:
    return Publication(txn.application, sequence, {}, user=event.user, disconnect=True, session=event.session)


def refold(event: events.Event, txn: Transaction, sequence: int, time: int) -> None:
    """Fold an event of the log and place it in its stream once more, as `emit` did."""
    scope = _scope(event, txn)
    apply(event, txn, sequence, time)
    channel, user = _placed(event, scope, sequence)
    if (channel or user) and not _is_in_timeline(event, time):
        txn.put(tables.STREAMS, channel or user, sequence)


def top(txn: Transaction) -> Head:
    """The end of the application's log."""
    return txn.head


def missed(txn: Transaction, user: int, offset: int, limit: int) -> list[int] | None:
    """The sequence numbers of what `user` was told after `offset`, ascending.

    None when continuity cannot be shown: the offset lies beyond the log, more than `limit` events follow it, or a user
    was erased since, by whose id others were told of them.
    A user is told of a channel from the event that made them a member to the one that ended it, both included.
    """
    return _found(txn, offset, limit, lambda: _intervals(txn, user, offset))


def missed_in(txn: Transaction, channel: int, offset: int, limit: int) -> list[int] | None:
    """The same for what those who are in an open channel were told of it."""
    return _found(txn, offset, limit, lambda: [(channel, offset + 1, txn.head.sequence)])


def _found(
    txn: Transaction, offset: int, limit: int, intervals: Callable[[], list[tuple[int, int, int]]]
) -> list[int] | None:
    if offset > txn.head.sequence or next(txn.scan(tables.ERASURES, start=(offset + 1,)), None):
        return None
    time_of = cache(lambda sequence: txn.require(tables.LOG, sequence).time)
    sequences: set[int] = set()
    for scope, first, last in intervals():
        if first <= last:
            placed = _in_stream(txn, scope, first, last)
            timed = _in_timeline(txn, scope, (first, time_of(first)), (last, time_of(last)))
            for sequence in chain(placed, timed):
                sequences.add(sequence)
                if len(sequences) > limit:
                    return None
    return sorted(sequences)


def told(txn: Transaction, sequence: int) -> Resource | None:
    """What an event of the log is told as; None when it is told to nobody."""
    entry = txn.require(tables.LOG, sequence)
    return render(entry.event, txn, sequence, entry.time)


def _intervals(txn: Transaction, user: int, offset: int) -> list[tuple[int, int, int]]:
    """Scopes that concern a user, each with the first and last sequence number that does."""
    end = txn.head.sequence
    found = [(user, offset + 1, end)]
    for (_, channel), _ in txn.scan(tables.MEMBERSHIPS, user):
        member = txn.require(tables.MEMBERS, channel, user)
        found.append((channel, max(offset + 1, member.since), end))
    for (_, left, channel), since in txn.scan(tables.TENURES, user, start=(offset + 1,)):
        found.append((channel, max(offset + 1, since), left))
    return found


def _is_in_timeline(event: events.Event, time: int) -> bool:
    """Whether the timeline of a channel has an event where the log has it, so that the stream need not.

    It is so for messages unless they came with a time of their own.
    """
    return isinstance(event, events.MessageSent) and event.message.created_at in (0, time)


def _in_stream(txn: Transaction, scope: int, first: int, last: int) -> Iterator[int]:
    for (_, sequence), _ in txn.scan(tables.STREAMS, scope, start=(first,)):
        if sequence > last:
            return
        yield sequence


def _in_timeline(txn: Transaction, scope: int, first: tuple[int, int], last: tuple[int, int]) -> Iterator[int]:
    """Messages from one place of the log to another, each a sequence number and a time."""
    for (_, time, sequence), _ in txn.scan(tables.TIMELINE, scope, start=(first[1],)):
        if time > last[1]:
            return
        if first[0] <= sequence <= last[0]:
            yield sequence


def _scope(event: events.Event, txn: Transaction) -> tuple[int, int]:
    """The channel or the user whose stream an event belongs to; (0, 0) when the event itself creates it."""
    match event:
        case events.MessageSent(message) | events.MessageUpdated(message):
            return message.channel, 0
        case events.ChannelRead(channel, user):
            state = txn.get(tables.CHANNEL_STATES, channel)
            return (channel, 0) if state and state.member_count <= SMALL_CHANNEL else (0, user)
        case events.ChannelUpdated(channel):
            return channel.number, 0
        case events.UserUpdated(user):
            return 0, user.number
        case events.OfChannel():
            return event.channel, 0
        case events.OfUser():
            return 0, event.user
        case events.OfPoll():
            return (event.channel, 0) if event.channel else (0, event.user)
        case events.PollCreated(poll):
            return 0, poll.created_by
        case _:
            return 0, 0


def _placed(event: events.Event, scope: tuple[int, int], sequence: int) -> tuple[int, int]:
    """The scope of an event that has its number: what it creates is named by that number."""
    match event:
        case events.ChannelCreated():
            return sequence, 0
        case events.UserCreated():
            return 0, sequence
        case _:
            return scope


def _joining(event: events.Event) -> tuple[int, ...]:
    match event:
        case events.ChannelCreated(members=users) | events.MemberJoined(users=users):
            return users
        case _:
            return ()


def _leaving(event: events.Event, txn: Transaction) -> tuple[int, ...]:
    """Who is told no more after an event. A ban is the end for who is in an open channel; a member leaves after it.

    So is it for who is banned from the custom type that an open channel has now.
    """
    match event:
        case events.MemberLeft(users=users):
            return users
        case events.UserBanned(channel, user):
            found = txn.get(tables.CHANNELS, channel)
            return (user,) if found is not None and found.is_open else ()
        case events.ChannelUpdated(channel) if channel.is_open and channel.custom_type:
            bans = txn.scan(tables.TYPE_BANS, type_key(channel.custom_type))
            return tuple(key[1] for key, ban in bans if ban.until > txn.now)
        case _:
            return ()


def _ends(event: events.Event) -> bool:
    return isinstance(event, events.ChannelDeleted)


def _expelling(event: events.Event) -> str:
    return event.custom_type if isinstance(event, events.UserBannedFromType) else ""
