"""What commands cost in channels of N and of 2N: a super channel of members, an open channel of those who are present.

Processor time of the domain, the store and, where nobody is a member, the gateway. Delivery, which alone may grow, is
a row of its own.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

import large_open
from place import Call, Place

from chatd.store.store import Store

URL = "large"
AT_ONCE = 100
MAP_SIZE = 1 << 30

# Of a member: what to call, and what undoes it.
CALLS: dict[str, tuple[Call, Call | None]] = {
    "send": (("messages.send", {"message": "x" * 100}), None),
    "mark read": (("channels.mark_read", {}), ("messages.send", {"message": "more", "user_id": "user2"})),
    "typing": (("channels.typing", {}), None),
    "members page": (("members.list", {"limit": 20}), None),
    "leave": (("channels.leave", {}), ("channels.join", {"user_id": "user1"})),
    "join": (("channels.join", {}), ("channels.leave", {"user_ids": ["user1"]})),
    "mute": (("mutes.add", {"user_id": "user3", "seconds": 60}), ("mutes.remove", {"user_id": "user3"})),
    "unmute": (("mutes.remove", {"user_id": "user3"}), ("mutes.add", {"user_id": "user3", "seconds": 60})),
    "ban": (("bans.add", {"user_id": "user4", "seconds": 60}), ("bans.remove", {"user_id": "user4"})),
    "lift a ban": (("bans.remove", {"user_id": "user4"}), ("bans.add", {"user_id": "user4", "seconds": 60})),
    "freeze": (("channels.freeze", {"freeze": True}), ("channels.freeze", {"freeze": False})),
}
BY_OPERATOR = {"mute", "unmute", "ban", "lift a ban", "freeze"}


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Microseconds of each call at both sizes, and how they compare."""
    figures: dict[str, Any] = {}
    measures = (("super", options.large_members, _super), ("open", options.large_present, large_open.run))
    for kind, count, measure in measures:
        small, large = measure(count), measure(2 * count)
        for name, value in small.items():
            figures[f"{kind}: {name}, microseconds"] = {
                f"{count:,}": round(value, 2 if value < 10 else None),
                f"{2 * count:,}": round(large[name], 2 if value < 10 else None),
                "ratio": round(large[name] / value, 2),
            }
    return figures


def _super(members: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="chatd-bench-") as directory:
        store = Store.open(Path(directory) / "data", MAP_SIZE)
        place = _filled(store, members)
        figures = {name: _cost(place, name) for name in CALLS}
        store.close()
    return figures


def _filled(store: Store, members: int) -> Place:
    """A super channel that `user0` operates."""
    place = Place(store)
    names = [f"user{number}" for number in range(members)]
    made = {"is_super": True, "is_public": True, "operator_ids": names[:1], "user_ids": names[:AT_ONCE]}
    place.prepare([("users.create", {"user_id": name, "nickname": name}) for name in names])
    place.prepare([("channels.create", {"channel_url": URL, **made})])
    for first in range(AT_ONCE, members, AT_ONCE):
        place.prepare([("channels.invite", {"channel_url": URL, "user_ids": names[first : first + AT_ONCE]})])
    return place


def _cost(place: Place, name: str) -> float:
    call, undo = [each and (each[0], {"channel_url": URL, **each[1]}) for each in CALLS[name]]
    assert call is not None
    if undo is not None:
        place.call(None, undo[0], **undo[1])
    return place.cost("user0" if name in BY_OPERATOR else "user1", call, undo)
