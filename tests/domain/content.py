"""Something in the tables of pins, copies, polls and previews."""

from __future__ import annotations

from tests.domain.conftest import World


def fill_content(world: World) -> None:
    """Do what there is to do in "chan1", of which ann is an operator and bob a member, and which has a file."""
    world.client("ann", "messages.send", channel_url="chan1", message="pinned", pin_message=True)
    listed = world.client("bob", "messages.list", channel_url="chan1", message_ts=0, message_type="FILE")
    for message in listed["messages"]:
        copied = {"channel_url": "chan1", "message_id": message["message_id"], "target_channel_url": "chan1"}
        world.client("bob", "messages.copy", **copied)
