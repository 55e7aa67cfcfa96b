"""Searching a server that runs."""

from __future__ import annotations

from typing import Any

import trio

from tests.gateway.client import Client
from tests.gateway.conftest import CHANNEL, Running


async def test_what_was_sent_is_found_by_those_who_may_read_it(running: Running) -> None:
    await running.api("POST", "/users", user_id="eve", nickname="eve")
    await running.searchable()
    text = "Grüße aus Zürich"
    await running.api("POST", f"/group_channels/{CHANNEL}/messages", user_id="ann", message=text, message_type="MESG")
    params = {"query": "zurich grus*", "sort_field": "ts"}
    bob = await running.client("bob")
    with trio.fail_after(20):
        while not (found := await _results(bob, params)):
            await trio.sleep(0.05)
    assert [(each["message"], each["highlights"]) for each in found] == [(text, [[0, 5], [10, 16]])]
    assert await _results(await running.client("eve"), params) == []
    as_eve = await running.api("GET", "/search/messages?query=zurich&user_id=eve")
    as_ann = await running.api("GET", "/search/messages?query=zurich&user_id=ann")
    assert (as_eve["total_count"], as_ann["total_count"]) == (0, 1)


async def _results(client: Client, params: dict[str, Any]) -> list[dict[str, Any]]:
    reply = await client.rpc("messages.search", **params)
    found: list[dict[str, Any]] = reply["rpc"]["data"]["results"]
    return found
