"""Forgetting persons: what they wrote, did and were called goes from state and log; a number stays in their place.

It takes many small transactions. Each can be repeated and each leaves the state what follows from the log, so the
process may end between any two of them and go on later. In order: `find`, `begin`; for each user `close` and `leave`;
`survey` and `erase` along the log; for each user `forget` and `scrub_profile`; `finish`.
"""

from __future__ import annotations

from collections.abc import Set
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace

from chatd import events
from chatd.domain.channels.inviting import decline_all
from chatd.domain.channels.memberships import channels_of, invited_channels
from chatd.domain.deliveries.forgetting import forget_target
from chatd.domain.exports.progress import remove_all
from chatd.domain.fold import badges
from chatd.domain.fold.stored import current_message, scrubbed
from chatd.domain.fold.users import bare_user
from chatd.domain.messages import discarding
from chatd.domain.messages.poll_erasure import erase_poll_event
from chatd.domain.messages.poll_removal import bare_event
from chatd.domain.messages.removal import erase_messages, tell
from chatd.domain.moderation.erasing import concerns_sanction, erase_reason
from chatd.domain.push.devices import forget_pushes
from chatd.domain.stream import emit, note
from chatd.domain.tenants import accounts
from chatd.domain.upkeep.erasing_own import cleaned_own, concerns_own, unfold_own
from chatd.domain.upkeep.purge import purge
from chatd.domain.users.pictures import take_down
from chatd.domain.users.sessions import end_all
from chatd.model import Message, PrivacyRequest
from chatd.store import requests, tables
from chatd.store.transaction import Transaction

SCHEDULED = "scheduled"
IN_PROGRESS = "in_progress"
DONE = "done"
CANCELED = "canceled"

KEEP_CHANNELS = "do_not_delete"
PAIRS = "1_on_1"
ALL_CHANNELS = "all"


class Found(NamedTuple):
    """Events that hold something of the users, and where to look on."""

    sequences: list[int]
    cursor: int


def open_request(txn: Transaction) -> PrivacyRequest | None:
    """The oldest request that is not carried out yet."""
    for _, request in txn.scan(tables.PRIVACY_REQUESTS):
        if request.status in (SCHEDULED, IN_PROGRESS) and not request.export:
            return request
    return None


def find(txn: Transaction, request: PrivacyRequest, start: int, limit: int) -> tuple[list[int], int | None]:
    """Those of `limit` users from `start` on, also deleted ones, who had the ids of a request; where to go on."""
    wanted = set(request.user_ids)
    items = list(islice(txn.scan(tables.USERS, start=(start,)), limit))
    found = [number for (number,), user in items if user.user_id in wanted and number <= request.last]
    return found, items[-1][0][0] + 1 if len(items) == limit else None


def begin(txn: Transaction, number: int, users: tuple[int, ...]) -> PrivacyRequest | None:
    """Note whom a request is about. None when it was canceled meanwhile.

    Exports that were made before go: nobody knows any more in which of them the users are.
    """
    request = txn.require(tables.PRIVACY_REQUESTS, number)
    if request.status != SCHEDULED:
        return None
    begun = replace(request, status=IN_PROGRESS, users=users)
    txn.put(tables.PRIVACY_REQUESTS, number, value=begun)
    remove_all(txn)
    return begun


def close(txn: Transaction, user: int) -> None:
    """Delete a user: from here on nobody can be them, add them or name them."""
    record = txn.require(tables.USERS, user)
    holder = txn.get(tables.USER_IDS, record.user_id)
    if holder in (None, user):
        accounts.forget(txn, record.user_id)
    if holder == user:
        take_down(txn, user)
        emit(txn, events.UserDeleted(user, record.user_id))
        txn.delete(tables.LAST_SEEN, user)
        forget_pushes(txn, user)
        forget_target(txn, user)
        end_all(txn, user)
    keys = [(user, file_id) for (_, file_id), _ in txn.scan(tables.UPLOADS, user)]
    discarding.expire(txn, keys)


def leave(txn: Transaction, user: int, channels: str, limit: int) -> bool:
    """End up to `limit` memberships, or the channels themselves, and invitations. False when none are left."""
    decline_all(txn, user, limit)
    numbers = channels_of(txn, user)[:limit]
    for number in numbers:
        count = txn.require(tables.CHANNEL_STATES, number).member_count
        if channels == ALL_CHANNELS or (channels == PAIRS and count == 2):
            emit(txn, events.ChannelDeleted(number, txn.require(tables.CHANNELS, number).channel_url))
        else:
            emit(txn, events.MemberLeft(number, (user,), "deleted"))
    if len(numbers) == limit or invited_channels(txn, user):
        return True
    # What a user had set for a deleted channel goes with its memberships, before what the log says of it is cleaned.
    return next(txn.scan(tables.OWN_SETTINGS, user), None) is not None and purge(txn, limit)


def survey(txn: Transaction, users: Set[int], cursor: int, limit: int, most: int) -> Found:
    """Look through up to `limit` events from `cursor` on, until `most` are found."""
    found: list[int] = []
    seen = cursor - 1
    for (sequence,), entry in islice(txn.scan(tables.LOG, start=(cursor,)), limit):
        seen = sequence
        if _concerns(entry.event, users) and _is_left(txn, entry.event, sequence, users):
            found.append(sequence)
            if len(found) == most:
                break
    return Found(found, seen + 1)


def holds(event: events.Event, users: Set[int]) -> bool:
    """Whether an event of the log still holds what users wrote or did, or that they were mentioned."""
    return _concerns(event, users) and _cleaned(event, users) != event


def erase(txn: Transaction, number: int, found: Found) -> bool:
    """Remove what was found and remember how far the log has been seen. False when that is its end."""
    request = txn.require(tables.PRIVACY_REQUESTS, number)
    users = set(request.users)
    _remove_messages(txn, found.sequences, users)
    for sequence in found.sequences:
        entry = txn.require(tables.LOG, sequence)
        _unfold(txn, entry.event, sequence, users)
        txn.put(tables.LOG, sequence, value=replace(entry, event=_cleaned(entry.event, users)))
    txn.put(tables.PRIVACY_REQUESTS, number, value=replace(request, cursor=max(request.cursor, found.cursor)))
    return found.cursor <= txn.head.sequence


def forget(txn: Transaction, user: int) -> None:
    """Empty the record of a user who has left everything."""
    if txn.require(tables.USERS, user).user_id:
        note(txn, events.UserErased(user))


def scrub_profile(txn: Transaction, user: int, start: int, limit: int) -> int | None:
    """Empty up to `limit` events of a user's own stream from `start` on; where to go on. After `forget`."""
    keys = [key for key, _ in islice(txn.scan(tables.STREAMS, user, start=(start,)), limit)]
    for _, sequence in keys:
        entry = txn.require(tables.LOG, sequence)
        match entry.event:
            case events.UserCreated(record):
                event: events.Event = events.UserCreated(replace(bare_user(record), number=0))
            case events.UserUpdated(record):
                event = events.UserUpdated(bare_user(record))
            case events.UserDeleted():
                event = events.UserDeleted(user, "")
            case _:
                continue
        txn.put(tables.LOG, sequence, value=replace(entry, event=event))
    return keys[-1][1] + 1 if len(keys) == limit else None


def finish(txn: Transaction, number: int) -> bool:
    """Note that a request has been carried out; the ids in it go too. False while files are still to be removed.

    So do exports that were made meanwhile.
    """
    remove_all(txn)
    if next(txn.scan(tables.UPLOADS, 0), None) is not None:
        return False
    request = txn.require(tables.PRIVACY_REQUESTS, number)
    txn.put(tables.PRIVACY_REQUESTS, number, value=replace(request, status=DONE, user_ids=()))
    return True


def _concerns(event: events.Event, users: Set[int]) -> bool:
    """Whether an event is one of users, or names them as mentioned. Called for every event of a log."""
    if isinstance(event, events.MessageSent | events.MessageUpdated):
        message = event.message
        return _is_own(message, users) or (bool(message.mentioned) and not users.isdisjoint(message.mentioned))
    if isinstance(event, events.ReactionAdded | events.ReactionRemoved):
        return event.user in users
    if isinstance(event, events.PollCreated | events.PollUpdated):
        poll = event.poll if isinstance(event, events.PollCreated) else event.changed
        return poll.created_by in users
    if isinstance(event, events.PollOptionAdded | events.PollOptionUpdated):
        return event.author in users
    if isinstance(event, events.PollVoted):
        return event.voter in users
    if isinstance(event, events.ChannelCreated):
        return event.channel.created_by in users
    return concerns_own(event, users) or concerns_sanction(event, users)


def _is_left(txn: Transaction, event: events.Event, sequence: int, users: Set[int]) -> bool:
    """Whether there is still something to remove, of an event that concerns users."""
    return _cleaned(event, users) != event or (
        isinstance(event, events.MessageSent) and _is_own(event.message, users) and _listed(txn, sequence) is not None
    )


def _cleaned(event: events.Event, users: Set[int]) -> events.Event:
    """An event without what it holds of users, but for their numbers where others' things hang on them."""
    match event:
        case events.MessageSent(message):
            return events.MessageSent(_cleaned_message(message, users))
        case events.MessageUpdated(message):
            return replace(event, message=_cleaned_message(message, users))
        case events.ReactionAdded() | events.ReactionRemoved():
            return replace(event, key="")
        case events.ChannelCreated():
            return replace(event, req_id="")
        case events.PollCreated():
            return replace(bare_event(event), req_id="")
        case events.PollVoted():
            return replace(event, options=())
        case events.PollUpdated() | events.PollOptionAdded() | events.PollOptionUpdated():
            return bare_event(event)
        case events.UserMuted() | events.UserBanned() | events.UserMutedInType() | events.UserBannedFromType():
            return replace(event, reason="")
        case _:
            return cleaned_own(event, users)


def _is_own(message: Message, users: Set[int]) -> bool:
    """Whether users wrote a message, said first what another forwarded, or the server wrote it of them."""
    is_said = message.sender in users or message.forwarded_from in users
    return is_said or (bool(message.about) and not users.isdisjoint(message.about))


def _cleaned_message(message: Message, users: Set[int]) -> Message:
    if _is_own(message, users):
        return replace(scrubbed(message), req_id="")
    return replace(message, mentioned=tuple(each for each in message.mentioned if each not in users))


def _remove_messages(txn: Transaction, sequences: list[int], users: Set[int]) -> None:
    """Remove those of the events' messages that are the users' own, with one event for each channel."""
    own: dict[int, list[Message]] = {}
    for sequence in sequences:
        message = _listed(txn, sequence)
        if message is not None and _is_own(message, users):
            own.setdefault(message.channel, []).append(message)
    for channel, messages in own.items():
        erase_messages(txn, channel, messages)


def _listed(txn: Transaction, sequence: int) -> Message | None:
    """The message that an event has sent, unless it was removed for good."""
    message = current_message(txn, sequence)
    if message is None or not _is_in_timeline(txn, message):
        return None
    return message


def _is_in_timeline(txn: Transaction, message: Message) -> bool:
    key = (message.channel, message.created_at, message.message_id)
    return next(txn.scan(tables.TIMELINE, *key), None) is not None


def _unfold(txn: Transaction, event: events.Event, sequence: int, users: Set[int]) -> None:
    """Take from the state what follows from an event only until it is cleaned."""
    match event:
        case events.MessageSent(message) if message.req_id and _is_own(message, users):
            requests.forget(txn, message.sender, message.req_id, sequence)
        case events.ChannelCreated(channel, req_id=req_id) if req_id:
            requests.forget(txn, channel.created_by, req_id, sequence)
        case events.ReactionAdded(channel, message_id, key, user) if key:
            if txn.get(tables.REACTIONS, message_id, key, user) is not None:
                tell(txn, channel, events.ReactionRemoved(channel, message_id, key, user))
        case events.MessageUpdated(message):
            current = txn.get(tables.MESSAGES, message.message_id)
            if current is not None and current.edit == sequence:
                badges.forget(txn, current, users)
                txn.put(tables.MESSAGES, message.message_id, value=_cleaned_message(current, users))
        case events.PollCreated() | events.PollOptionAdded() | events.PollVoted():
            erase_poll_event(txn, event, sequence)
        case events.UserMuted() | events.UserBanned() | events.UserMutedInType() | events.UserBannedFromType():
            erase_reason(txn, event, sequence)
        case _:
            unfold_own(txn, event, sequence, users)
