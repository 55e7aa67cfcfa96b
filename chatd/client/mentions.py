"""Whom messages mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypedDict

from chatd.client.schema import Message

# What stands after "@" to mention all of a channel.
EVERYBODY = "channel"
AT = re.compile(r"(?<![\w@])@")
# After a name no other letter may follow, also not behind a dot or a dash; "@ana." mentions ana.
END = re.compile(r"(?!\w|[.-]\w)")
MOST = 100


@dataclass(frozen=True)
class Mention:
    """Where a text mentions somebody, from its "@" on."""

    start: int
    end: int
    user_id: str


class MentionParams(TypedDict):
    """Parameters of `messages.send` and `messages.update`."""

    mention_type: Literal["channel", "users"]
    mentioned_user_ids: list[str]


def find_mentions(text: str, user_ids: Iterable[str]) -> Iterator[Mention]:
    """Where a text mentions one of these, in its order; of two that fit the longer one is meant."""
    candidates = sorted(user_ids, key=len, reverse=True)
    for at in AT.finditer(text):
        fitting = (
            each for each in candidates if text.startswith(each, at.end()) and END.match(text, at.end() + len(each))
        )
        if found := next(fitting, ""):
            yield Mention(at.start(), at.end() + len(found), found)


def mention_params(text: str, user_ids: Iterable[str]) -> MentionParams:
    """Whom a text mentions, of these, or all: `send(text, **mention_params(text, channel.members))`."""
    found = dict.fromkeys(mention.user_id for mention in find_mentions(text, [*user_ids, EVERYBODY]))
    if EVERYBODY in found:
        return {"mention_type": "channel", "mentioned_user_ids": []}
    return {"mention_type": "users", "mentioned_user_ids": list(found)[:MOST]}


def is_mentioned(message: Message, user_id: str) -> bool:
    """Whether a message mentions somebody, by name or with all of a channel."""
    is_named = any(user["user_id"] == user_id for user in message.get("mentioned_users", ()))
    return is_named or message.get("mention_type") == "channel"
