"""Filters as clients meet them: a blocked message is an error, and what it led to is told all the same."""

from __future__ import annotations

from tests.gateway.conftest import CHANNEL, Running


async def test_a_blocked_message_is_an_error_and_its_penalty_is_told(running: Running) -> None:
    await running.api(
        "PUT",
        "/applications/settings_global",
        profanity_filter={"type": 2, "keywords": ["slug"]},
        profanity_triggered_moderation={"action": 1, "count": 1, "duration": 60},
    )
    ann, bob = await running.client("ann"), await running.client("bob")
    error = (await bob.rpc("messages.send", channel_url=CHANNEL, message="A slug!"))["error"]
    assert (error["code"], error["message"]) == (1000, "The message has words that are not allowed here.")
    for each in (ann, bob):
        assert (await each.publication("user.muted"))["data"]["user"]["user_id"] == "bob"
    assert "error" in await bob.rpc("messages.send", channel_url=CHANNEL, message="Sorry")
    assert "error" not in await ann.rpc("messages.send", channel_url=CHANNEL, message="Never mind")
