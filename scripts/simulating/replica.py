"""What a client keeps of everything that concerns its user: loaded once, and from then on changed by what it is told.

A client loads a channel when its user becomes a member, and anew when it is told of a message that it does not have:
that it is gone, so that it may have changed how much is unread and who has read what, or that it was replied to, so
that its thread may be followed. Beside that it asks for nothing again. Publications that it does not know are an error:
each has to have its place here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scripts.simulating.local_channel import LocalChannel
from scripts.simulating.seen import Resource, scheduled_seen, user_seen

Handler = Callable[["Replica", Resource], None]


class Replica:
    """The local state of one device. `wanted` are the channels that are to be loaded before more is applied."""

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        self.user: Resource = {}
        self.auto_accept = True
        self.push_preference: Resource = {}
        self.channels: dict[str, LocalChannel] = {}
        self.invitations: set[str] = set()
        self.scheduled: dict[int, Resource] = {}
        self.polls: dict[int, Resource] = {}
        self.blocked: set[str] = set()
        self.wanted: set[str] = set()

    def take(self, publication: Resource) -> None:
        """Apply one publication of the stream."""
        kind = publication["type"]
        if kind in ABOUT_CHANNELS:
            url = publication.get("channel_url") or publication.get("draft", {}).get("channel_url", "")
            if url in self.channels:
                self.channels[url].take(publication)
                if self.channels[url].is_unsure:
                    self.wanted.add(url)
        if kind in ABOUT_ALL:
            ABOUT_ALL[kind](self, publication)
        elif kind not in ABOUT_CHANNELS:
            raise LookupError(f"no client knows what to do with {kind}: see scripts/simulating/replica.py")

    def counts(self) -> dict[str, int]:
        """What `users.unread_item_count` says of group channels."""
        shown = [channel for channel in self.channels.values() if not channel.own["is_hidden"]]
        return {
            "group_channel_unread_message_count": sum(channel.counted_unread() for channel in shown),
            "group_channel_unread_mention_count": sum(channel.counted_mentions() for channel in shown),
            "group_channel_invitation_count": len(self.invitations),
        }

    def state(self) -> Resource:
        """All of it in plain values, to be compared."""
        return {
            "user": self.user,
            "auto_accept": self.auto_accept,
            "push_preference": self.push_preference,
            "counts": self.counts(),
            "channels": {url: channel.state() for url, channel in self.channels.items()},
            "invitations": self.invitations,
            "scheduled": self.scheduled,
            "polls": self.polls,
            "blocked": self.blocked,
        }

    def leave(self, channel_url: str) -> None:
        """Forget a channel."""
        self.channels.pop(channel_url, None)
        self.wanted.discard(channel_url)

    def enter(self, channel_url: str) -> None:
        """Have a channel loaded."""
        self.leave(channel_url)
        self.invitations.discard(channel_url)
        self.wanted.add(channel_url)


def _joined(replica: Replica, told: Resource) -> None:
    url = told["channel_url"]
    if any(member["user_id"] == replica.user_id for member in told.get("members", ())):
        replica.enter(url)
    elif url in replica.channels:
        replica.channels[url].join(told)


def _left(replica: Replica, told: Resource) -> None:
    if any(user["user_id"] == replica.user_id for user in told["users"]):
        replica.leave(told["channel_url"])


def _deleted(replica: Replica, told: Resource) -> None:
    replica.leave(told["channel_url"])


def _invited(replica: Replica, told: Resource) -> None:
    replica.invitations.add(told["channel_url"])


def _not_invited(replica: Replica, told: Resource) -> None:
    replica.invitations.discard(told["channel_url"])


def _preference(replica: Replica, told: Resource) -> None:
    replica.auto_accept = told["auto_accept"]


def _push_preference(replica: Replica, told: Resource) -> None:
    replica.push_preference = told["push_preference"]


def _self(replica: Replica, told: Resource) -> None:
    replica.user = user_seen(told["user"])


def _scheduled(replica: Replica, told: Resource) -> None:
    resource = told["scheduled_message"]
    replica.scheduled[resource["scheduled_message_id"]] = scheduled_seen(resource)


def _ended(replica: Replica, told: Resource) -> None:
    replica.scheduled.pop(told["scheduled_message_id"], None)


def _failed(replica: Replica, told: Resource) -> None:
    number = told["scheduled_message_id"]
    if number in replica.scheduled:
        replica.scheduled[number]["scheduled_status"] = "failed"


def _poll(replica: Replica, told: Resource) -> None:
    poll = told["poll"]
    if "channel_url" in told:
        replica.polls.pop(poll["id"], None)
    else:
        replica.polls[poll["id"]] = poll


def _shown(replica: Replica, told: Resource) -> None:
    replica.polls.pop(told["message"].get("poll", {}).get("id"), None)


def _poll_deleted(replica: Replica, told: Resource) -> None:
    replica.polls.pop(told["poll_id"], None)


def _blocked(replica: Replica, told: Resource) -> None:
    replica.blocked.add(told["user"]["user_id"])


def _unblocked(replica: Replica, told: Resource) -> None:
    replica.blocked.discard(told["user"]["user_id"])


def _of_type(replica: Replica, told: Resource) -> None:
    """What holds in all channels of a custom type: they are loaded anew."""
    for url, channel in replica.channels.items():
        if channel.common["custom_type"] == told["custom_type"]:
            replica.wanted.add(url)


def _nothing(replica: Replica, told: Resource) -> None:
    """What is of the moment, or changes nothing that is kept: who is banned is told to have left."""


ABOUT_CHANNELS: Final = frozenset(
    {
        "channel.updated",
        "channel.frozen",
        "channel.hidden",
        "channel.unhidden",
        "channel.history_reset",
        "channel.metadata_changed",
        "channel.metacounters_changed",
        "channel.read",
        "channel.delivered",
        "channel.marked_unread",
        "channel.preference_changed",
        "draft.changed",
        "invitation.canceled",
        "invitation.declined",
        "member.invited",
        "member.left",
        "message.created",
        "message.deleted",
        "message.pinned",
        "message.saved",
        "message.unpinned",
        "message.unsaved",
        "message.updated",
        "messages.erased",
        "messages.expired",
        "operators.changed",
        "poll.deleted",
        "poll.updated",
        "poll.voted",
        "reaction.added",
        "reaction.removed",
        "thread.followed",
        "thread.read",
        "thread.unfollowed",
        "user.muted",
        "user.unmuted",
    }
)
"""Those that a channel of the user applies: see `local_channel`."""

ABOUT_ALL: Final[dict[str, Handler]] = {
    "channel.created": _joined,
    "channel.deleted": _deleted,
    "channel.permissions_changed": _nothing,
    "invitation.ended": _not_invited,
    "invitation.received": _invited,
    "invitation_preference.changed": _preference,
    "member.joined": _joined,
    "member.left": _left,
    "message.created": _shown,
    "poll.created": _poll,
    "poll.deleted": _poll_deleted,
    "poll.updated": _poll,
    "scheduled_message.canceled": _ended,
    "scheduled_message.created": _scheduled,
    "scheduled_message.failed": _failed,
    "scheduled_message.sent": _ended,
    "scheduled_message.updated": _scheduled,
    "push_preference.changed": _push_preference,
    "bot.changed": _nothing,
    "presence.changed": _nothing,
    "presence_preference.changed": _nothing,
    "type_operator.added": _of_type,
    "type_operator.removed": _of_type,
    "typing": _nothing,
    "user.banned": _nothing,
    "user.banned_from_type": _nothing,
    "user.blocked": _blocked,
    "user.created": _self,
    "user.deleted": _nothing,
    "user.muted_in_type": _of_type,
    "user.unbanned": _nothing,
    "user.unbanned_from_type": _nothing,
    "user.unblocked": _unblocked,
    "user.unmuted_in_type": _of_type,
    "user.updated": _self,
}
"""Those that change what does not belong to one channel."""
