"""What people and backends do: commands of the command table, chosen by what there is."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from chatd.domain import COMMANDS
from chatd.domain.users.people import find_user
from chatd.errors import ChatdError
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

MOST_USERS = 25
MOST_CHANNELS = 10
WORDS = ("hello", "grüezi", "你好", "o" * 400, "ok", "see you later")
LONGEST = 3000  # needs a page of its own, and a line of the report is still written at once


class Ask(NamedTuple):
    """A call: `user_id` is empty for a backend's."""

    user_id: str
    command: str
    params: dict[str, Any]


class Moment(NamedTuple):
    """What a call is chosen by: somebody, one of their channels, all users; `name` is free for what is made."""

    txn: Transaction
    chance: Random
    name: str
    users: list[str]
    user: str
    url: str = ""


def choose(txn: Transaction, chance: Random, name: str) -> Ask:
    """A call that makes sense now."""
    users = [key[0] for key, _ in txn.scan(tables.USER_IDS)]
    if len(users) < 4 or (len(users) < MOST_USERS and chance.random() < 0.05):
        return Ask("", "users.create", {"user_id": f"user-{name}", "nickname": f"Nick {name}"})
    moment = Moment(txn, chance, name, users, chance.choice(users))
    channels = _read(moment, "channels.list", limit=20, show_empty=True).get("channels", [])
    if not channels or (len(channels) < MOST_CHANNELS and chance.random() < 0.05):
        return _new_channel(moment)
    moment = moment._replace(url=chance.choice(channels)["channel_url"])
    make = chance.choices(list(_MAKERS), list(_MAKERS.values()))[0]
    return make(moment) or _send(moment)


def actor(txn: Transaction, user_id: str) -> Actor:
    """Who calls. Raises NotFound when the user has been deleted."""
    return Actor(txn.application, find_user(txn, user_id).number if user_id else None, user_id or None)


def _read(moment: Moment, name: str, **params: Any) -> dict[str, Any]:
    """What a command that reads says; nothing when it refuses."""
    command = COMMANDS[name]
    try:
        found: dict[str, Any] = command.function(moment.txn, actor(moment.txn, moment.user), command.parse(params))
    except ChatdError:
        return {}
    return found


def _new_channel(moment: Moment) -> Ask:
    chance = moment.chance
    params: dict[str, Any] = {
        "user_ids": chance.sample(moment.users, chance.randint(1, min(6, len(moment.users)))),
        "req_id": f"r-{moment.name}",
    }
    if chance.random() < 0.2:
        params["is_distinct"] = True
    else:
        params |= {"channel_url": f"channel-{moment.name}", "is_public": chance.random() < 0.7}
    return Ask(moment.user, "channels.create", params)


def _send(moment: Moment) -> Ask:
    chance = moment.chance
    text = "x" * LONGEST if chance.random() < 0.03 else chance.choice(WORDS)
    params: dict[str, Any] = {
        "channel_url": moment.url,
        "message": f"{text} {moment.name}",
        "req_id": f"r-{moment.name}",
    }
    if chance.random() < 0.1:
        params["is_silent"] = True
    if chance.random() < 0.1:
        params["mentioned_user_ids"] = [chance.choice(moment.users)]
    if chance.random() < 0.1 and (parent := _message(moment)):
        params["parent_message_id"] = parent["message_id"]
    return Ask(moment.user, "messages.send", params)


def _message(moment: Moment, **filters: Any) -> dict[str, Any]:
    """One of the last messages of the channel, as parameters; none when there is none."""
    found = _read(
        moment, "messages.list", channel_url=moment.url, message_ts=2**53, next_limit=0, prev_limit=50, **filters
    ).get("messages", [])
    if not found:
        return {}
    return {"channel_url": moment.url, "message_id": moment.chance.choice(found)["message_id"]}


def _edit(moment: Moment) -> Ask | None:
    which = _message(moment, sender_id=moment.user)
    return Ask(moment.user, "messages.update", which | {"message": f"edited {moment.name}"}) if which else None


def _delete(moment: Moment) -> Ask | None:
    which = _message(moment, sender_id=moment.user)
    return Ask(moment.user, "messages.delete", which) if which else None


def _react(moment: Moment) -> Ask | None:
    which = _message(moment)
    command = moment.chance.choice(("reactions.add", "reactions.add", "reactions.remove"))
    return Ask(moment.user, command, which | {"reaction": moment.chance.choice("👍🎉x")}) if which else None


def _mark_read(moment: Moment) -> Ask:
    return Ask(moment.user, "channels.mark_read", {"channel_url": moment.url})


def _leave(moment: Moment) -> Ask:
    return Ask(moment.user, "channels.leave", {"channel_url": moment.url})


def _join(moment: Moment) -> Ask:
    return Ask(moment.chance.choice(moment.users), "channels.join", {"channel_url": moment.url})


def _invite(moment: Moment) -> Ask:
    return Ask(
        moment.user, "channels.invite", {"channel_url": moment.url, "user_ids": [moment.chance.choice(moment.users)]}
    )


def _rename_channel(moment: Moment) -> Ask:
    return Ask(moment.user, "channels.update", {"channel_url": moment.url, "name": f"about {moment.name}"})


def _delete_channel(moment: Moment) -> Ask:
    return Ask("", "channels.delete", {"channel_url": moment.url})


def _rename_user(moment: Moment) -> Ask:
    return Ask(moment.user, "users.update", {"nickname": f"Nick {moment.name}"})


def _delete_user(moment: Moment) -> Ask:
    return Ask("", "users.delete", {"user_id": moment.user})


def _issue_session(moment: Moment) -> Ask:
    return Ask("", "sessions.issue", {"user_id": moment.user})


def _revoke_sessions(moment: Moment) -> Ask:
    return Ask("", "sessions.revoke", {"user_id": moment.user})


# How often each is done, in hundredths.
_MAKERS: dict[Callable[[Moment], Ask | None], int] = {
    _send: 45,
    _react: 5,
    _edit: 10,
    _delete: 6,
    _mark_read: 10,
    _join: 6,
    _invite: 4,
    _leave: 4,
    _rename_channel: 2,
    _delete_channel: 2,
    _rename_user: 2,
    _delete_user: 1,
    _issue_session: 2,
    _revoke_sessions: 1,
}
