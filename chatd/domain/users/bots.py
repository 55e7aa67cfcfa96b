"""Bots: users for whom a program speaks, told of messages at a URL or on a connection of their own."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import Metadata, Nickname, PageLimit, PageToken, Url, UserId
from chatd.domain.paging import Page
from chatd.domain.resources.bots import bot_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import emit
from chatd.domain.users import users
from chatd.domain.users.bot_tokens import bot_token
from chatd.domain.users.people import check_new_id, find_user
from chatd.errors import InvalidValue, NotFound
from chatd.model import Actor, Bot, User
from chatd.store import tables
from chatd.store.transaction import Transaction

BotType = Annotated[str, Meta(max_length=128)]
CallbackUrl = Annotated[str, Meta(max_length=1024)]
# 0: it is a member at once when it is invited; 1: it accepts or declines.
Preference = Annotated[int, Meta(ge=0, le=1)]

# What a request calls the fields of the two records.
_OF_USER: Final = {"bot_nickname": "nickname", "bot_profile_url": "profile_url", "bot_metadata": "metadata"}
_OF_BOT: Final = {
    "bot_callback_url": "callback_url",
    "bot_type": "bot_type",
    "is_privacy_mode": "is_privacy_mode",
    "enable_mark_as_read": "enable_mark_as_read",
    "show_member": "show_member",
}


class Create(Input, frozen=True):
    """A new bot. Without a `bot_callback_url` it has to be connected to be told of messages."""

    bot_userid: UserId
    bot_nickname: Nickname
    bot_profile_url: Url
    bot_type: BotType
    bot_callback_url: CallbackUrl
    is_privacy_mode: bool
    bot_metadata: Metadata = msgspec.field(default_factory=dict)
    enable_mark_as_read: bool = True
    show_member: bool = False
    channel_invitation_preference: Preference = 0


class View(Input, frozen=True):
    """The bot to look at."""

    bot_userid: UserId


class List(Input, frozen=True):
    """A page of bots in the order of their ids, or with `reverse` from the last one on."""

    token: PageToken = ""
    limit: PageLimit = 10
    reverse: bool = False


class Update(Input, frozen=True):
    """What is to change about a bot; what is absent stays. With `issue_bot_token` it gets another token."""

    bot_userid: UserId
    bot_nickname: Nickname | None = None
    bot_profile_url: Url | None = None
    bot_type: BotType | None = None
    bot_callback_url: CallbackUrl | None = None
    is_privacy_mode: bool | None = None
    bot_metadata: Metadata | None = None
    enable_mark_as_read: bool | None = None
    show_member: bool | None = None
    channel_invitation_preference: Preference | None = None
    issue_bot_token: bool = False


class Delete(Input, frozen=True):
    """The bot to delete."""

    bot_userid: UserId


@command(
    "bots.create",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={
        "bot_userid": "gnome",
        "bot_nickname": "Gnome",
        "bot_profile_url": "",
        "bot_type": "guide",
        "bot_callback_url": "https://bots.example/gnome",
        "is_privacy_mode": True,
    },
    result=shapes.Bot,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Make a bot; its token is told here and never again. AlreadyExists when the id is taken."""
    check_new_id(txn, "bot_userid", input.bot_userid)
    _check_url(input.bot_callback_url)
    user = User(0, input.bot_userid, input.bot_nickname, input.bot_profile_url, 0, input.bot_metadata, is_bot=True)
    emit(txn, events.UserCreated(user))
    number = txn.head.sequence
    _prefer(txn, number, input.channel_invitation_preference)
    bot = Bot(**{field: getattr(input, name) for name, field in _OF_BOT.items()})
    emit(txn, events.BotChanged(number, bot))
    return bot_resource(txn, txn.require(tables.USERS, number), bot, bot_token(txn, number, bot))


@command("bots.view", Right.BACKEND, Kind.READ, roles=NOBODY, example={"bot_userid": "robin"}, result=shapes.Bot)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One bot."""
    return bot_resource(txn, *find_bot(txn, input.bot_userid))


@command("bots.list", Right.BACKEND, Kind.READ, roles=NOBODY, example={"limit": 20}, result=shapes.Bots)
def list_bots(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Bots by id."""
    page = Page(input.token, input.limit, (str, int))
    for key, _ in txn.scan(tables.BOT_IDS, start=page.start, reverse=input.reverse):
        user, bot = txn.require(tables.USERS, key[1]), txn.require(tables.BOTS, key[1])
        if not page.add(key, bot_resource(txn, user, bot)):
            break
    return {"bots": page.items, "next": page.next}


@command(
    "bots.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"bot_userid": "robin", "is_privacy_mode": False, "channel_invitation_preference": 1},
    result=shapes.Bot,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change a bot. Another token is told here and never again; the one before is worth nothing then."""
    user, before = find_bot(txn, input.bot_userid)
    changed = replace(user, **_changes(input, _OF_USER))
    if changed != user:
        emit(txn, events.UserUpdated(changed))
    _check_url(input.bot_callback_url or "")
    if input.channel_invitation_preference is not None:
        _prefer(txn, user.number, input.channel_invitation_preference)
    bot = replace(before, **_changes(input, _OF_BOT), token=before.token + input.issue_bot_token)
    if bot != before:
        emit(txn, events.BotChanged(user.number, bot))
    return bot_resource(txn, changed, bot, bot_token(txn, user.number, bot) if input.issue_bot_token else "")


@command("bots.delete", Right.BACKEND, Kind.WRITE, roles=NOBODY, example={"bot_userid": "robin"}, result=shapes.Empty)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Delete a bot, which leaves every channel; what it wrote stays."""
    user, _ = find_bot(txn, input.bot_userid)
    deleted: Resource = users.delete.function(txn, actor, users.Delete(user_id=user.user_id))
    return deleted


def find_bot(txn: Transaction, user_id: str) -> tuple[User, Bot]:
    """The bot with an id. Raises NotFound, also for a user who is none."""
    user = find_user(txn, user_id) if txn.get(tables.USER_IDS, user_id) is not None else None
    bot = txn.get(tables.BOTS, user.number) if user is not None else None
    if user is None or bot is None:
        raise NotFound("Bot")
    return user, bot


def _changes(input: Update, names: dict[str, str]) -> dict[str, Any]:
    return {field: getattr(input, name) for name, field in names.items() if getattr(input, name) is not None}


def _check_url(url: str) -> None:
    if url and not url.startswith(("https://", "http://")):
        raise InvalidValue('"bot_callback_url" must begin with https:// or http://.')


def _prefer(txn: Transaction, user: int, preference: int) -> None:
    """A bot says itself what it prefers, so that what others prefer is not asked."""
    auto_accept = preference == 0
    if txn.get(tables.INVITATION_PREFERENCES, user) != auto_accept:
        emit(txn, events.InvitationPreferenceChanged(user, auto_accept))
