"""What commands cost in channels of N and of 2N: a super channel of members, an open channel of those who are present.

Processor time of the domain and the store, without delivery, which alone may grow. Entering and leaving an open channel
is work of the gateway, so that is measured in a server.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backend import Backend
from open_channel import ENTERED, NAME, _commands, _enter
from server import Server
from swarm import Swarm

from chatd.domain import COMMANDS
from chatd.domain.command import Kind
from chatd.domain.tenants import applications
from chatd.domain.users.people import find_user
from chatd.model import Actor
from chatd.store.store import Store

URL = "large"
ROUNDS = 40
AT_ONCE = 100
VISITS = 200
PATIENCE_SECONDS = 60
MAP_SIZE = 1 << 30

# Of a member: what to call, and what undoes it, so that it can be called again.
CALLS: dict[str, tuple[tuple[str, dict[str, Any]], tuple[str, dict[str, Any]] | None]] = {
    "send": (("messages.send", {"message": "x" * 100}), None),
    "mark read": (("channels.mark_read", {}), ("messages.send", {"message": "more", "user_id": "user2"})),
    "typing": (("channels.typing", {}), None),
    "members page": (("members.list", {"limit": 20}), None),
    "leave": (("channels.leave", {}), ("channels.join", {"user_id": "user1"})),
    "join": (("channels.join", {}), ("channels.leave", {"user_ids": ["user1"]})),
    "mute": (("mutes.add", {"user_id": "user3", "seconds": 60}), ("mutes.remove", {"user_id": "user3"})),
    "freeze": (("channels.freeze", {"freeze": True}), ("channels.freeze", {"freeze": False})),
}
BY_OPERATOR = {"mute", "freeze"}


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Microseconds of each call at both sizes, and how they compare."""
    figures: dict[str, Any] = {}
    for kind, count, measure in (("super", options.large_members, _super), ("open", options.large_present, _open)):
        small, large = measure(count), measure(2 * count)
        for name, value in small.items():
            figures[f"{kind}: {name}, microseconds"] = {
                f"{count:,}": round(value),
                f"{2 * count:,}": round(large[name]),
                "ratio": round(large[name] / value, 2),
            }
    return figures


def _super(members: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="chatd-bench-") as directory:
        store = Store.open(Path(directory) / "data", MAP_SIZE)
        place = _Place(store, members)
        figures = {name: place.cost(name) for name in CALLS}
        store.close()
    return figures


class _Place:
    """A super channel in a store. `user0` operates it."""

    def __init__(self, store: Store, members: int) -> None:
        self._store = store
        self._application = store.write_now(0, applications.create, "bench").number
        names = [f"user{number}" for number in range(members)]
        for name in names:
            self.call(None, "users.create", user_id=name, nickname=name)
        self.call("user0", "channels.create", channel_url=URL, is_super=True, is_public=True, user_ids=names[1:AT_ONCE])
        for first in range(AT_ONCE, members, AT_ONCE):
            self.call(None, "channels.invite", channel_url=URL, user_ids=names[first : first + AT_ONCE])

    def cost(self, name: str) -> float:
        """The median of the microseconds of processor time that a call takes."""
        (method, params), undo = CALLS[name]
        user = "user0" if name in BY_OPERATOR else "user1"
        if undo is not None:
            self.call(None, undo[0], channel_url=URL, **undo[1])
        taken = []
        for _ in range(ROUNDS):
            began = time.thread_time()
            self.call(user, method, channel_url=URL, **params)
            taken.append(time.thread_time() - began)
            if undo is not None:
                self.call(None, undo[0], channel_url=URL, **undo[1])
        return statistics.median(taken) * 1e6

    def call(self, user_id: str | None, name: str, /, **params: Any) -> Any:
        """Call a command, for a user or as a backend."""
        command = COMMANDS[name]
        number = self._store.read(self._application, find_user, user_id).number if user_id else None
        actor = Actor(self._application, number, user_id)
        run: Callable[..., Any] = self._store.write_now if command.kind is Kind.WRITE else self._store.read_now
        result = run(self._application, command.function, actor, command.parse(params))
        self._store.refresh()
        return result


def _open(present: int) -> dict[str, float]:
    """Of one who comes and goes while so many are there, and of one delivery."""
    with Server() as server:
        backend = Backend(server.port, server.token)
        tokens = backend.make_users([f"user{number}" for number in range(present)])
        audience, visitor = Swarm(server.port, ENTERED), Swarm(server.port, ENTERED)
        audience.connect(tokens, None)
        visitor.connect(tokens[:1], None)
        backend.call("POST", "/open_channels", {"channel_url": NAME.removeprefix("open:")})
        _enter(audience)
        before = server.cpu_seconds
        for _ in range(VISITS):
            channel = {"channel": NAME}
            visitor.send(0, _commands({"id": 5, "subscribe": channel}, {"id": 6, "unsubscribe": channel}))
        visitor.count_to(VISITS, PATIENCE_SECONDS)
        visits = server.cpu_seconds - before
        before = server.cpu_seconds
        path = f"/open_channels/{NAME.removeprefix('open:')}/participants?limit=20"
        for _ in range(VISITS):
            backend.call("GET", path)
        pages = server.cpu_seconds - before
        audience.close()
        visitor.close()
    return {"enter and leave": visits / VISITS * 1e6, "participants page": pages / VISITS * 1e6}
