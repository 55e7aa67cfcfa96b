"""The messages of a channel on a device, with what hangs on them: reactions, threads, polls, what the user keeps."""

from __future__ import annotations

from collections import Counter
from typing import Any

from scripts.simulating.seen import Resource, message_seen, thread_seen

NO_THREAD: Resource = {"reply_count": 0, "last_replied_at": 0, "most_replies": []}
# Of so many users a thread says that they replied most, and so many unread replies are counted.
MOST_REPLIERS = 5
MOST_UNREAD = 100

Place = tuple[int, int]
"""Of a message in time: its time, its id."""


class LocalMessages:
    """All messages that the user may see, by their ids."""

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        # Whether a message is gone that was never here, or one that is not here has a reply.
        self.is_unsure = False
        self.messages: dict[int, Resource] = {}
        # The id up to which messages are read.
        self.read = 0
        self.reactions: dict[int, dict[str, set[str]]] = {}
        self.threads: dict[int, Resource] = {}
        self.saved: set[int] = set()
        # Up to which place the user has read threads that are followed; what is followed no more is None.
        self.followed: dict[int, Place | None] = {}

    def load(self, message: Resource) -> None:
        """Take over a message that was loaded with everything."""
        number = message["message_id"]
        self.messages[number] = message_seen(message)
        self.reactions[number] = {each["key"]: set(each["user_ids"]) for each in message["reactions"]}
        self.threads[number] = thread_seen(message["thread_info"]) if "thread_info" in message else NO_THREAD

    def load_unread(self, count: int) -> None:
        """Take over how many messages are unread, when all are there."""
        numbers = [number for number, message in sorted(self.messages.items()) if not message["silent"]]
        if count > len(numbers):
            raise LookupError(f"{count} of {len(numbers)} messages are unread")
        self.read = next((number - 1 for number in numbers[-count:]), 0) if count else max(self.messages, default=0)

    def unread(self) -> list[Resource]:
        """The messages that the user has not read."""
        return [each for number, each in self.messages.items() if number > self.read and not each["silent"]]

    def mentions(self) -> list[Resource]:
        """Those of them that mention the user, or everybody."""
        return [
            each
            for each in self.unread()
            if each["mention_type"] == "channel" or self.user_id in each["mentioned_users"]
        ]

    def load_thread(self, thread: Resource) -> None:
        """Take over a thread that the user follows, when all messages are there."""
        replies = self.replies(thread["message_id"])
        read = len(replies) - thread["unread_reply_count"]
        if read < 0:
            raise LookupError(f"{thread['unread_reply_count']} of {len(replies)} replies are unread")
        self.followed[thread["message_id"]] = replies[read - 1] if read > 0 else (0, 0)

    def state(self) -> Resource:
        """All of it in plain values."""
        return {
            "messages": {number: self._message(number) for number in self.messages},
            "saved": self.saved,
            "threads": {
                number: self._unread(number, read)
                for number, read in self.followed.items()
                if read is not None and self.replies(number)
            },
        }

    def replies(self, parent: int) -> list[Place]:
        """The replies to a message, in the order of time."""
        found = (each for each in self.messages.values() if each.get("parent_message_id") == parent)
        return sorted((each["created_at"], each["message_id"]) for each in found)

    def add(self, told: Resource) -> None:
        """A message was sent."""
        message = told["message"]
        self.load(message | {"reactions": []})
        parent = message.get("parent_message_id", 0)
        if parent:
            self._reply(parent, message, told["thread_info"])

    def clear(self) -> None:
        """Nothing of it is seen any more."""
        self.messages.clear()
        self.reactions.clear()
        self.threads.clear()

    def forget(self, message_id: int) -> None:
        """A message is gone."""
        for kept in (self.messages, self.reactions, self.threads):
            kept.pop(message_id, None)
        self.saved.discard(message_id)

    def message_updated(self, told: Resource) -> None:
        message = told["message"]
        if message["message_id"] in self.messages:
            self.messages[message["message_id"]] = message_seen(message)

    def message_deleted(self, told: Resource) -> None:
        self._lose(told["message_id"])
        if "thread_info" in told and told["parent_message_id"] in self.threads:
            self.threads[told["parent_message_id"]] = thread_seen(told["thread_info"])

    def messages_erased(self, told: Resource) -> None:
        for message_id in told["message_ids"]:
            self._lose(message_id)

    def messages_expired(self, told: Resource) -> None:
        end = (told["created_at"], told["message_id"])
        # When a message was that is not here is not known.
        self.is_unsure |= any(number not in self.messages for number in (told["message_id"], *self.followed))
        for number, message in list(self.messages.items()):
            if (message["created_at"], number) <= end:
                self._lose(number)
                self.followed.pop(number, None)

    def reaction_added(self, told: Resource) -> None:
        if told["message_id"] in self.messages:
            self.reactions[told["message_id"]].setdefault(told["reaction"], set()).add(told["user_id"])

    def reaction_removed(self, told: Resource) -> None:
        of_message = self.reactions.get(told["message_id"], {})
        users = of_message.get(told["reaction"], set())
        users.discard(told["user_id"])
        if not users:
            of_message.pop(told["reaction"], None)

    def poll_updated(self, told: Resource) -> None:
        self._change_poll(told["poll"]["id"], told["poll"])

    def poll_voted(self, told: Resource) -> None:
        counts = {option["id"]: option["vote_count"] for option in told["options"]}
        poll = self._poll(told["poll_id"])
        if poll is not None:
            # An option that was removed since is still here when the vote was missed.
            options = [
                option | {"vote_count": counts.get(option["id"], option["vote_count"])} for option in poll["options"]
            ]
            self._change_poll(poll["id"], poll | {"voter_count": told["voter_count"], "options": options})

    def poll_deleted(self, told: Resource) -> None:
        gone = {"title": "", "status": "removed", "close_at": -1, "created_at": 0, "updated_at": 0}
        self._change_poll(told["poll_id"], {"id": told["poll_id"]} | gone)

    def message_saved(self, told: Resource) -> None:
        self.saved.add(told["message_id"])

    def message_unsaved(self, told: Resource) -> None:
        self.saved.discard(told["message_id"])

    def thread_followed(self, told: Resource) -> None:
        parent = told["message_id"]
        replies = self.replies(parent)
        if self.followed.get(parent) is None:
            self.followed[parent] = replies[-1] if replies else (0, 0)

    def thread_unfollowed(self, told: Resource) -> None:
        self.followed[told["message_id"]] = None

    def thread_read(self, told: Resource) -> None:
        if self.followed.get(told["message_id"]) is not None:
            self.followed[told["message_id"]] = told["read_ts"], told["reply_id"]

    def _message(self, number: int) -> Resource:
        return self.messages[number] | {"reactions": self.reactions[number], "thread_info": self.threads[number]}

    def _reply(self, parent: int, message: Resource, thread_info: Resource) -> None:
        if parent in self.threads:
            self.threads[parent] = thread_seen(thread_info)
        place = message["created_at"], message["message_id"]
        began = self.messages.get(parent, {}).get("user") == self.user_id
        if message["user"]["user_id"] == self.user_id:
            self.followed[parent] = max(self.followed.get(parent) or (0, 0), place)
        elif began and len(self.replies(parent)) == 1:
            self.followed.setdefault(parent, (0, 0))
        elif parent not in self.messages:
            self.is_unsure = True

    def _unread(self, parent: int, read: Place) -> int:
        return min(sum(place > read for place in self.replies(parent)), MOST_UNREAD)

    def _lose(self, number: int) -> None:
        """A message is gone, and what its thread was is to be counted anew."""
        self.is_unsure |= number not in self.messages
        parent = self.messages.get(number, {}).get("parent_message_id", 0)
        self.forget(number)
        if parent in self.threads:
            self.threads[parent] = self._counted(parent)

    def _counted(self, parent: int) -> Resource:
        replies = self.replies(parent)
        senders = Counter(self.messages[number]["user"] for _, number in replies)
        most = sorted(user for user, _ in senders.most_common(MOST_REPLIERS))
        last = replies[-1][0] if replies else 0
        return {"reply_count": len(replies), "last_replied_at": last, "most_replies": most}

    def _poll(self, number: int) -> Any:
        return next((each["poll"] for each in self.messages.values() if each.get("poll", {}).get("id") == number), None)

    def _change_poll(self, number: int, poll: Resource) -> None:
        for message in self.messages.values():
            if message.get("poll", {}).get("id") == number:
                message["poll"] = poll
