"""What the log holds of users beside their messages: what they were to send, and what they had begun to write."""

from __future__ import annotations

from collections.abc import Set

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold import badges
from chatd.domain.fold.scheduled import bare
from chatd.domain.fold.stored import current_message
from chatd.model import Bot, PushPreference, Scheduled
from chatd.store import requests, tables
from chatd.store.transaction import Transaction


def concerns_own(event: events.Event, users: Set[int]) -> bool:
    """Whether an event is a draft or a scheduled message of users, or one in which they are mentioned."""
    if isinstance(event, events.MessageScheduled | events.ScheduledChanged):
        return event.user in users or not users.isdisjoint(event.scheduled.mentioned)
    own = events.DraftChanged | events.ScheduledEnded | events.PushPreferenceChanged | events.ChannelPreferenceChanged
    if isinstance(event, own | events.BotChanged):
        return event.user in users
    if isinstance(event, events.ReportMade):
        return event.reporter in users or event.offender in users
    if isinstance(event, events.ActNoted):
        return event.actor in users or event.user in users
    if isinstance(event, events.ThumbnailsMade):
        return event.sender in users
    if isinstance(event, events.AnnouncementCreated | events.AnnouncementUpdated):
        return event.announcement.sender in users
    return isinstance(event, events.PictureChanged) and event.scope in users


def cleaned_own(event: events.Event, users: Set[int]) -> events.Event:
    """An event without what it holds of users."""
    match event:
        case events.MessageScheduled() | events.ScheduledChanged():
            return _cleaned_scheduling(event, users)
        case events.ScheduledEnded():
            return replace(event, reason="")
        case events.DraftChanged():
            return replace(event, text="", data="")
        case events.ThumbnailsMade():
            return replace(event, thumbnails=())
        case events.BotChanged() | events.AnnouncementCreated() | events.AnnouncementUpdated():
            return _without_words(event)
        case events.ReportMade() if event.offender in users:
            return replace(event, description="", text="", files=())
        case events.ActNoted():
            return replace(event, reason="")
        case events.ReportMade():
            return replace(event, description="")
        case events.PictureChanged(scope):
            return events.PictureChanged(scope)
        case _:
            return _cleaned_preference(event)


def _cleaned_preference(event: events.Event) -> events.Event:
    match event:
        case events.PushPreferenceChanged(user):
            return events.PushPreferenceChanged(user, PushPreference())
        case events.ChannelPreferenceChanged():
            return replace(event, push=0, sound="", counts=0)
        case _:
            return event


def unfold_own(txn: Transaction, event: events.Event, sequence: int, users: Set[int]) -> None:
    """Take from the state what follows from an event only until it is cleaned; rows of a user who is gone are too."""
    match event:
        case events.MessageScheduled(user, _, req_id) if req_id and user in users:
            requests.forget(txn, user, req_id, sequence)
        case events.AnnouncementCreated() | events.AnnouncementUpdated():
            number = event.announcement.number or sequence
            announcement = txn.require(tables.ANNOUNCEMENTS, number)
            if announcement.edit == sequence:
                txn.put(tables.ANNOUNCEMENTS, number, value=replace(announcement, content="", data=""))
        case events.MessageSent():
            _unmention(txn, sequence, users)
    if isinstance(event, events.MessageScheduled | events.ScheduledChanged) and event.user not in users:
        number = event.scheduled.number or sequence
        scheduled = txn.get(tables.SCHEDULED, number)
        if scheduled is not None and scheduled.edit == sequence:
            txn.put(tables.SCHEDULED, number, value=_cleaned(scheduled, users))


def _without_words(
    event: events.BotChanged | events.AnnouncementCreated | events.AnnouncementUpdated,
) -> events.Event:
    """What was made for a user, without what was said of it or by it."""
    if isinstance(event, events.BotChanged):
        return replace(event, bot=Bot(""))
    return replace(event, announcement=replace(event.announcement, content="", data=""))


def _cleaned_scheduling(
    event: events.MessageScheduled | events.ScheduledChanged, users: Set[int]
) -> events.MessageScheduled | events.ScheduledChanged:
    scheduled = _cleaned(event.scheduled, users)
    if isinstance(event, events.MessageScheduled) and event.user in users:
        return replace(event, scheduled=scheduled, req_id="")
    return replace(event, scheduled=scheduled)


def _cleaned(scheduled: Scheduled, users: Set[int]) -> Scheduled:
    if scheduled.sender in users:
        return bare(scheduled)
    return replace(scheduled, mentioned=tuple(each for each in scheduled.mentioned if each not in users))


def _unmention(txn: Transaction, sequence: int, users: Set[int]) -> None:
    """Of a message that was edited since, the edit says whom it mentions."""
    message = current_message(txn, sequence)
    if message is None or message.edit:
        return
    badges.forget(txn, message, users)
    # One that has got thumbnails since it was sent is in the state as it was sent, but for those.
    if txn.get(tables.MESSAGES, sequence) is not None:
        mentioned = tuple(each for each in message.mentioned if each not in users)
        txn.put(tables.MESSAGES, sequence, value=replace(message, mentioned=mentioned))
