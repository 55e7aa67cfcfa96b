"""Something in the tables of pins, copies, polls and previews."""

from __future__ import annotations

from chatd.domain.messages.poll_removal import delete_poll
from chatd.domain.messages.previews import keep_preview
from chatd.model import Preview
from tests.domain.conftest import World
from tests.domain.polling import Asked


def fill_content(world: World) -> None:
    """Do what there is to do in "chan1", of which ann is an operator and bob a member, and which has a file."""
    world.client("ann", "messages.send", channel_url="chan1", message="pinned", pin_message=True)
    listed = world.client("bob", "messages.list", channel_url="chan1", message_ts=0, message_type="FILE")
    for message in listed["messages"]:
        copied = {"channel_url": "chan1", "message_id": message["message_id"], "target_channel_url": "chan1"}
        world.client("bob", "messages.copy", **copied)
    linked = world.client("ann", "messages.send", channel_url="chan1", message="see https://example.org")["message_id"]
    world.write(keep_preview, linked, Preview("https://example.org", "Example"))
    asked = Asked(world)
    asked.vote("bob", asked.shown("ann", "chan1"), 1)
    asked.vote("bob", deleted := asked.shown("ann", "chan1"), 2)
    asked.make("ann")
    # Its votes are left for later.
    world.write(delete_poll, deleted, 0)
