"""What was done to keep order."""

from __future__ import annotations

from chatd.model import Record


class ActNoted(Record, frozen=True, tag=150):
    """An act of moderation, told to nobody.

    `actor` did it; 0 is a backend, or with `by_server` the server itself. `user` is on whom, `channel` where, with the
    URL that it had, `message_id` about which message; 0 where there is none. `detail` says more of what was changed.
    It holds until `until`, in milliseconds; 0 when it has no end. `login` is the account that did it in the dashboard.
    """

    kind: str
    actor: int
    user: int = 0
    channel: int = 0
    channel_url: str = ""
    message_id: int = 0
    reason: str = ""
    detail: str = ""
    until: int = 0
    by_server: bool = False
    login: str = ""
