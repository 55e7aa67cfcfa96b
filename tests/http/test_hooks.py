"""Incoming webhooks as the programs of others use them, and a slash command that a program answers."""

from __future__ import annotations

import json

import httpx

from chatd.http import hooks
from tests.gateway.conftest import CHANNEL, Running


async def test_json_and_forms_become_messages(running: Running) -> None:
    made = await running.api("POST", f"/group_channels/{CHANNEL}/incoming_webhooks", name="CI")
    async with httpx.AsyncClient(base_url=running.url) as client:
        for kind in ({"json": {"text": "one"}}, {"data": {"payload": json.dumps({"text": "two"})}}):
            answer = await client.post(made["path"], **kind)
            assert (answer.status_code, answer.text) == (200, "ok")
        for wrong in (b"", b"[]", b"text=one", b"{"):
            assert (await client.post(made["path"], content=wrong)).status_code == 400
        many = {f"n{n}": "" for n in range(hooks.MAX_FIELDS + 1)}
        assert (await client.post(made["path"], data=many)).status_code == 400
        for path in ("/hooks/1-x", "/hooks/x", "/hooks/-", f"/hooks/999{made['token']}", f"{made['path']}x"):
            assert (await client.post(path, json={"text": "x"})).json()["code"] == 400201
        for _ in range(hooks.MESSAGES_PER_MINUTE):
            last = await client.post(made["path"], json={"text": ""})
        assert last.status_code == 429
    listed = await running.api("GET", f"/group_channels/{CHANNEL}/messages?message_ts=0&next_limit=50")
    assert [each["message"] for each in listed["messages"]][-2:] == ["one", "two"]


async def test_a_slash_command_of_a_program_inside_is_not_asked(running: Running) -> None:
    await running.api("POST", "/slash_commands", name="dice", url="http://127.0.0.1/dice")
    headers = {"Authorization": f"Bearer {await running.session('ann')}"}
    async with httpx.AsyncClient(base_url=running.url, headers=headers) as client:
        path = "/client/v1/rpc/slash_commands.run"
        answer = await client.post(path, json={"channel_url": CHANNEL, "message": "/dice 6"})
        assert answer.status_code == 503
        assert "public internet" in answer.json()["message"]
        unknown = await client.post(path, json={"channel_url": CHANNEL, "message": "/cards"})
        assert unknown.json()["code"] == 400201
