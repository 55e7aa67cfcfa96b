"""Deliveries: in order in each lane, repeated for a day, and then kept apart."""

from __future__ import annotations

import random

import pytest

from chatd import ids
from chatd.domain.deliveries import attempts, dead
from chatd.domain.deliveries.places import Outcome
from chatd.domain.deliveries.queue import BACKOFF, GIVE_UP_MS, clear, settle
from chatd.errors import NotFound
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.delivering import BUSY, SILENT, TAKEN, deliver, follow, lanes, next_of, subscribe
from tests.domain.test_verify import findings_of


@pytest.fixture
def kitchen(world: World) -> World:
    world.users("ann")
    world.client("ann", "channels.create", channel_url="kitchen")
    world.client("ann", "channels.create", channel_url="pantry")
    subscribe(world, "group_channel:message_send")
    return world


def send(world: World, count: int = 1, channel_url: str = "kitchen") -> None:
    for n in range(count):
        world.client("ann", "messages.send", channel_url=channel_url, message=str(n))


class Clock:
    """Time as the store has it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = ids.now_ms()
        monkeypatch.setattr(ids, "now_ms", lambda: self.now)

    def advance(self, seconds: float) -> None:
        self.now += round(seconds * 1000)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_what_fails_comes_again_later_and_later_before_what_follows_it(kitchen: World, clock: Clock) -> None:
    send(kitchen, 2)
    follow(kitchen)
    (lane,) = lanes(kitchen)
    sequences = set()
    for attempt, pause in enumerate(BACKOFF, 1):
        claimed = next_of(kitchen, lane)
        assert claimed is not None
        assert claimed.delivery.attempts == attempt
        sequences.add(claimed.place.sequence)
        assert kitchen.write(settle, claimed, (BUSY, SILENT)[attempt % 2]) is None
        clock.advance(pause - 0.01)
        assert lanes(kitchen) == []
        clock.advance(0.02)
        assert lanes(kitchen) == [lane]
    assert len(sequences) == 1
    assert [each["payload"]["message"] for each in deliver(kitchen)] == ["0", "1"]
    assert kitchen.store.entries()["lanes"] == kitchen.store.entries()["deliveries"] == 0


def test_what_was_being_sent_when_the_server_died_is_no_first_attempt(kitchen: World) -> None:
    send(kitchen)
    follow(kitchen)
    (lane,) = lanes(kitchen)
    first, again = next_of(kitchen, lane), next_of(kitchen, lane)
    assert first is not None
    assert again is not None
    assert again.place == first.place
    assert (first.delivery.attempts, again.delivery.attempts) == (1, 2)


def test_after_a_day_it_is_given_up_and_can_be_sent_again_or_dropped(kitchen: World, clock: Clock) -> None:
    send(kitchen, 3)
    follow(kitchen)
    (lane,) = lanes(kitchen)
    clock.advance(GIVE_UP_MS / 1000)
    claimed = next_of(kitchen, lane)
    while claimed is not None:
        claimed = kitchen.write(settle, claimed, SILENT)
    failed = kitchen.backend("deliveries.list_failed")["failed"]
    assert [each["reason"] for each in failed] == ["It is silent."] * 3
    assert findings_of(kitchen.store).examples == {}
    send(kitchen)
    follow(kitchen)
    assert kitchen.backend("deliveries.resend", failed_id=failed[1]["failed_id"]) == {"handled": 1}
    assert kitchen.backend("deliveries.drop", failed_id=failed[0]["failed_id"]) == {"handled": 1}
    with pytest.raises(NotFound):
        kitchen.backend("deliveries.resend", failed_id=failed[1]["failed_id"])
    assert kitchen.backend("deliveries.resend") == {"handled": 1}
    # In the order of the log, also with what came meanwhile.
    assert [each["payload"]["message"] for each in deliver(kitchen)] == ["1", "2", "0"]
    assert kitchen.backend("deliveries.list_failed")["failed"] == []


def test_lists_are_bounded(kitchen: World, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "KEPT", 5)
    monkeypatch.setattr(dead, "KEPT", 3)
    send(kitchen, 10)
    follow(kitchen)
    (lane,) = lanes(kitchen)
    clock.advance(GIVE_UP_MS / 1000)
    claimed = next_of(kitchen, lane)
    while claimed is not None:
        claimed = kitchen.write(settle, claimed, BUSY)
    assert len(kitchen.backend("deliveries.list_failed")["failed"]) == 3
    tried = kitchen.backend("deliveries.list_attempts")["attempts"]
    assert [each["status"] for each in tried] == [503] * 5
    assert tried[0]["event_id"] > tried[-1]["event_id"]


def test_a_lane_that_makes_room_is_due_behind_the_others(kitchen: World, clock: Clock) -> None:
    send(kitchen, 2, "kitchen")
    follow(kitchen)
    clock.advance(1)
    send(kitchen, 1, "pantry")
    follow(kitchen)
    first, second = lanes(kitchen)
    clock.advance(1)
    claimed = next_of(kitchen, first)
    assert claimed is not None
    assert kitchen.write(settle, claimed, TAKEN, False) is None
    assert lanes(kitchen) == [second, first]


def test_what_nobody_wants_any_more_is_forgotten_a_little_at_a_time(kitchen: World) -> None:
    send(kitchen, 5)
    send(kitchen, 5, "pantry")
    follow(kitchen)
    kitchen.backend("webhooks.test")
    assert kitchen.write(clear, 0, 7)
    assert findings_of(kitchen.store).examples == {}
    assert not kitchen.write(clear, 0, 7)
    assert lanes(kitchen) == [0]
    claimed = next_of(kitchen, 0)
    assert claimed is not None
    # A test is sent once.
    assert kitchen.write(settle, claimed, SILENT) is None
    assert kitchen.store.entries()["deliveries"] == kitchen.store.entries()["dead_deliveries"] == 0
    assert kitchen.backend("deliveries.list_attempts")["attempts"][0]["category"] == "test"


@pytest.mark.parametrize("seed", range(5))
def test_whatever_fails_everything_is_told_once_and_in_order(
    kitchen: World, clock: Clock, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken once means told once; in each channel in the order of the log."""
    chance = random.Random(seed)
    taken: dict[int, list[int]] = {}
    for _ in range(40):
        if chance.random() < 0.5:
            send(kitchen, chance.randrange(3), chance.choice(("kitchen", "pantry")))
        follow(kitchen, chance.choice((1, 3, 100)))
        for lane in lanes(kitchen):
            claimed = next_of(kitchen, lane)
            while claimed is not None and chance.random() < 0.8:  # or the server dies
                outcome: Outcome = chance.choice((TAKEN, BUSY, SILENT))
                if outcome is TAKEN:
                    taken.setdefault(lane, []).append(claimed.place.sequence)
                claimed = kitchen.write(settle, claimed, outcome, chance.random() < 0.8)
        clock.advance(chance.choice((0, 10, 100)))
        assert findings_of(kitchen.store).examples == {}
    clock.advance(10_000)
    while due := lanes(kitchen):
        for lane in due:
            claimed = next_of(kitchen, lane)
            while claimed is not None:
                taken.setdefault(lane, []).append(claimed.place.sequence)
                claimed = kitchen.write(settle, claimed, TAKEN)
    for lane, sequences in taken.items():
        timeline = kitchen.store.read(1, lambda txn, lane=lane: [key[2] for key, _ in txn.scan(tables.TIMELINE, lane)])
        assert sequences == timeline
