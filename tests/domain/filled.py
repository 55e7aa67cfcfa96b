"""A world in which every table has something."""

from __future__ import annotations

from chatd.domain.tenants import accounts, applications, invites, tokens, unlisted
from chatd.domain.users import presence
from tests.domain import erasing
from tests.domain.conftest import World
from tests.domain.content import fill_content


def fill(world: World) -> None:
    """Do what there is to do, with users of the application 1."""
    world.store.write_now(0, accounts.create, "eve", "hash", "owner")
    world.store.write_now(0, accounts.sign_in, "eve")
    world.store.write_now(0, tokens.create, 1, "")
    world.store.write_now(0, applications.create, "short")
    world.store.write_now(0, unlisted.dismiss, "short")
    world.store.write_now(0, invites.create, "member", "")
    world.users("ann", "bob", "cid")
    world.backend("sessions.issue", user_id="bob")
    world.backend("sessions.revoke", user_id="bob")
    world.backend("sessions.issue", user_id="ann")
    world.store.write_now(1, presence.keep_last_seen, {1: 5, 2: 6})
    world.users("dan")
    world.backend("users.delete", user_id="dan")
    world.client("ann", "channels.create", channel_url="chan1", user_ids=["bob"])
    world.client("ann", "channels.create", user_ids=["bob"], is_distinct=True)
    for text in ("one", "two", "three"):
        world.client("ann", "messages.send", channel_url="chan1", message=text, req_id=text)
    world.client("bob", "channels.mark_read", channel_url="chan1")
    sent = world.client("bob", "messages.send", channel_url="chan1", message="four")["message_id"]
    world.client("bob", "messages.update", channel_url="chan1", message_id=sent, message="five")
    world.client("ann", "messages.send", channel_url="chan1", message="six", parent_message_id=sent)
    world.client("ann", "reactions.add", channel_url="chan1", message_id=sent, reaction="+1")
    world.upload("ann", "file1")
    world.client("ann", "messages.send", channel_url="chan1", files=[{"file_id": world.upload("ann", "file2")}])
    fill_content(world)
    world.client("ann", "channels.invite", channel_url="chan1", user_ids=["cid"])
    world.client("cid", "channels.leave", channel_url="chan1")
    world.client("ann", "channels.create", channel_url="chan2")
    world.client("ann", "messages.send", channel_url="chan2", message="gone")
    world.client("ann", "channels.delete", channel_url="chan2")
    world.backend("channels.update", channel_url="chan1", message_survival_count=3)
    world.backend("retention.update", message_retention_hours=24)
    world.backend("users.erase", user_id="cid")
    for _ in erasing.steps(world):
        pass
