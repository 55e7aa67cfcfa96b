"""What is told of polls. While no message shows a poll, the devices of its maker are told."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from chatd.domain.shapes.content import Poll


class OptionVotes(TypedDict):
    """How many have chosen an option."""

    id: int
    vote_count: int


class PollCreated(TypedDict):
    """A poll was made. To the devices of its maker."""

    type: Literal["poll.created"]
    poll: Poll


class PollUpdated(TypedDict):
    """A poll has changed: this is what it is now. While no message shows it, to the devices of its maker."""

    type: Literal["poll.updated"]
    channel_url: NotRequired[str]
    poll: Poll


class PollVoted(TypedDict):
    """Somebody has voted: the counts now, and who has chosen what unless the poll is anonymous."""

    type: Literal["poll.voted"]
    channel_url: NotRequired[str]
    poll_id: int
    message_id: int
    voter_count: int
    options: list[OptionVotes]
    user_id: NotRequired[str]
    option_ids: NotRequired[list[int]]


class PollDeleted(TypedDict):
    """A poll is gone. When no message showed it, to the devices of its maker."""

    type: Literal["poll.deleted"]
    channel_url: NotRequired[str]
    poll_id: int
