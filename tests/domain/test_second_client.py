"""The fold law on the side of clients: loaded state and publications give what is loaded anew, for every user."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from chatd.domain import COMMANDS
from chatd.domain.upkeep.purge import purge
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.devices import Device
from tests.domain.histories import USERS, banned, begin, do, play, schedule, steps
from tests.domain.test_commands import members

Step = tuple[str, str, dict[str, Any]]


# What holds in all channels of a custom type is told to the user whom it is about, not to members of the channels.
moves = steps.filter(lambda step: not step[1].startswith(("type_mutes.", "type_operators.")))


# Too rare for random steps: one of those for whom there is one channel leaves it.
PARTED: list[Step] = [
    ("ann", "channels.create", {"user_ids": ["ann", "bob"], "is_distinct": True, "custom_type": "x"}),
    ("ann", "type_bans.add", {"custom_type": "x", "banned_list": [banned("ann")]}),
]


# The first message of a thread goes before its replies.
OUTLIVED: list[Step] = [("ann", "messages.expire", {"channel_url": "chan1", "count": 2})]

# Who said first what was passed on is called otherwise.
PASSED_ON: list[Step] = [
    ("ann", "messages.copy", {"channel_url": "chan1", "message_id": 2, "target_channel_url": "chan1"}),
    ("ann", "users.update", {"nickname": "Nick"}),
]


@settings(max_examples=25, deadline=None)
@given(st.lists(moves, min_size=5, max_size=40), st.integers(0, 40))
@example(OUTLIVED, 0)
@example(OUTLIVED, 1)
@example(PARTED, 0)
@example(PARTED, 1)
@example(PASSED_ON, 0)
def test_what_is_told_changes_a_device_into_what_is_loaded(history: list[Step], moment: int) -> None:
    """Of three devices of each user one is always there, one is cut off at a moment and comes back, one comes then."""
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = World(Store.open(Path(directory) / "one", MAP_SIZE))
        things = begin(world)
        there, cut = devices(world), devices(world)
        for step in history[:moment]:
            tell(world, there + cut, lambda step=step: play(world, step, things))
        there += devices(world)
        for step in history[moment:]:
            tell(world, there, lambda step=step: play(world, step, things))
        # Who was invited to a channel that is deleted is told when it is taken apart.
        tell(world, there, lambda: world.write(purge, 1000))
        for device in cut:
            device.come_back()
        for device in there + cut:
            assert device.differences() == []
        world.store.close()


def devices(world: World) -> list[Device]:
    """One of each user."""
    return [Device(world, user_id) for user_id in USERS]


def tell(world: World, connected: list[Device], act: Callable[[], Any]) -> None:
    """Do something, and tell devices of it."""
    audiences = members(world)
    world.told.clear()
    act()
    for device in connected:
        device.tell(list(world.told), copy.deepcopy(audiences))


def check(world: World, act: Callable[[], Any]) -> None:
    """What one thing does is told to who is there, and to who comes back."""
    there, cut = Device(world, "ann"), Device(world, "ann")
    tell(world, [there], act)
    cut.come_back()
    assert there.differences() == []
    assert cut.differences() == []


def garden(world: World) -> None:
    world.users("ann", "bob")
    world.client("bob", "channels.create", channel_url="garden", user_ids=["ann"])


def test_up_to_which_message_was_read_is_told(world: World) -> None:
    """In one millisecond too, when times do not say it."""
    garden(world)

    def talk(txn: Transaction) -> int:
        first = send(world, txn, "one")
        send(world, txn, "two")
        return first

    first = world.write(talk)
    check(world, lambda: world.client("ann", "channels.mark_read", channel_url="garden", message_id=first))
    assert Device(world, "ann").replica.channels["garden"].state()["unread"] == 1


def send(world: World, txn: Transaction, text: str) -> int:
    command = COMMANDS["messages.send"]
    input = command.parse({"channel_url": "garden", "message": text})
    number: int = command.function(txn, world.actor("bob"), input)["message_id"]
    return number


def test_who_was_removed_from_a_channel_that_is_gone_learns_it(world: World) -> None:
    garden(world)
    world.client("ann", "messages.send", channel_url="garden", message="hi")

    def remove() -> None:
        world.backend("channels.leave", channel_url="garden", user_ids=["ann"])
        world.backend("channels.delete", channel_url="garden")

    check(world, remove)


def test_who_was_away_learns_of_a_scheduled_message_that_failed(world: World) -> None:
    garden(world)

    def fail() -> None:
        schedule(world, "ann", "scheduled_messages.create", {"channel_url": "garden", "message": "later"})
        schedule(world, "ann", "scheduled_messages.fail", {"scheduled": 0})

    check(world, fail)


def test_a_poll_of_a_channel_that_is_gone_waits_for_nobody(world: World) -> None:
    garden(world)
    poll = world.client("bob", "polls.create", title="Tea?", options=["yes", "no"])["id"]
    world.client("bob", "messages.send", channel_url="garden", message="Tea?", poll_id=poll)

    def end() -> None:
        world.client("bob", "polls.update", poll_id=poll, title="Coffee?")
        world.backend("channels.delete", channel_url="garden")

    check(world, end)


def test_thumbnails_leave_what_else_is_in_a_message(world: World) -> None:
    garden(world)
    meta = [{"key": "place", "value": ["kitchen"]}]
    message = do(world, "bob", "files.send", {"channel_url": "garden", "sorted_metaarray": meta}, "cat")
    check(world, lambda: do(world, "bob", "thumbnails.keep", {"message_id": message["message_id"]}, "small"))


def test_replies_before_a_reset_are_not_unread(world: World) -> None:
    garden(world)
    parent = world.client("ann", "messages.send", channel_url="garden", message="hi")["message_id"]
    world.client("bob", "messages.send", channel_url="garden", message="ho", parent_message_id=parent)
    check(world, lambda: world.client("ann", "channels.reset_history", channel_url="garden"))
    assert world.client("ann", "threads.list")["threads"] == []
    world.client("bob", "messages.send", channel_url="garden", message="so", parent_message_id=parent)
    (thread,) = world.client("ann", "threads.list")["threads"]
    assert thread["unread_reply_count"] == 1
