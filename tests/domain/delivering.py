"""Deliveries as the job makes them, without a network."""

from __future__ import annotations

from chatd.domain.deliveries.dead import bury
from chatd.domain.deliveries.places import Claimed, Outcome, Place
from chatd.domain.deliveries.queue import claim, due_lanes, enqueue_all, settle
from chatd.domain.resources.resource import Resource
from chatd.domain.webhooks.planning import plan, prepare, webhook_of
from chatd.model import Delivery
from chatd.store import tables
from tests.domain.conftest import World

URL = "https://example.org/events"
TAKEN, BUSY, SILENT = Outcome(200, "", 1, 2), Outcome(503, "", 1, 2), Outcome(0, "It is silent.", 1, 5000)


def subscribe(world: World, *categories: str, **options: bool) -> None:
    """Have the webhook told of what happens from now on."""
    world.backend("webhooks.update", enabled=True, url=URL, enabled_events=categories or ("*",), **options)


def follow(world: World, limit: int = 100) -> list[tuple[Place, str]]:
    """Queue what happened; what was queued."""

    def made() -> int:
        return world.store.read(world.application, lambda txn: txn.get(tables.DELIVERIES_MADE) or 0)

    found: list[tuple[Place, str]] = []
    webhook = world.store.read(world.application, webhook_of)
    while (before := max(made(), webhook.since)) < world.store.read(world.application, lambda txn: txn.head.sequence):
        planned = world.store.read(world.application, plan, webhook, before, limit)
        world.write(enqueue_all, planned.deliveries, before, planned.cursor)
        found += planned.deliveries
    return found


def lanes(world: World) -> list[int]:
    """The lanes that are due."""
    return world.store.read(world.application, due_lanes, 0, 1000)


def next_of(world: World, lane: int) -> Claimed | None:
    """The next delivery of a lane, attempted."""
    claimed: Claimed | None = world.write(claim, 0, lane)
    return claimed


def deliver(world: World) -> list[Resource]:
    """Deliver all that is due; what was told."""
    follow(world)
    told = []
    for lane in lanes(world):
        claimed = next_of(world, lane)
        while claimed is not None:
            prepared = world.store.read(world.application, prepare, claimed)
            assert prepared is not None
            told.append(prepared.body)
            claimed = world.write(settle, claimed, TAKEN)
    return told


def fill_deliveries(world: World) -> None:
    """A webhook with something that waits, something that was tried, and something that was given up."""
    subscribe(world)
    world.client("ann", "messages.send", channel_url="chan1", message="to be told")
    follow(world)
    lane = lanes(world)[0]
    claimed = next_of(world, lane)
    assert claimed is not None
    world.write(settle, claimed, BUSY)
    world.client("ann", "incoming_webhooks.create", channel_url="chan1", name="CI")
    world.backend("slash_commands.register", name="dice", url=URL)
    world.write(bury, Place(0, lane, 1, 0), Delivery("user:create", 1, 9), "It is silent.")
