"""Open channels over real sockets: entering is subscribing."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from chatd.gateway import open_channels
from tests.gateway.client import Client
from tests.gateway.conftest import Running

NAME = "open:hall"


@pytest.fixture
async def hall(running: Running) -> Running:
    ann = await running.client("ann")
    assert "error" not in await ann.rpc("open_channels.create", channel_url="hall", name="Hall")
    return running


async def enter(client: Client, name: str = NAME, **position: Any) -> dict[str, Any]:
    reply = await client.request(subscribe={"channel": name, **position})
    found: dict[str, Any] = reply["subscribe"]
    return found


async def send(client: Client, text: str) -> int:
    reply = await client.rpc("messages.send", channel_url="hall", message=text)
    number: int = reply["rpc"]["data"]["message_id"]
    return number


async def told(client: Client, kind: str) -> dict[str, Any]:
    """The next publication of a kind in the hall."""
    while True:
        push = (await client.push()).get("push", {})
        if push.get("channel") == NAME and push.get("pub", {}).get("data", {}).get("type") == kind:
            found: dict[str, Any] = push["pub"]
            return found


async def test_who_is_in_it_is_told_and_who_was_cut_off_recovers(hall: Running) -> None:
    ann, bob = await hall.client("ann"), await hall.client("bob")
    position = await enter(bob)
    assert position["recoverable"]
    assert position["positioned"]
    first = await send(ann, "one")
    assert (await told(bob, "message.created"))["offset"] == first
    await bob.stream.aclose()
    second = await send(ann, "two")
    back = await hall.client("bob")
    found = await enter(back, recover=True, offset=first, epoch=position["epoch"])
    assert found["recovered"]
    assert [(each["offset"], each["data"]["message"]["message"]) for each in found["publications"]] == [(second, "two")]
    third = await send(ann, "three")
    assert (await told(back, "message.created"))["offset"] == third


async def test_a_position_that_cannot_be_resumed_is_said_so(hall: Running) -> None:
    ann = await hall.client("ann")
    for position in ({"offset": 10**6}, {"offset": 1, "epoch": "another"}):
        found = await enter(ann, recover=True, **position)
        assert found["was_recovering"]
        assert "recovered" not in found
        await ann.request(unsubscribe={"channel": NAME})
        reply = await ann.request(subscribe={"channel": NAME, "recover": True, "flag": 2, **position})
        assert reply["error"]["code"] == 112


async def test_who_has_left_is_told_nothing_and_counts_no_more(hall: Running) -> None:
    ann, bob = await hall.client("ann"), await hall.client("bob")
    await enter(ann)
    await enter(bob)
    viewed = (await ann.rpc("open_channels.view", channel_url="hall"))["rpc"]["data"]
    assert viewed["participant_count"] == 2
    await bob.request(unsubscribe={"channel": NAME})
    await send(ann, "unheard")
    listed = (await bob.rpc("open_channels.list"))["rpc"]["data"]["channels"]
    assert [channel["participant_count"] for channel in listed] == [1]
    assert not [each for each in bob._replies if each.get("push", {}).get("channel") == NAME]
    await ann.stream.aclose()
    while (await bob.rpc("open_channels.view", channel_url="hall"))["rpc"]["data"]["participant_count"]:
        pass


async def test_participants_are_users_and_come_in_pages(hall: Running) -> None:
    ann, again, bob = await hall.client("ann"), await hall.client("ann"), await hall.client("bob")
    for client in (ann, again, bob):
        await enter(client)
    for reverse, wanted in ((False, ["ann", "bob"]), (True, ["bob", "ann"])):
        found, token = [], ""
        while not found or token:
            asked = {"channel_url": "hall", "limit": 1, "token": token, "reverse": reverse}
            page = (await ann.rpc("open_channels.participants", **asked))["rpc"]["data"]
            found, token = [*found, *(user["user_id"] for user in page["participants"])], page["next"]
        assert found == wanted
    assert (await ann.request(presence_stats={"channel": NAME}))["presence_stats"] == {"num_clients": 3, "num_users": 2}
    present = (await ann.request(presence={"channel": NAME}))["presence"]["presence"]
    assert sorted(each["user"] for each in present.values()) == ["ann", "ann", "bob"]


async def test_who_enters_and_leaves_is_told(hall: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_channels, "TICK_SECONDS", 0.05)
    ann, bob = await hall.client("ann"), await hall.client("bob")
    await enter(ann)
    await told(ann, "participants.changed")
    await enter(bob)
    data = (await told(ann, "participants.changed"))["data"]
    assert ([user["user_id"] for user in data["entered"]], data["participant_count"]) == (["bob"], 2)
    await bob.stream.aclose()
    data = (await told(ann, "participants.changed"))["data"]
    assert ([user["user_id"] for user in data["exited"]], data["participant_count"]) == (["bob"], 1)


async def test_too_many_messages_are_stored_and_it_is_said_which_are_not_shown(hall: Running) -> None:
    ann, bob = await hall.client("ann"), await hall.client("bob")
    await enter(bob)
    sent = [await ann.command(rpc={"method": "messages.send", "data": {"channel_url": "hall", "message": "x"}})]
    for _ in range(19):
        sent.append(await ann.command(rpc={"method": "messages.send", "data": {"channel_url": "hall", "message": "x"}}))
    shown, skipped = 0, []
    while shown + sum(each["count"] for each in skipped) < 20:
        push = (await bob.push()).get("push", {})
        data = push["pub"]["data"] if push.get("channel") == NAME else {}
        shown += data.get("type") == "message.created"
        skipped += [data] if data.get("type") == "messages.skipped" else []
    assert skipped
    assert (await ann.rpc("messages.count", channel_url="hall"))["rpc"]["data"] == {"total": 20}
    reply = await bob.rpc(
        "messages.list", channel_url="hall", message_id=skipped[0]["first_message_id"], prev_limit=0, next_limit=50
    )
    listed = [message["message_id"] for message in reply["rpc"]["data"]["messages"]]
    assert skipped[0]["last_message_id"] in listed
    async with httpx.AsyncClient() as http:
        page = (await http.get(f"{hall.url}/metrics")).text
    assert f"chatd_messages_not_shown_total {20.0 - shown}" in page
    assert "chatd_open_channel_subscriptions 1.0" in page


async def test_what_is_not_there_is_refused_by_its_code(hall: Running) -> None:
    ann = await hall.client("ann")
    await enter(ann)
    requests: list[tuple[dict[str, Any], int]] = [
        ({"subscribe": {"channel": "open:nowhere"}}, 102),
        ({"subscribe": {"channel": "open:kitchen"}}, 102),
        ({"subscribe": {"channel": "hall"}}, 102),
        ({"subscribe": {"channel": NAME}}, 105),
        ({"publish": {"channel": NAME, "data": {}}}, 108),
        ({"history": {"channel": NAME}}, 108),
        ({"sub_refresh": {"channel": NAME, "token": "x"}}, 108),
        ({"presence": {"channel": "open:nowhere"}}, 103),
        ({"presence": {"channel": "~"}}, 108),
        ({"presence_stats": {"channel": "kitchen"}}, 102),
    ]
    for request, code in requests:
        assert (await ann.request(**request))["error"]["code"] == code, request


async def test_a_connection_may_be_in_twenty(hall: Running) -> None:
    ann = await hall.client("ann")
    for n in range(21):
        await ann.rpc("open_channels.create", channel_url=f"room{n}")
    replies = [await ann.request(subscribe={"channel": f"open:room{n}"}) for n in range(21)]
    assert [reply.get("error", {}).get("code") for reply in replies] == [None] * 20 + [106]


async def test_a_deleted_channel_ends_the_subscription(hall: Running) -> None:
    ann = await hall.client("ann")
    await enter(ann)
    await ann.rpc("open_channels.delete", channel_url="hall")
    await told(ann, "channel.deleted")
    assert (await ann.push())["push"] == {
        "channel": NAME,
        "unsubscribe": {"code": 2000, "reason": "server unsubscribe"},
    }
