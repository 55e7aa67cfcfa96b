"""How a client loads what it keeps: as generators of calls, which whoever runs them answers.

Each yields the name of a method and its parameters, and is sent the result, or thrown `Refused`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from scripts.simulating.local_channel import LocalChannel
from scripts.simulating.replica import Replica
from scripts.simulating.seen import Resource, member_seen, scheduled_seen, user_seen

Calls = Generator[tuple[str, Resource], Any, None]

EVERYTHING = {
    "include_reactions": True,
    "include_thread_info": True,
    "with_sorted_meta_array": True,
    "include_poll_details": True,
}
PAGE = 100


class Refused(Exception):
    """A call was refused."""


def load(replica: Replica) -> Calls:
    """Everything, into a replica that has nothing yet."""
    replica.user = user_seen((yield "users.me", {}))
    replica.auto_accept = (yield "users.view_invitation_preference", {})["auto_accept"]
    replica.push_preference = yield "users.view_push_preference", {}
    mine = {"show_empty": True, "hidden_mode": "all", "member_state_filter": "all"}
    found: list[Resource] = []
    yield from _pages("channels.list", "channels", mine, found)
    for channel in found:
        if channel["member_state"] == "invited":
            replica.invitations.add(channel["channel_url"])
        else:
            yield from load_channel(replica, channel["channel_url"])
    scheduled: list[Resource] = []
    yield from _pages("scheduled_messages.list", "scheduled_messages", {"status": ["pending", "failed"]}, scheduled)
    replica.scheduled = {each["scheduled_message_id"]: scheduled_seen(each) for each in scheduled}
    polls: list[Resource] = []
    yield from _pages("polls.list", "polls", {"limit": 20}, polls)
    replica.polls = {poll["id"]: poll for poll in polls}
    blocked: list[Resource] = []
    yield from _pages("blocks.list", "users", {}, blocked)
    replica.blocked = {user["user_id"] for user in blocked}


def load_channel(replica: Replica, channel_url: str) -> Calls:
    """One channel of the user; nothing when the user is no member any more."""
    replica.wanted.discard(channel_url)
    replica.channels.pop(channel_url, None)
    try:
        yield from _load_channel(replica, channel_url)
    except Refused:
        replica.channels.pop(channel_url, None)


def load_wanted(replica: Replica) -> Calls:
    """The channels of which a replica knows that it knows too little."""
    for channel_url in sorted(replica.wanted):
        yield from load_channel(replica, channel_url)


def _load_channel(replica: Replica, channel_url: str) -> Calls:
    where = {"channel_url": channel_url}
    view = yield "channels.view", where | {"show_metadata": True}
    channel = replica.channels[channel_url] = LocalChannel(replica.user_id, view)
    channel.counters = dict((yield "metacounters.view", where))
    if not channel.common["is_super"]:
        members: list[Resource] = []
        whose = where | {
            "member_active_mode_filter": "all",
            "show_read_receipt": True,
            "show_delivery_receipt": True,
        }
        yield from _pages("members.list", "members", whose, members)
        channel.members = {member["user_id"]: member_seen(member) for member in members}
    yield from _load_messages(channel, where)
    if not channel.common["is_ephemeral"]:
        unread = (yield "channels.unread_count", where)["unread"][replica.user_id]
        channel.load_unread(unread)
    kept: dict[str, list[Resource]] = {name: [] for name in ("drafts", "saved", "threads")}
    for name, found in kept.items():
        yield from _pages(f"{name}.list", name, where, found)
    for draft in kept["drafts"]:
        channel.keep_draft(draft)
    channel.saved = {each["message"]["message_id"] for each in kept["saved"]}
    for thread in kept["threads"]:
        channel.load_thread(thread)


def _load_messages(channel: LocalChannel, where: Resource) -> Calls:
    place: Resource = {"message_ts": 0}
    while True:
        params = where | EVERYTHING | place | {"prev_limit": 0, "next_limit": PAGE, "include_reply_type": "ALL"}
        page = (yield "messages.list", params)["messages"]
        for message in page:
            channel.load(message)
        if len(page) < PAGE:
            return
        place = {"message_id": page[-1]["message_id"], "include": False}


def _pages(method: str, name: str, params: Resource, found: list[Resource]) -> Calls:
    token = ""
    while True:
        result = yield method, {"limit": PAGE} | params | {"token": token}
        found += result[name]
        token = result["next"]
        if not token:
            return


def differences(ours: Any, theirs: Any, path: str = "") -> Iterator[str]:
    """Where two states differ, a line for each place."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys(), key=str):
            yield from differences(ours.get(key, "nothing"), theirs.get(key, "nothing"), f"{path}/{key}")
    elif ours != theirs:
        yield f"{path}: {ours!r}, and not {theirs!r}"
