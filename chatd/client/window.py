"""Some messages of a channel that follow each other without a gap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable

from chatd.client.schema import Message, MessagesExpired, Publication, Reaction

# Above the one, messages at the end that nobody looks at are given up, down to the other.
MOST_KEPT = 600
KEPT = 400


class Window:
    """Oldest first.

    Invariants: `messages` ascends by message_id and holds each id once; between its first and last message none is
    missing. `has_older` and `has_newer` say whether there is more beyond its ends; without `has_newer` it
    reaches to now.
    """

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.has_older = False
        self.has_newer = False

    def replace(self, messages: Iterable[Message], *, has_older: bool, has_newer: bool) -> None:
        """Have these instead."""
        self.messages, self.has_older, self.has_newer = list(messages), has_older, has_newer

    def prepend(self, page: list[Message], *, has_older: bool) -> None:
        """The page that ends where this begins."""
        self.messages[:0] = page
        self.has_older = has_older
        if len(self.messages) > MOST_KEPT:
            del self.messages[KEPT:]
            self.has_newer = True

    def append(self, page: list[Message], *, has_newer: bool) -> None:
        """The page that begins where this ends."""
        self.messages += page
        self.has_newer = has_newer
        self._give_up_oldest()

    def insert(self, message: Message) -> None:
        """A message that was sent. What lies beyond an end belongs to a page that is not loaded."""
        at = self._place(message["message_id"])
        is_before = at == 0 and self.has_older and bool(self.messages)
        is_after = at == len(self.messages) and self.has_newer
        if is_before or is_after or self.find(message["message_id"]):
            return
        self.messages.insert(at, message)
        self._give_up_oldest()

    def revise(self, message: Message) -> None:
        """A message as it is now; what is older than what is known changes nothing."""

        def revised(known: Message) -> Message:
            if message["updated_at"] < known["updated_at"]:
                return known
            # What comes with an event says nothing of reactions and replies; who edits does not take them away.
            revised = message.copy()
            if "reactions" in known:
                revised.setdefault("reactions", known["reactions"])
            if "thread_info" in known:
                revised.setdefault("thread_info", known["thread_info"])
            return revised

        self.change(message["message_id"], revised)

    def change(self, message_id: int, change: Callable[[Message], Message]) -> None:
        """Have `change(message)` instead of a message, if it is here."""
        at = self._place(message_id)
        if self.find(message_id):
            self.messages[at] = change(self.messages[at])

    def follow(self, event: Publication) -> None:
        """What an event changes about messages, whoever shows them: they say something else, or are gone."""
        match event["type"]:
            case "message.updated":
                self.revise(event["message"])
            case "message.deleted":
                self.drop([event["message_id"]])
            case "messages.erased":
                self.drop(event["message_ids"])
            case "messages.expired":
                self.expire(event)

    def drop(self, message_ids: Collection[int]) -> None:
        """These are gone."""
        self.messages = [message for message in self.messages if message["message_id"] not in message_ids]

    def expire(self, event: MessagesExpired) -> None:
        """What was sent at a place or before is gone."""
        kept = [message for message in self.messages if not has_expired(message, event)]
        if len(kept) < len(self.messages):
            self.messages, self.has_older = kept, False

    def find(self, message_id: int) -> Message | None:
        """The message with this id, if it is here."""
        at = self._place(message_id)
        is_here = at < len(self.messages) and self.messages[at]["message_id"] == message_id
        return self.messages[at] if is_here else None

    def _place(self, message_id: int) -> int:
        return bisect_left(self.messages, message_id, key=_id_of)

    def _give_up_oldest(self) -> None:
        if len(self.messages) > MOST_KEPT:
            del self.messages[:-KEPT]
            self.has_older = True


def has_expired(message: Message, event: MessagesExpired) -> bool:
    """Whether a message of the channel is gone by this: what was sent at a place or before, by time and then by id."""
    return (message["created_at"], message["message_id"]) <= (event["created_at"], event["message_id"])


def with_reaction(message: Message, key: str, user_id: str, updated_at: int) -> Message:
    """The message after somebody reacted. What is there already changes nothing, so an event may come twice."""
    if has_reaction(message, key, user_id):
        return message
    reactions = message.get("reactions", [])
    if any(each["key"] == key for each in reactions):
        changed = [_grown(each, user_id, updated_at) if each["key"] == key else each for each in reactions]
    else:
        changed = [*reactions, Reaction(key=key, user_ids=[user_id], updated_at=updated_at)]
    return message | {"reactions": changed}


def without_reaction(message: Message, key: str, user_id: str) -> Message:
    """The message after somebody took a reaction back; likewise."""
    if not has_reaction(message, key, user_id):
        return message
    left = [
        each | {"user_ids": [one for one in each["user_ids"] if one != user_id]} if each["key"] == key else each
        for each in message.get("reactions", ())
    ]
    return message | {"reactions": [each for each in left if each["user_ids"]]}


def has_reaction(message: Message, key: str, user_id: str) -> bool:
    """Whether somebody has reacted so."""
    return any(each["key"] == key and user_id in each["user_ids"] for each in message.get("reactions", ()))


def _grown(reaction: Reaction, user_id: str, updated_at: int) -> Reaction:
    return reaction | {"user_ids": [*reaction["user_ids"], user_id], "updated_at": updated_at}


def _id_of(message: Message) -> int:
    return message["message_id"]
