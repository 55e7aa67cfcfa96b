"""What a command costs does not grow with its channel: it reads and writes as many rows when there are twice as many.

Only `channels.list` of filters by members may look at them, and delivery.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from chatd.domain import COMMANDS, stream
from chatd.domain.upkeep.purge import purge
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.table import Table
from chatd.store.transaction import Transaction, WriteTransaction
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.test_verify import findings_of

SMALL = 200

# As ann, who operates the channel; `bob` is a member, `cid` is asked, `dan` neither.
CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("ann", "channels.view", {"show_member": True, "show_read_receipt": True}),
    ("ann", "channels.update", {"name": "Tea"}),
    ("ann", "channels.invite", {"user_ids": ["dan"]}),
    ("dan", "channels.join", {}),
    ("cid", "channels.accept", {}),
    ("cid", "channels.decline", {}),
    ("bob", "channels.leave", {}),
    ("ann", "channels.leave", {"user_ids": ["bob"]}),
    ("ann", "channels.freeze", {"freeze": True}),
    ("ann", "channels.delete", {}),
    ("ann", "channels.mark_read", {}),
    ("ann", "channels.typing", {}),
    ("ann", "channels.list", {"show_empty": True, "show_member": True}),
    ("ann", "operators.list", {}),
    ("ann", "operators.add", {"operator_ids": ["bob"]}),
    ("ann", "operators.remove", {"operator_ids": ["ann"]}),
    ("ann", "members.view", {"user_id": "bob"}),
    ("ann", "members.list", {}),
    ("ann", "members.list", {"nickname_startswith": "User1", "order": "operator_then_member_alphabetical"}),
    ("ann", "members.list", {"operator_filter": "operator"}),
    ("ann", "messages.send", {"message": "hi"}),
    ("ann", "messages.send", {"message": "hi", "mention_type": "channel"}),
    ("ann", "users.update", {"nickname": "Anna"}),
    ("ann", "users.unread_item_count", {}),
]


class Counted:
    """How many rows transactions have touched."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.rows = 0
        for kind, name in ((Transaction, "_ascending"), (Transaction, "_descending")):
            patch.setattr(kind, name, self._scanning(getattr(kind, name)))
        for kind, name in ((Transaction, "get"), (WriteTransaction, "get"), (WriteTransaction, "put")):
            patch.setattr(kind, name, self._counting(getattr(kind, name)))

    def _scanning(self, scan: Any) -> Any:
        def counted(*args: Any) -> Iterator[Any]:
            for item in scan(*args):
                self.rows += 1
                yield item

        return counted

    def _counting(self, function: Any) -> Any:
        def counted(*args: Any, **more: Any) -> Any:
            self.rows += 1
            return function(*args, **more)

        return counted


@pytest.fixture(scope="module")
def crowds() -> Iterator[tuple[World, World]]:
    """Two applications with a super channel, the second twice as large."""
    with TemporaryDirectory(dir=MEMORY) as directory:
        worlds = tuple(crowd(Path(directory) / str(size), size) for size in (SMALL, 2 * SMALL))
        yield worlds[0], worlds[1]
        for world in worlds:
            world.store.close()


def crowd(directory: Path, size: int) -> World:
    world = World(Store.open(directory, MAP_SIZE))
    world.users("ann", "bob", "cid", "dan")
    world.client("cid", "users.update_invitation_preference", auto_accept=False)
    kinds = {"is_super": True, "is_public": True}
    world.client("ann", "channels.create", channel_url="tea1", user_ids=["bob", "cid"], **kinds)
    names = [f"user{n}" for n in range(size)]
    world.users(*names)
    for begin in range(0, size, 100):
        world.client("ann", "channels.invite", channel_url="tea1", user_ids=names[begin : begin + 100])
    return world


class _Undone(Exception):
    pass


def cost(world: World, user_id: str, name: str, params: dict[str, Any]) -> int:
    """How many rows a call touches; it is undone."""
    command, actor = COMMANDS[name], world.actor(user_id)
    known = set(command.input.__struct_fields__)
    input = command.parse(params | ({"channel_url": "tea1"} if "channel_url" in known else {}))

    def attempt(txn: Transaction) -> None:
        command.function(txn, actor, input)
        raise _Undone

    with pytest.MonkeyPatch.context() as patch:
        counted = Counted(patch)
        with pytest.raises(_Undone):
            world.store.write_now(world.application, attempt)
        return counted.rows


@pytest.mark.parametrize(("user_id", "name", "params"), CALLS)
def test_a_command_costs_the_same(crowds: tuple[World, World], user_id: str, name: str, params: dict[str, Any]) -> None:
    small, large = (cost(world, user_id, name, params) for world in crowds)
    assert small > 0
    assert large <= small + 2


def test_recovery_costs_the_same(crowds: tuple[World, World]) -> None:
    def rows(world: World) -> int:
        end = world.store.read(world.application, stream.top).sequence
        with pytest.MonkeyPatch.context() as patch:
            counted = Counted(patch)
            world.store.read(world.application, stream.missed, world.actor("bob").user, end, 100)
            return counted.rows

    assert rows(crowds[1]) == rows(crowds[0])


def test_a_large_channel_is_taken_apart_in_slices(tmp_path: Path) -> None:
    """Its members are told at once, and are members of nothing from then on."""
    world = crowd(tmp_path, SMALL)
    since = len(world.told)
    world.client("ann", "channels.delete", channel_url="tea1")
    assert [publication.data["type"] for publication in world.told[since:]] == ["channel.deleted"]
    for _ in range(3):
        assert world.client("bob", "channels.list", show_empty=True)["channels"] == []
        assert world.client("bob", "users.unread_message_count") == {"unread_count": 0}
        missed = world.store.read(
            world.application, stream.missed, world.actor("bob").user, world.told[since].sequence - 1, 9
        )
        told = [world.store.read(world.application, stream.told, each) for each in missed]
        assert [each["type"] for each in told if each] == ["channel.deleted"]
        assert not findings_of(world.store)
        world.client("bob", "channels.leave_all")
        assert world.write(purge, 50)
    while world.write(purge, 50):
        pass
    assert not findings_of(world.store)
    assert world.store.read(world.application, lambda txn: [list(txn.scan(table)) for table in left()]) == [[]] * len(
        left()
    )


def left() -> list[Table[Any]]:
    return [
        tables.MEMBERS,
        tables.MEMBERSHIPS,
        tables.MEMBER_NAMES,
        tables.OPERATORS,
        tables.INVITATIONS,
        tables.INVITED,
        tables.INVITED_COUNTS,
        tables.DELETED_CHANNELS,
    ]
