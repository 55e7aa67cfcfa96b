"""Announcements: schedule, list, view, change, cancel, pause, resume, stop."""

from __future__ import annotations

import secrets
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.announcements.timing import minutes_of
from chatd.domain.channels.access import find_channel
from chatd.domain.channels.open_access import group
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import (
    ChannelName,
    CustomType,
    Data,
    Milliseconds,
    OptionalUserId,
    PageLimit,
    PageToken,
    Text,
    Url,
)
from chatd.domain.paging import Page
from chatd.domain.resources.announcements import announcement_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import note
from chatd.domain.users.people import active_user, find_user
from chatd.errors import (
    AlreadyExists,
    IncompatibleValues,
    InvalidValue,
    MissingParameter,
    NotFound,
    OutOfRange,
    Unacceptable,
)
from chatd.model import Actor, Announcement
from chatd.model.announcements import CANCELED, PAUSED, RUNNING, SCHEDULED, STOPPED
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_TARGETS: Final = 20_000
SHORTEST: Final = 10 * 60 * 1000

UniqueId = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[^\x00]+\Z")]
Group = Annotated[str, Meta(max_length=128)]
TargetAt = Literal[
    "sender_all_channels", "target_channels", "target_users_included_channels", "target_users_only_channels"
]
ChannelType = Literal["all", "distinct", "non-distinct"]
Targets = Annotated[
    tuple[Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[^\x00]+\Z")], ...], Meta(max_length=MAX_TARGETS)
]
# A time of the day, UTC, as HHMM; empty for none.
TimeOfDay = Annotated[str, Meta(max_length=4, pattern=r"^(?:(?:[01][0-9]|2[0-3])[0-5][0-9])?\Z")]
Action = Literal["", "cancel", "pause", "resume", "stop"]

# What an action makes of which.
_ACTIONS: Final = {
    "cancel": ((SCHEDULED,), CANCELED),
    "pause": ((RUNNING,), PAUSED),
    "resume": ((PAUSED,), RUNNING),
    "stop": ((RUNNING, PAUSED), STOPPED),
}


class Content(Input, frozen=True):
    """What is announced, and by whom: also for ADMM, unless it goes to named channels."""

    type: Literal["MESG", "ADMM"]
    content: Annotated[Text, Meta(min_length=1)]
    user_id: OptionalUserId = ""
    custom_type: CustomType = ""
    data: Data = ""


class Options(Input, frozen=True):
    """What channels that are made are like."""

    name: ChannelName = ""
    cover_url: Url = ""
    custom_type: CustomType = ""
    data: Data = ""


class Create(Input, frozen=True):
    """A message for many channels. Without `scheduled_at` (ms) it goes out now."""

    message: Content
    unique_id: UniqueId | None = None
    announcement_group: Group = ""
    target_at: TargetAt = "sender_all_channels"
    target_list: Targets = ()
    target_channel_type: ChannelType = "distinct"
    target_custom_type: Annotated[str, Meta(max_length=1300)] = ""
    create_channel: bool = False
    create_channel_options: Options = Options()
    scheduled_at: Milliseconds = 0
    end_at: Milliseconds = 0
    cease_at: TimeOfDay = ""
    resume_at: TimeOfDay = ""
    enable_push: bool = True
    mark_as_read: bool = True
    send_to_frozen_channels: bool = True


class Update(Input, frozen=True):
    """What is to change about an announcement that has not begun; what is absent stays. Or an `action` on it."""

    unique_id: UniqueId
    action: Action = ""
    message: Content | None = None
    announcement_group: Group | None = None
    target_at: TargetAt | None = None
    target_list: Targets | None = None
    target_channel_type: ChannelType | None = None
    target_custom_type: Annotated[str, Meta(max_length=1300)] | None = None
    create_channel: bool | None = None
    create_channel_options: Options | None = None
    scheduled_at: Milliseconds | None = None
    end_at: Milliseconds | None = None
    cease_at: TimeOfDay | None = None
    resume_at: TimeOfDay | None = None
    enable_push: bool | None = None
    mark_as_read: bool | None = None
    send_to_frozen_channels: bool | None = None


class View(Input, frozen=True):
    """The announcement to look at."""

    unique_id: UniqueId


class List(Input, frozen=True):
    """A page of announcements, the newest first."""

    token: PageToken = ""
    limit: PageLimit = 10
    status: Annotated[tuple[str, ...], Meta(max_length=20)] | None = None
    announcement_group: Group | None = None


class Groups(Input, frozen=True):
    """A page of the names of groups, in their order."""

    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "announcements.create",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={
        "unique_id": "spring",
        "message": {"type": "MESG", "user_id": "owner", "content": "Spring is here."},
        "target_at": "target_channels",
        "target_list": ["garden"],
        "target_channel_type": "all",
        "scheduled_at": "$tomorrow",
    },
    result=shapes.Announcement,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Have a message sent into many channels. AlreadyExists when the id is taken."""
    unique_id = input.unique_id or secrets.token_hex(16)
    if txn.get(tables.ANNOUNCEMENT_IDS, unique_id) is not None:
        raise AlreadyExists('"unique_id" violates unique constraint.')
    targets = _targets(txn, input.target_at, input.target_list)
    announcement = _announcement(txn, input, unique_id, len(targets))
    _check(txn, announcement)
    note(txn, events.AnnouncementCreated(announcement, targets))
    return announcement_resource(txn, txn.require(tables.ANNOUNCEMENTS, txn.head.sequence))


@command(
    "announcements.view",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"unique_id": "harvest"},
    result=shapes.Announcement,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One announcement, with how far it has come."""
    return announcement_resource(txn, find_announcement(txn, input.unique_id))


@command(
    "announcements.list",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"status": ["scheduled"], "limit": 20},
    result=shapes.Announcements,
)
def list_announcements(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Announcements, the newest first."""
    page = Page(input.token, input.limit, (int,))
    for key, announcement in txn.scan(tables.ANNOUNCEMENTS, start=page.start, reverse=True):
        resource = announcement_resource(txn, announcement)
        is_meant = input.status is None or resource["status"] in input.status
        is_of_group = input.announcement_group in (None, announcement.group)
        if is_meant and is_of_group and not page.add(key, resource):
            break
    return {"announcements": page.items, "next": page.next}


@command(
    "announcements.list_groups",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={},
    result=shapes.AnnouncementGroups,
)
def list_groups(txn: Transaction, actor: Actor, input: Groups) -> Resource:
    """The groups that announcements have been put into."""
    page = Page(input.token, input.limit, (str,))
    for name in sorted({announcement.group for _, announcement in txn.scan(tables.ANNOUNCEMENTS)} - {""}):
        if (page.start is None or (name,) >= page.start) and not page.add((name,), name):
            break
    return {"announcement_groups": page.items, "next": page.next}


@command(
    "announcements.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"unique_id": "harvest", "announcement_group": "seasons", "enable_push": False},
    result=shapes.Announcement,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change an announcement that has not begun; or cancel, pause, resume or stop it."""
    before = find_announcement(txn, input.unique_id)
    if input.action:
        _act(txn, before, input.action)
    else:
        _change(txn, before, input)
    return announcement_resource(txn, txn.require(tables.ANNOUNCEMENTS, before.number))


def _act(txn: Transaction, announcement: Announcement, action: str) -> None:
    allowed, status = _ACTIONS[action]
    if announcement.status == status:
        return
    if announcement.status not in allowed:
        raise Unacceptable(f"An announcement that is {announcement.status} cannot be given this action.")
    note(txn, events.AnnouncementMoved(announcement.number, status))


def _change(txn: Transaction, before: Announcement, input: Update) -> None:
    if before.status != SCHEDULED:
        raise Unacceptable("Only an announcement that has not begun can be changed.")
    kept = txn.require(tables.ANNOUNCEMENT_TARGETS, before.number)
    target_at = input.target_at or before.target_at
    if target_at != before.target_at and input.target_list is None:
        raise MissingParameter("target_list")
    targets = kept if input.target_list is None else _targets(txn, target_at, input.target_list)
    changed = replace(before, **_changes(txn, input), target_count=len(targets))
    _check(txn, changed)
    if (changed, targets) != (before, kept):
        note(txn, events.AnnouncementUpdated(changed, targets))


def find_announcement(txn: Transaction, unique_id: str) -> Announcement:
    """An announcement by what it is called. Raises NotFound."""
    number = txn.get(tables.ANNOUNCEMENT_IDS, unique_id)
    if number is None:
        raise NotFound("Announcement")
    return txn.require(tables.ANNOUNCEMENTS, number)


def _targets(txn: Transaction, target_at: str, names: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of what is named. Raises NotFound."""
    if target_at == "sender_all_channels":
        return ()
    if not names:
        raise MissingParameter("target_list")
    named = dict.fromkeys(names)
    if target_at == "target_channels":
        return tuple(group(find_channel(txn, channel_url)).number for channel_url in named)
    return tuple(find_user(txn, user_id).number for user_id in named)


def _announcement(txn: Transaction, input: Create, unique_id: str, target_count: int) -> Announcement:
    scheduled_at = input.scheduled_at or txn.now
    empty = Announcement(0, unique_id, 0, False, "", input.target_at, scheduled_at, target_count=target_count)
    return replace(empty, **(_changes(txn, input) | {"scheduled_at": scheduled_at}))


def _changes(txn: Transaction, input: Create | Update) -> dict[str, Any]:
    """What is said, as the fields of the record."""
    said = {name: getattr(input, name) for name in input.__struct_fields__ if getattr(input, name) is not None}
    changes = {field: said[name] for name, field in _FIELDS.items() if name in said}
    for name in ("cease_at", "resume_at"):
        if name in said:
            changes[name] = minutes_of(said[name])
    if "target_custom_type" in said:
        changes["custom_types"] = tuple(each.strip() for each in said["target_custom_type"].split(",") if each.strip())
    if "create_channel_options" in said:
        options = msgspec.to_builtins(said["create_channel_options"])
        changes["channel"] = {name: value for name, value in options.items() if value}
    if input.message is not None:
        changes |= _content(txn, input.message)
    return changes


_FIELDS: Final = {
    "announcement_group": "group",
    "target_at": "target_at",
    "target_channel_type": "channel_type",
    "create_channel": "makes_channels",
    "scheduled_at": "scheduled_at",
    "end_at": "end_at",
    "enable_push": "enable_push",
    "mark_as_read": "mark_as_read",
    "send_to_frozen_channels": "to_frozen",
}


def _content(txn: Transaction, message: Content) -> dict[str, Any]:
    return {
        "sender": active_user(txn, message.user_id).number if message.user_id else 0,
        "is_admin": message.type == "ADMM",
        "content": message.content,
        "custom_type": message.custom_type,
        "data": message.data,
    }


def _check(txn: Transaction, announcement: Announcement) -> None:
    """Raise what is wrong with an announcement as a whole."""
    if not announcement.sender and not (announcement.is_admin and announcement.target_at == "target_channels"):
        raise MissingParameter("message.user_id")
    if announcement.makes_channels and announcement.target_at != "target_users_only_channels":
        raise IncompatibleValues('Channels are made for "target_users_only_channels" only.')
    if (announcement.cease_at < 0) != (announcement.resume_at < 0) or (
        announcement.cease_at == announcement.resume_at >= 0
    ):
        raise InvalidValue('"cease_at" and "resume_at" must be given together, and differ.')
    if announcement.end_at and announcement.end_at < announcement.scheduled_at + SHORTEST:
        raise OutOfRange('"end_at" must be ten minutes after "scheduled_at" or later.')
