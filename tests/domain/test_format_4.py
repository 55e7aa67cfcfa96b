"""A file of format 3 knows neither who is mentioned nor what is gone: an upgrade finds it."""

from __future__ import annotations

import pytest

from chatd.domain.channels import dissolving
from chatd.domain.upkeep.purge import purge
from chatd.domain.upkeep.retention import remove_expired
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain import erasing
from tests.domain.conftest import World
from tests.domain.test_format_2 import everything
from tests.domain.test_verify import findings_of

LATER = (tables.GONE_ORDINALS, tables.MENTIONS, tables.CHANNEL_MENTIONS)


def fill(world: World, channel_url: str) -> None:
    """Messages that mention, and some of them are gone in every way there is."""
    world.client("ann", "channels.create", channel_url=channel_url, user_ids=["bob", "eve"])
    sent = []
    for n in range(12):
        kind = {"mention_type": "channel"} if n % 3 == 0 else {"mentioned_user_ids": ["bob", "eve"]}
        params = {"channel_url": channel_url, "message": str(n), "is_silent": n % 5 == 4, **kind}
        sent.append(world.client("eve" if n % 4 == 3 else "ann", "messages.send", **params)["message_id"])
    message = {"channel_url": channel_url, "message_id": sent[8]}
    world.client("ann", "messages.update", mentioned_user_ids=["ann"], **message)
    for n in (0, 3, 5, 9):
        world.backend("messages.delete", channel_url=channel_url, message_id=sent[n])
    channel = world.backend("channels.update", channel_url=channel_url, message_survival_count=7)["id"]
    world.write(remove_expired, channel, 100)


def test_unread_counts_are_those_of_before(world: World) -> None:
    world.users("ann", "bob", "eve")
    for channel_url in ("garden", "square"):
        fill(world, channel_url)
    world.backend("users.erase", user_id="eve")
    for _ in erasing.steps(world):
        pass
    world.client("ann", "channels.delete", channel_url="square")
    before = everything(world)
    unread = world.client("bob", "users.unread_item_count")
    assert unread["group_channel_unread_message_count"] > unread["group_channel_unread_mention_count"] > 0
    world.upgrade_from(3, LATER)
    assert everything(world) == before
    assert not findings_of(world.store)
    assert world.client("bob", "users.unread_item_count") == unread
    while world.write(purge, 3):
        pass
    assert not findings_of(world.store)


def test_what_was_left_of_a_deleted_channel_goes_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Format 3 removed a deleted channel's messages, and did not know of anything else."""
    world.users("ann", "bob", "eve")
    fill(world, "garden")
    world.backend("users.erase", user_id="eve")
    for _ in erasing.steps(world):
        pass
    world.client("ann", "channels.delete", channel_url="garden")
    with monkeypatch.context() as patch:
        patch.setattr(dissolving, "_is_noted", lambda txn, channel: False)
        while world.write(purge, 3):
            pass
    world.upgrade_from(3, LATER)
    assert not findings_of(world.store)
    assert len(world.store.read(world.application, left)) > 1
    while world.write(purge, 3):
        pass
    assert world.store.read(world.application, left) == []
    assert not findings_of(world.store)


def left(txn: Transaction) -> list[object]:
    return [key for table in (*LATER, tables.DELETED_CHANNELS) for key, _ in txn.scan(table)]
