"""Programs of others that a running server asks and tells: slash commands and bots, over real sockets."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
import trio
from trio.abc import Stream

from chatd.config import Outgoing
from tests.gateway.conftest import CHANNEL, Running, Start
from tests.jobs.receiving import Received, request_of


async def nothing(received: Received) -> bytes:
    return b""


class Program:
    """Notes what it is told, and answers with what `answer` says of it."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answer: Callable[[Received], Awaitable[bytes]] = nothing
        self.url = ""

    async def serve(self, stream: Stream) -> None:
        """One connection."""
        received = await request_of(stream)
        self.received.append(received)
        body = await self.answer(received)
        await stream.send_all(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))


@pytest.fixture
async def program(nursery: trio.Nursery) -> Program:
    found = Program()
    (listener,) = await nursery.start(partial(trio.serve_tcp, found.serve, 0, host="127.0.0.1"))
    found.url = f"http://127.0.0.1:{listener.socket.getsockname()[1]}"
    return found


@pytest.fixture
async def trusting(start: Start, program: Program) -> Running:
    """A server that may ask the program, though it is on this machine."""
    found: Running = await start(outgoing=Outgoing(trusted=(program.url,)))
    await found.people("ann", "bob")
    return found


async def texts(running: Running) -> list[str]:
    listed = await running.api("GET", f"/group_channels/{CHANNEL}/messages?message_ts=0&next_limit=50")
    return [each["message"] for each in listed["messages"]]


async def test_a_slash_command_is_answered_to_one_or_to_all(trusting: Running, program: Program) -> None:
    made = await trusting.api("POST", "/slash_commands", name="dice", url=f"{program.url}/dice")
    ann, bob = await trusting.client("ann"), await trusting.client("bob")

    async def throw(received: Received) -> bytes:
        response_type = "in_channel" if received.payload["text"] == "all" else "ephemeral"
        return json.dumps({"response_type": response_type, "text": "A four."}).encode()

    program.answer = throw
    own = await ann.rpc("slash_commands.run", channel_url=CHANNEL, message="/dice 6")
    assert own["rpc"]["data"] == {"response_type": "ephemeral", "text": "A four.", "message": None}
    assert await texts(trusting) == []
    shown = await ann.rpc("slash_commands.run", channel_url=CHANNEL, message="/dice all")
    assert shown["rpc"]["data"]["response_type"] == "in_channel"
    told = (await bob.publication("message.created"))["data"]["message"]
    assert (told["message"], told["custom_type"]) == ("A four.", "slash_command")
    assert told["message_id"] == shown["rpc"]["data"]["message"]["message_id"]
    first = program.received[0]
    assert first.is_signed(made["secret"])
    asked = {name: first.payload[name] for name in ("command", "text", "channel_url")}
    assert asked == {"command": "/dice", "text": "6", "channel_url": CHANNEL}
    assert first.payload["user"]["user_id"] == "ann"


async def test_what_a_program_answers_badly_is_an_error_and_no_message(trusting: Running, program: Program) -> None:
    await trusting.api("POST", "/slash_commands", name="dice", url=program.url)
    ann = await trusting.client("ann")

    async def stammer(received: Received) -> bytes:
        return b'{"text": 4, "response_type": "in_channel"}'

    program.answer = stammer
    refused = await ann.rpc("slash_commands.run", channel_url=CHANNEL, message="/dice")
    assert "cannot be read" in refused["error"]["message"]
    assert await texts(trusting) == []


async def test_a_bot_answers_a_message_and_is_not_told_of_its_own(trusting: Running, program: Program) -> None:
    wanted = {"bot_userid": "echo", "bot_nickname": "Echo", "bot_profile_url": "", "bot_type": "x"}
    made = await trusting.api("POST", "/bots", **wanted, bot_callback_url=f"{program.url}/echo", is_privacy_mode=False)
    await trusting.api("POST", "/bots/echo/channels", channel_urls=[CHANNEL])

    async def echo(received: Received) -> bytes:
        told = received.payload
        channel_url = told["channel"]["channel_url"]
        dedup_id = received.headers["x-chatd-delivery"]
        answer = {"message": f"Echo: {told['message']['text']}", "channel_url": channel_url, "dedup_id": dedup_id}
        await trusting.api("POST", f"/bots/{told['bot']['bot_userid']}/send", **answer)
        return b""

    program.answer = echo
    ann = await trusting.client("ann")
    for text in ("one", "two"):
        await ann.rpc("messages.send", channel_url=CHANNEL, message=text)
        while (said := (await ann.publication("message.created"))["data"]["message"])["user"]["user_id"] != "echo":
            pass
        assert said["message"] == f"Echo: {text}"
        assert said["user"]["is_bot"]
    assert await texts(trusting) == ["one", "Echo: one", "two", "Echo: two"]
    assert [each.payload["message"]["text"] for each in program.received] == ["one", "two"]
    assert all(each.is_signed(made["bot"]["bot_token"]) and each.retry == 0 for each in program.received)


async def test_what_became_of_telling_a_bot_is_listed(trusting: Running, program: Program) -> None:
    wanted = {"bot_userid": "echo", "bot_nickname": "Echo", "bot_profile_url": "", "bot_type": "x"}
    await trusting.api("POST", "/bots", **wanted, bot_callback_url="http://127.0.0.1/", is_privacy_mode=False)
    await trusting.api("POST", "/bots/echo/channels", channel_urls=[CHANNEL])
    ann = await trusting.client("ann")
    await ann.rpc("messages.send", channel_url=CHANNEL, message="one")
    path = "/applications/settings/webhook/attempts"
    with trio.fail_after(10):
        while not (listed := (await trusting.api("GET", f"{path}?bot_userid=echo"))["attempts"]):
            await trio.sleep(0.05)
    assert (listed[0]["category"], listed[0]["status"]) == ("bot_message_notification", 0)
    assert "public internet" in listed[0]["reason"]
    assert (await trusting.api("GET", path))["attempts"] == []
    await trusting.api("GET", f"{path}?bot_userid=ann", status=400)
