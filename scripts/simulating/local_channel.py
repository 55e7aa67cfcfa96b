"""A channel as one of its members has it on a device."""

from __future__ import annotations

from typing import Any

from scripts.simulating.local_messages import LocalMessages
from scripts.simulating.seen import Resource, channel_seen, member_seen, own_seen

HIDDEN_UNTIL_MESSAGE = "hidden_allow_auto_unhide"
# Above so many members read marks of others are not told.
SMALL = 100


class LocalChannel(LocalMessages):
    """What its members, the user among them, have in common, and what is the user's own."""

    def __init__(self, user_id: str, view: Resource) -> None:
        """From `channels.view` with metadata; the rest comes with what else is loaded."""
        super().__init__(user_id)
        self.common = channel_seen(view)
        self.own = own_seen(view)
        self.members: dict[str, Resource] = {}
        self.metadata: dict[str, str] = dict(view["metadata"])
        self.counters: dict[str, int] = {}
        self.pins: list[int] = view["pinned_message_ids"]
        self.drafts: dict[int, tuple[str, str]] = {}

    def take(self, told: Resource) -> None:
        """Apply a publication that is about this channel."""
        getattr(self, told["type"].replace(".", "_"))(told)

    def state(self) -> Resource:
        """All of it in plain values."""
        joined = [user_id for user_id, member in self.members.items() if member["state"] == "joined"]
        return super().state() | {
            "common": self.common,
            "own": self.own,
            "unread": len(self.unread()),
            "mentions": len(self.mentions()),
            "members": self.members if len(joined) <= SMALL else sorted(self.members),
            "metadata": self.metadata,
            "counters": self.counters,
            "pins": self.pins,
            "drafts": self.drafts,
        }

    def counted_unread(self) -> int:
        """Unread messages, when they are to be counted."""
        return len(self.unread()) if self.own["count_preference"] in ("all", "unread_message_count_only") else 0

    def counted_mentions(self) -> int:
        """Unread mentions, when they are to be counted."""
        return len(self.mentions()) if self.own["count_preference"] in ("all", "unread_mentioned_count_only") else 0

    def join(self, told: Resource) -> None:
        """Others became members."""
        self.common = channel_seen(told["channel"])
        self._bring(told)

    def member_invited(self, told: Resource) -> None:
        self.common["is_distinct"] = False
        self._bring(told)

    def _bring(self, told: Resource) -> None:
        for member in told.get("members", ()):
            self.members[member["user_id"]] = member_seen(member)

    def member_left(self, told: Resource) -> None:
        """Others belong to it no more; it is distinct no more by that."""
        self.common["is_distinct"] = False
        for user in told["users"]:
            self.members.pop(user["user_id"], None)

    invitation_declined = invitation_canceled = member_left

    def operators_changed(self, told: Resource) -> None:
        operators = {user["user_id"] for user in told["operators"]}
        for user_id, member in self.members.items():
            member["role"] = "operator" if user_id in operators else ""

    def user_muted(self, told: Resource) -> None:
        self._mute(told["user"]["user_id"], told["end_at"], told["description"])

    def user_unmuted(self, told: Resource) -> None:
        self._mute(told["user"]["user_id"], -1, "")

    def _mute(self, user_id: str, end_at: int, description: str) -> None:
        is_muted = end_at != -1
        if user_id == self.user_id:
            self.own["is_muted"] = is_muted
        if user_id in self.members:
            muted = {"is_muted": is_muted, "muted_end_at": end_at, "muted_description": description}
            self.members[user_id] |= muted

    def channel_updated(self, told: Resource) -> None:
        self.common = channel_seen(told["channel"])

    def channel_frozen(self, told: Resource) -> None:
        self.common["freeze"] = told["freeze"]

    def channel_hidden(self, told: Resource) -> None:
        self._hide(told["hidden_state"])

    channel_unhidden = channel_hidden

    def channel_history_reset(self, told: Resource) -> None:
        self.own["ts_message_offset"] = told["ts_message_offset"]
        self.clear()

    def channel_metadata_changed(self, told: Resource) -> None:
        _change(self.metadata, told)

    def channel_metacounters_changed(self, told: Resource) -> None:
        _change(self.counters, told)

    def channel_read(self, told: Resource) -> None:
        self._read(told["user_id"], told["read_ts"])
        if told["user_id"] == self.user_id:
            self.read = told["read_message_id"]

    def channel_delivered(self, told: Resource) -> None:
        member = self.members.get(told["user_id"])
        if member is not None:
            member["delivered_ts"] = max(member["delivered_ts"], told["delivered_ts"])

    def channel_marked_unread(self, told: Resource) -> None:
        self.read = told["message_id"] - 1

    def channel_preference_changed(self, told: Resource) -> None:
        self.own |= {name: told[name] for name in ("is_push_enabled", "count_preference", "push_trigger_option")}

    def message_created(self, told: Resource) -> None:
        message = told["message"]
        sender = message.get("user", {}).get("user_id", "")
        if not told.get("leaves_unread"):
            self._read(sender, message["created_at"])
            if sender == self.user_id:
                self.read = max(self.read, message["message_id"])
        if not message["silent"] and self.own["hidden_state"] == HIDDEN_UNTIL_MESSAGE:
            self._hide("unhidden")
        if not self.common["is_ephemeral"]:
            self.add(told)

    def message_pinned(self, told: Resource) -> None:
        self.pins = told["pinned_message_ids"]

    message_unpinned = message_pinned

    def draft_changed(self, told: Resource) -> None:
        draft = told["draft"]
        if draft["message"] or draft["data"]:
            self.keep_draft(draft)
        else:
            self.drafts.pop(draft["parent_message_id"], None)

    def keep_draft(self, draft: Resource) -> None:
        """Take over a draft."""
        self.drafts[draft["parent_message_id"]] = draft["message"], draft["data"]

    def forget(self, message_id: int) -> None:
        """A message is gone, and its pin with it."""
        super().forget(message_id)
        self.pins = [each for each in self.pins if each != message_id]

    def _read(self, user_id: str, time: int) -> None:
        member = self.members.get(user_id)
        if member is not None:
            member["read_ts"] = max(member["read_ts"], time)
            member["delivered_ts"] = max(member["delivered_ts"], time)

    def _hide(self, state: str) -> None:
        self.own |= {"hidden_state": state, "is_hidden": state != "unhidden"}


def _change(items: dict[str, Any], told: Resource) -> None:
    items |= told["created"] | told["updated"]
    for key in told["deleted"]:
        items.pop(key, None)
