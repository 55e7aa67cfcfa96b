"""Who calls, and who is told: nothing of it is stored."""

from __future__ import annotations

from typing import Any

import msgspec


class Actor(msgspec.Struct, frozen=True, gc=False):
    """Who makes a call. `user` is None for a backend with an API token; it acts for whom it names.

    `connection` is the serial number of the connection on which a client calls, 0 when it calls over HTTP. `login`
    names the account of the person who calls as a backend does, from the dashboard. `is_visitor`: somebody from
    outside, who may do little.
    """

    application: int
    user: int | None
    user_id: str | None
    connection: int = 0
    login: str = ""
    is_visitor: bool = False


class Publication(msgspec.Struct, frozen=True):
    """Something to tell connected clients, after the commit that made it true.

    `channel`: goes to the online members of that channel; `user`: to that user's own devices; 0 = not so.
    `sequence` is 0 for what is never stored. `joined` begin to receive with this publication, `left` end with it.
    With `ends` nobody receives from the channel any more. With `disconnect` the connections of `user` are closed:
    their sessions have ended, or only the one that expires at `session`. With `forgets`, what earlier events were told
    as may be told no more. `expels` is a custom type of which `user` may be in no open channel any more.
    """

    application: int
    sequence: int
    data: dict[str, Any]
    channel: int = 0
    user: int = 0
    joined: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    disconnect: bool = False
    session: int = 0
    forgets: bool = False
    ends: bool = False
    expels: str = ""
