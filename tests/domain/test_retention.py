"""What is too old or too much goes for good, and nothing else with it."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import ids
from chatd.domain import stream
from chatd.domain.upkeep import retention
from chatd.errors import Forbidden, NotFound, OutOfRange
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.test_verify import findings_of

HOUR = 3_600_000
START = 1_790_000_000_000


class Clock:
    """What the store takes for the time."""

    def __init__(self) -> None:
        self.now = START

    def forward(self, milliseconds: int) -> None:
        self.now += milliseconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(ids, "now_ms", lambda: found.now)
    return found


@pytest.fixture
def tea(clock: Clock, world: World) -> World:
    """A channel of ann and bob with one message each hour: m0 to m9."""
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="tea1", user_ids=["bob"])
    for n in range(10):
        send(world, f"m{n}", req_id=f"r{n}")
        clock.forward(HOUR)
    return world


def send(world: World, text: str, **more: Any) -> int:
    number: int = world.client("ann", "messages.send", channel_url="tea1", message=text, **more)["message_id"]
    return number


def sweep(world: World, at_once: int = 3) -> list[int]:
    """What the job does; how many messages were there after each transaction."""
    counts = []
    start: int | None = 0
    while start is not None:
        found, start = world.store.read(world.application, retention.due, start, 1)
        for number in found:
            is_left = True
            while is_left:
                is_left = world.store.write_now(world.application, retention.remove_expired, number, at_once)
                world.store.refresh()
                counts.append(world.backend("messages.count", channel_url="tea1")["total"])
    assert not findings_of(world.store), findings_of(world.store).examples
    return counts


def texts(world: World) -> list[str]:
    page = world.client("bob", "messages.list", channel_url="tea1", message_ts=0, next_limit=100)
    return [message["message"] for message in page["messages"]]


def test_without_a_limit_all_is_kept(tea: World) -> None:
    assert sweep(tea) == []
    assert len(texts(tea)) == 10


def test_what_is_too_old_goes_in_slices(tea: World) -> None:
    tea.backend("retention.update", message_retention_hours=3)
    assert sweep(tea) == [7, 4, 2]
    assert texts(tea) == ["m8", "m9"]
    assert sweep(tea) == []


def test_what_is_too_much_goes(tea: World) -> None:
    tea.backend("messages.delete", channel_url="tea1", message_id=message_id(tea, "m9"))
    tea.backend("messages.delete", channel_url="tea1", message_id=message_id(tea, "m0"))
    tea.backend("retention.update", message_retention_count=4)
    sweep(tea)
    assert texts(tea) == ["m5", "m6", "m7", "m8"]


def message_id(world: World, text: str) -> int:
    page = world.backend("messages.list", channel_url="tea1", message_ts=0, next_limit=100)
    found: int = next(message["message_id"] for message in page["messages"] if message["message"] == text)
    return found


def test_what_was_written_is_nowhere(tea: World) -> None:
    tea.client("ann", "messages.update", channel_url="tea1", message_id=message_id(tea, "m1"), message="edited")
    tea.backend("channels.update", channel_url="tea1", message_survival_count=5)
    sweep(tea)

    def everything(txn: Any) -> str:
        return repr([list(txn.scan(table)) for table in tables.ALL])

    found = tea.store.read(tea.application, everything)
    assert "'m5'" in found
    assert not [text for text in ("'m0'", "'m1'", "'m4'", "edited") if text in found]


def test_a_channel_says_it_otherwise_than_its_application(tea: World) -> None:
    tea.backend("retention.update", message_retention_hours=1)
    shown = tea.backend("channels.update", channel_url="tea1", message_survival_seconds=-1, message_survival_count=-1)
    assert shown["message_survival_seconds"] == -1
    assert sweep(tea) == []
    shown = tea.backend("channels.update", channel_url="tea1", message_survival_seconds=0, message_survival_count=4)
    assert (shown["message_survival_seconds"], shown["message_survival_count"]) == (3600, 4)
    last = tea.backend("messages.view", channel_url="tea1", message_id=message_id(tea, "m9"))
    assert (last["message_survival_seconds"], last["message_retention_hour"]) == (3600, 1)
    sweep(tea)
    assert texts(tea) == []


def test_only_backends_say_it(tea: World) -> None:
    with pytest.raises(Forbidden):
        tea.client("ann", "channels.update", channel_url="tea1", message_survival_seconds=1)
    with pytest.raises(Forbidden):
        tea.client("ann", "retention.update", message_retention_hours=1)
    with pytest.raises(OutOfRange):
        tea.backend("retention.update", message_retention_hours=0)
    assert tea.backend("retention.view") == {"message_retention_hours": -1, "message_retention_count": -1}


def test_nobody_has_unread_what_is_gone(tea: World) -> None:
    assert tea.client("bob", "users.unread_message_count") == {"unread_count": 10}
    tea.backend("channels.update", channel_url="tea1", message_survival_count=2)
    sweep(tea)
    assert tea.client("bob", "users.unread_message_count") == {"unread_count": 2}
    send(tea, "new")
    assert tea.client("bob", "users.unread_message_count") == {"unread_count": 3}
    tea.backend("channels.update", channel_url="tea1", message_survival_count=1)
    tea.client("bob", "channels.mark_read", channel_url="tea1")
    sweep(tea)
    assert tea.client("bob", "users.unread_message_count") == {"unread_count": 0}


def test_an_empty_channel_has_no_last_message(tea: World, clock: Clock) -> None:
    tea.backend("retention.update", message_retention_hours=1)
    clock.forward(HOUR)
    sweep(tea)
    assert tea.backend("channels.view", channel_url="tea1")["last_message"] is None
    send(tea, "new")
    assert tea.backend("channels.view", channel_url="tea1")["last_message"]["message"] == "new"


def test_a_retry_of_what_is_gone_sends_nothing(tea: World) -> None:
    first = message_id(tea, "m0")
    tea.backend("channels.update", channel_url="tea1", message_survival_count=5)
    sweep(tea)
    again = tea.client("ann", "messages.send", channel_url="tea1", message="m0", req_id="r0")
    assert (again["message_id"], again["is_removed"], again["message"]) == (first, True, "")
    with pytest.raises(NotFound):
        tea.backend("messages.view", channel_url="tea1", message_id=first)
    assert len(texts(tea)) == 5


def test_each_slice_is_told_and_recovered_in_place_of_what_it_removed(tea: World) -> None:
    bob = tea.actor("bob").user
    assert bob is not None
    before = message_id(tea, "m2")
    tea.client("ann", "messages.update", channel_url="tea1", message_id=message_id(tea, "m4"), message="edited")
    tea.backend("channels.update", channel_url="tea1", message_survival_count=4)
    sweep(tea, 4)
    missed = tea.store.read(tea.application, stream.missed, bob, before, 100)
    assert missed is not None
    told = [tea.store.read(tea.application, stream.told, each) for each in missed]
    kinds = [each["type"] for each in told if each is not None]
    assert kinds == ["message.created"] * 4 + ["channel.updated"] + ["messages.expired"] * 2
    assert None not in told
    assert told[-1]["message_id"] == before + 3
