"""What is gone is not recovered, however lately it was rendered for somebody else."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.jobs import retention
from tests.gateway.client import Client
from tests.gateway.conftest import CHANNEL, Running, Start

ROOM = f"/group_channels/{CHANNEL}"


async def recovered(running: Running, position: dict[str, Any]) -> dict[str, Any]:
    """What bob gets who comes back to a position."""
    client = await running.client("bob", recover=True, **position)
    await client.stream.aclose()
    return client.subscription


async def position(running: Running) -> dict[str, Any]:
    client: Client = await running.client("bob")
    await client.stream.aclose()
    return {"offset": client.subscription["offset"], "epoch": client.subscription["epoch"]}


async def test_a_deleted_message(running: Running) -> None:
    since = await position(running)
    sent = await running.api("POST", f"{ROOM}/messages", user_id="ann", message="to be gone", message_type="MESG")
    assert "to be gone" in repr(await recovered(running, since))
    await running.api("DELETE", f"{ROOM}/messages/{sent['message_id']}")
    found = await recovered(running, since)
    assert "to be gone" not in repr(found)
    kinds = [each["data"]["type"] for each in found["publications"]]
    assert [kind for kind in kinds if kind.startswith("message")] == ["message.deleted"]


async def test_an_expired_message(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "PAUSE_SECONDS", 0.05)
    running = await start()
    await running.people("ann", "bob")
    since = await position(running)
    for text in ("to be gone", "kept"):
        await running.api("POST", f"{ROOM}/messages", user_id="ann", message=text, message_type="MESG")
    assert "to be gone" in repr(await recovered(running, since))
    live = await running.client("bob")
    await running.api("PUT", ROOM, message_survival_count=1)
    await live.publication("messages.expired")
    found = await recovered(running, since)
    kinds = [each["data"]["type"] for each in found["publications"]]
    assert "to be gone" not in repr(found)
    assert kinds[-3:] == ["message.created", "channel.updated", "messages.expired"]
