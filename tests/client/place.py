"""A channel of the model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.client.polling import Poll

ME, OTHER = "ann", "ben"
NOT_HERE, NO_CHANNEL, NO_MESSAGE = 1220, 501, 501

Json = dict[str, Any]


class Refusal(Exception):
    """What a command is answered that cannot be done."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


@dataclass
class Place:
    """A channel of the model."""

    url: str
    is_member: bool = True
    messages: list[Json] = field(default_factory=list)
    # By req_id what was committed, as it was said first.
    sent: dict[str, Json] = field(default_factory=dict)
    mark: int = 0
    read_at: int = 0
    other_read_at: int = 0
    # What this person has begun to write.
    draft: str = ""
    # What is said of it.
    metadata: dict[str, str] = field(default_factory=dict)
    # By the message that began it: up to which reply this person has read a thread that they follow, or None.
    threads: dict[int, int | None] = field(default_factory=dict)
    # What is left of messages that were deleted.
    removed: dict[int, Json] = field(default_factory=dict)
    poll: Poll = field(default_factory=Poll)

    def find(self, message_id: int) -> Json:
        """The message with this id."""
        for message in self.messages:
            if message["message_id"] == message_id:
                return message
        raise Refusal(NO_MESSAGE)

    def replies(self, parent_id: int) -> list[Json]:
        """Those to a message; to none what is said in the channel itself."""
        return [message for message in self.messages if message.get("parent_message_id", 0) == parent_id]

    def thread_info(self, parent_id: int) -> Json:
        """How a thread stands."""
        replies = self.replies(parent_id)
        last = replies[-1]["created_at"] if replies else 0
        return {"reply_count": len(replies), "most_replies": [], "last_replied_at": last, "updated_at": last}

    @property
    def unread(self) -> int:
        """How many this person has not read."""
        return sum(each["message_id"] > self.mark and each["user"]["user_id"] != ME for each in self.messages)


def created(place: Place, message: Json) -> Json | None:
    if message not in place.messages:
        return None
    parent_id = message.get("parent_message_id", 0)
    thread = {"thread_info": place.thread_info(parent_id)} if parent_id else {}
    return {"message": plain(message), **thread}


def plain(message: Json) -> Json:
    """As events have it: without reactions."""
    return {name: value for name, value in message.items() if name != "reactions"}
