"""Translations of a server that runs, by another server that runs."""

from __future__ import annotations

from typing import Any

from tests.gateway.conftest import CHANNEL, Running


async def sent(running: Running) -> int:
    body = {"user_id": "ann", "message": "tea?", "message_type": "MESG"}
    message = await running.api("POST", f"/group_channels/{CHANNEL}/messages", **body)
    message_id: int = message["message_id"]
    return message_id


async def rpc(running: Running, message_id: int) -> dict[str, Any]:
    ann = await running.client("ann")
    params = {"channel_url": CHANNEL, "message_id": message_id, "target_langs": ["de"]}
    return await ann.rpc("messages.translate", **params)


async def test_clients_and_backends_get_the_message_with_its_translations(translating: Running) -> None:
    message_id = await sent(translating)
    path = f"/group_channels/{CHANNEL}/messages/{message_id}/translation"
    by_backend = await translating.api("POST", path, target_langs=["ko", "de"])
    assert by_backend["translations"] == {"ko": "Tee?", "de": "Tee?"}
    assert (await rpc(translating, message_id))["rpc"]["data"]["translations"] == by_backend["translations"]


async def test_without_a_provider_it_is_said_to_be_unavailable(running: Running) -> None:
    message_id = await sent(running)
    path = f"/group_channels/{CHANNEL}/messages/{message_id}/translation"
    refused = await running.api("POST", path, status=503, target_langs=["ko"])
    assert (refused["code"], "operator" in refused["message"]) == (500901, True)
    assert (await rpc(running, message_id))["error"]["code"] == 100
