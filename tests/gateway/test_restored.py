"""After a restore: devices that were ahead of the backup load anew, and no old session enters."""

from __future__ import annotations

import sys
from pathlib import Path

import trio
from msgspec.structs import replace

from chatd.server import Started, serve
from chatd.store.backup import complete
from chatd.store.restore import restore
from tests.gateway.client import Client
from tests.gateway.conftest import CHANNEL, MAP_GIB, QUICK, Running
from tests.gateway.test_stream import send

ROOT = Path(__file__).parents[2]


async def serve_restored(nursery: trio.Nursery, directory: Path, token: str) -> Running:
    ready: list[Started] = []
    config = replace(QUICK, server=replace(QUICK.server, data_dir=str(directory)))
    nursery.start_soon(serve, config, ready.append)
    with trio.fail_after(20):
        while not ready:
            await trio.sleep(0.01)
    return Running(ready[0].port, directory, token, "http")


async def test_a_device_that_was_ahead_of_the_backup(running: Running, tmp_path: Path, nursery: trio.Nursery) -> None:
    ann, bob = await running.client("ann"), await running.client("bob")
    kept = await send(ann, "kept")
    command = [sys.executable, "-m", "chatd", "backup", str(tmp_path / "backups"), "--data-dir", str(running.directory)]
    await trio.run_process(command, cwd=ROOT, capture_stdout=True)
    lost = [await send(ann, "lost") for _ in range(3)]
    while (await bob.publication("message.created"))["offset"] != lost[-1]:
        pass
    old_token = await running.session("bob")
    old_epoch = bob.subscription["epoch"]

    (backup,) = complete(tmp_path / "backups")
    assert backup.manifest.applications[0].epoch == old_epoch
    restore(backup.path, tmp_path / "restored", int(MAP_GIB * 2**30))
    restored = await serve_restored(nursery, tmp_path / "restored", running.token)

    stranger = await Client.upgraded(restored.port)
    await stranger.command(connect={"token": old_token})
    assert await stranger.closed() == 3500
    for offset in (lost[-1], kept, 1):
        back = await restored.client("bob", recover=True, epoch=old_epoch, offset=offset)
        assert back.subscription["was_recovering"] is True
        assert "recovered" not in back.subscription
        assert "publications" not in back.subscription
        assert back.subscription["epoch"] != old_epoch
        assert kept <= back.subscription["offset"] <= lost[0]
    author = await restored.client("ann")
    new = await send(author, "new")
    told = await back.publication("message.created")
    assert (told["offset"], told["data"]["message"]["message"]) == (new, "new")
    # From here on it recovers again.
    epoch = back.subscription["epoch"]
    again = await restored.client("bob", recover=True, epoch=epoch, offset=new)
    assert again.subscription["recovered"] is True
    nursery.cancel_scope.cancel()


async def test_a_device_that_loads_anew_has_what_the_server_has(
    running: Running, tmp_path: Path, nursery: trio.Nursery
) -> None:
    """Its copy held messages, an edit and a deletion that the backup does not; new events have numbers it has seen."""
    ann, bob = await running.client("ann"), Copy(await running.client("bob"))
    edited, deleted = await send(ann, "first"), await send(ann, "second")
    command = [sys.executable, "-m", "chatd", "backup", str(tmp_path / "backups"), "--data-dir", str(running.directory)]
    await trio.run_process(command, cwd=ROOT, capture_stdout=True)
    (backup,) = complete(tmp_path / "backups")
    await ann.rpc("messages.update", channel_url=CHANNEL, message_id=edited, message="edited")
    await ann.rpc("messages.delete", channel_url=CHANNEL, message_id=deleted)
    lost = [await send(ann, "lost") for _ in range(3)]
    await bob.hear(lost[-1])
    assert bob.messages == {edited: "edited"} | dict.fromkeys(lost, "lost")

    restore(backup.path, tmp_path / "restored", int(MAP_GIB * 2**30))
    restored = await serve_restored(nursery, tmp_path / "restored", running.token)
    ann = await restored.client("ann")
    # While bob is away, what was lost is written over.
    *kept, early = [await send(ann, "early") for _ in range(3)]
    assert early in lost
    epoch, offset = bob.client.subscription["epoch"], lost[-1]
    bob.client = await restored.client("bob", recover=True, epoch=epoch, offset=offset)
    assert "recovered" not in bob.client.subscription
    await bob.load()
    await ann.rpc("messages.update", channel_url=CHANNEL, message_id=deleted, message="still there")
    await ann.rpc("messages.delete", channel_url=CHANNEL, message_id=early)
    last = await send(ann, "last")
    await bob.hear(last)
    found = await restored.api("GET", f"/group_channels/{CHANNEL}/messages?message_ts=0&next_limit=100")
    assert bob.messages == {each["message_id"]: each["message"] for each in found["messages"]}
    assert bob.messages == {edited: "first", deleted: "still there", last: "last"} | dict.fromkeys(kept, "early")
    nursery.cancel_scope.cancel()


class Copy:
    """What a device keeps of a channel."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.messages: dict[int, str] = {}

    async def load(self) -> None:
        """Forget it, and load it anew."""
        reply = await self.client.rpc("messages.list", channel_url=CHANNEL, message_ts=0, next_limit=100)
        self.messages = {each["message_id"]: each["message"] for each in reply["rpc"]["data"]["messages"]}

    async def hear(self, last: int) -> None:
        """Apply what is told, up to the message `last`."""
        while last not in self.messages:
            told = (await self.client.push()).get("push", {}).get("pub", {}).get("data", {})
            if told.get("type") in ("message.created", "message.updated"):
                self.messages[told["message"]["message_id"]] = told["message"]["message"]
            elif told.get("type") == "message.deleted":
                del self.messages[told["message_id"]]
