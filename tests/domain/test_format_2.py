"""Files of format 1 become what this chatd would have written."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from chatd.domain import stream
from chatd.domain.upkeep.purge import purge
from chatd.errors import NotFound
from chatd.events import ChannelCreated, MessageScheduled, MessageSent
from chatd.store import keys, requests, tables
from chatd.store.keys import request_key
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.domain.conftest import MAP_SIZE, World
from tests.domain.histories import HALL, USERS, histories, run
from tests.domain.test_laws import contents
from tests.domain.test_verify import findings_of

pytestmark = pytest.mark.slow

LATER = (
    tables.REQUESTS,
    tables.OPERATORS,
    tables.MEMBER_NAMES,
    tables.DISTINCT,
    tables.GONE_ORDINALS,
    tables.MENTIONS,
    tables.CHANNEL_MENTIONS,
    tables.FILE_BYTES,
    *(tables.USER_NAMES, tables.USER_ITEMS, tables.INACTIVE_USERS, tables.STATUS_ENDS, tables.BOT_IDS),
)


def upgrade(world: World) -> None:
    """Write the tables as format 1 had them, and have them upgraded."""
    world.store.write_now(world.application, turn_back_tables)
    world.upgrade_from(1, LATER)


def turn_back_tables(txn: Transaction) -> None:
    for (sequence,), entry in txn.scan(tables.LOG):
        event = entry.event
        if isinstance(event, MessageSent):
            txn.put(tables.STREAMS, event.message.channel, sequence)
            if event.message.req_id:
                txn.put(tables.FORMAT_1_REQUESTS, event.message.sender, event.message.req_id, value=sequence)
        if isinstance(event, MessageScheduled) and event.req_id:
            txn.put(tables.FORMAT_1_REQUESTS, event.user, event.req_id, value=sequence)
        if isinstance(event, ChannelCreated) and event.req_id:
            txn.put(tables.FORMAT_1_REQUESTS, event.channel.created_by, event.req_id, value=sequence)
    for (members, _), number in txn.scan(tables.DISTINCT):
        txn.put(tables.FORMAT_2_DISTINCT, members, value=number)


def of_format_2(step: tuple[str, str, dict[str, Any]]) -> tuple[str, str, dict[str, Any]]:
    """A step as it was then: who left was no operator any more, nobody was asked, no types of distinct channels."""
    user, name, params = step
    if "custom_type" in params:
        params = params | {"custom_type": "x"}
    if name == "channels.leave":
        params = params | {"should_remove_operator_status": True}
    return (user, "users.me", {}) if name == "users.update_invitation_preference" else (user, name, params)


def close_halls(world: World) -> None:
    """Format 1 had no open channels."""
    with contextlib.suppress(NotFound):
        world.backend("open_channels.delete", channel_url=HALL)


def everything(world: World) -> list[Any]:
    """What tables hold, and what everybody is told anew."""

    def look(txn: Transaction) -> list[Any]:
        users = [key[0] for key, _ in txn.scan(tables.USERS)]
        missed = [stream.missed(txn, user, offset, 1000) for user in users for offset in range(txn.head.sequence)]
        return [contents(txn, table) for table in tables.ALL] + missed

    return world.store.read(world.application, look)


@settings(max_examples=25, deadline=None)
@given(histories)
def test_an_upgrade_leads_to_what_would_be_there(history: Any) -> None:
    with tempfile.TemporaryDirectory() as directory, pytest.MonkeyPatch.context() as then:
        # What people had reacted with stayed in the log.
        then.setattr("chatd.domain.upkeep.purge.remove_bookmarks", lambda txn, limit: False)
        world = World(Store.open(Path(directory), MAP_SIZE))
        run(world, [of_format_2(step) for step in history])
        close_halls(world)
        while world.write(purge, 100):  # members of deleted channels went at once then
            pass
        expected = everything(world)
        upgrade(world)
        assert everything(world) == expected
        assert not findings_of(world.store)
        world.store.close()


def test_requests_of_format_1_are_still_known(world: World) -> None:
    world.users(*USERS)
    world.client("ann", "channels.create", channel_url="chan1", user_ids=["bob"], req_id="made")
    first = world.client("ann", "messages.send", channel_url="chan1", message="one", req_id="sent")
    upgrade(world)
    again = world.client("ann", "messages.send", channel_url="chan1", message="two", req_id="sent")
    assert again == first
    made = world.client("ann", "channels.create", channel_url="chan2", req_id="made")
    assert (made["channel_url"], made["is_created"]) == ("chan1", False)
    world.store.close()


def test_a_request_can_be_forgotten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys.zlib, "crc32", lambda raw: 7)
    for number in (11, 12):
        world.store.write_now(1, requests.remember, 5, f"r{number}", number)
    world.store.write_now(1, requests.forget, 5, "r11", 11)
    world.store.refresh()
    assert world.store.read(1, contents, tables.REQUESTS) == [((request_key(5, "r12"),), (12,))]
    world.store.write_now(1, requests.forget, 5, "r12", 12)
    world.store.refresh()
    assert world.store.read(1, contents, tables.REQUESTS) == []


def test_requests_with_one_hash_are_told_apart(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys.zlib, "crc32", lambda raw: 7)
    world.users(*USERS)
    world.client("ann", "channels.create", channel_url="chan1", req_id="made")
    sent = {n: world.client("ann", "messages.send", channel_url="chan1", message="m", req_id=str(n)) for n in range(8)}
    for n, message in sent.items():
        again = world.client("ann", "messages.send", channel_url="chan1", message="m", req_id=str(n))
        assert again["message_id"] == message["message_id"]
    # The ninth: the channel's is forgotten.
    assert world.client("ann", "channels.create", channel_url="chan2", req_id="made")["channel_url"] == "chan2"
    assert not findings_of(world.store)


def test_a_distinct_channel_of_format_2_is_found_by_its_type(world: World) -> None:
    world.users(*USERS)
    params = {"user_ids": ["bob"], "is_distinct": True}
    first = world.client("ann", "channels.create", custom_type="direct", **params)
    upgrade(world)
    for kind, is_created in (("direct", False), ("", False), ("other", True)):
        found = world.client("ann", "channels.create", custom_type=kind, **params)
        assert (found["channel_url"] != first["channel_url"], found["is_created"]) == (is_created, is_created)
