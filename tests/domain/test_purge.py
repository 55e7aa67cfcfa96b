"""What is left of a deleted channel."""

from __future__ import annotations

from chatd.domain.upkeep.purge import purge
from chatd.store import tables
from tests.domain.conftest import World


def test_a_deleted_channel_is_emptied_in_slices_and_its_words_are_gone(world: World) -> None:
    world.users("ann")
    world.client("ann", "channels.create", channel_url="tea1")
    for n in range(7):
        world.client("ann", "messages.send", channel_url="tea1", message=f"words {n}")
    world.client("ann", "channels.delete", channel_url="tea1")
    rounds = 0
    while world.store.write_now(world.application, purge, 3):
        rounds += 1
    world.store.refresh()
    assert rounds == 4
    assert world.store.read(world.application, lambda txn: list(txn.scan(tables.TIMELINE))) == []
    assert "words" not in world.store.read(world.application, lambda txn: repr(list(txn.scan(tables.LOG))))


def test_a_channel_without_messages_that_an_older_chatd_noted_is_passed_over(world: World) -> None:
    world.store.write_now(world.application, lambda txn: txn.put(tables.DELETED_CHANNELS, 7))
    assert world.store.write_now(world.application, purge, 3)
    assert not world.store.write_now(world.application, purge, 3)
