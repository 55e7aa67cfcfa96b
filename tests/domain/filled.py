"""A world in which every table has something."""

from __future__ import annotations

from chatd import ids
from chatd.domain.announcements.sending import send_some
from chatd.domain.exports import progress
from chatd.domain.messages.files import keep_upload
from chatd.domain.statistics import generations
from chatd.domain.statistics.counting import count
from chatd.domain.statistics.days import day_of
from chatd.domain.statistics.noting import add_counters, keep_active
from chatd.domain.tenants import (
    accounts,
    applications,
    identities,
    invites,
    organization,
    resets,
    second_factor,
    starred,
    teams,
    tokens,
    unlisted,
)
from chatd.domain.tenants.identities import Rules
from chatd.domain.users import presence
from chatd.domain.users.pictures import set_avatar
from chatd.model import Actor, Identity
from chatd.store import tables
from tests.domain import erasing
from tests.domain.conftest import World
from tests.domain.content import fill_content
from tests.domain.delivering import fill_deliveries
from tests.domain.histories_of_people import BOT, BOT_PROFILE
from tests.domain.notifying import fill_devices


def fill(world: World) -> None:
    """Do what there is to do, with users of the application 1."""
    _fill_server(world)
    _fill_channels(world)
    sent = _talk(world)
    _keep_for_oneself(world, sent)
    _attach(world, sent)
    _come_and_go(world)
    _keep_order(world, sent)
    _end(world)
    fill_deliveries(world)
    fill_devices(world)
    world.backend("exports.create", data_type="users", start_ts=0, end_ts=0)
    world.store.write_now(1, progress.begin, 1, "taken-out")
    world.store.write_now(0, lambda txn: second_factor.begin(txn, txn.require(tables.ACCOUNTS, "eve")))
    world.store.write_now(0, teams.assign, Actor(1, None, None, login="olga"), "eve", "analyst")


def _fill_server(world: World) -> None:
    world.store.write_now(0, accounts.create, "eve", "hash", "owner")
    world.store.write_now(0, accounts.sign_in, "eve")
    world.store.write_now(0, resets.create, "eve")
    world.store.write_now(0, starred.change, "eve", "garden", True)
    world.store.write_now(0, identities.enter, Identity("https://id.example", "1", "", "Zoe"), Rules((), True, False))
    world.store.write_now(0, tokens.create, 1, "")
    world.store.write_now(0, applications.create, "short")
    world.store.write_now(0, unlisted.dismiss, "short")
    world.store.write_now(0, invites.create, "member", "")
    world.store.write_now(0, organization.create_key, "")
    world.users("ann", "bob", "cid")
    world.backend("sessions.issue", user_id="bob")
    world.backend("sessions.revoke", user_id="bob")
    world.backend("sessions.issue", user_id="ann")
    world.store.write_now(1, presence.keep_last_seen, {1: 5, 2: 6})


def _fill_channels(world: World) -> None:
    world.users("dan")
    world.client("ann", "channels.create", channel_url="chan1", user_ids=["bob"])
    world.client("ann", "bans.add", channel_url="chan1", user_id="dan")
    world.backend("users.delete", user_id="dan")
    world.client("ann", "channels.create", user_ids=["bob"], is_distinct=True)


def _talk(world: World) -> int:
    for text in ("one", "two", "three"):
        world.client("ann", "messages.send", channel_url="chan1", message=text, req_id=text)
    world.client("bob", "channels.mark_read", channel_url="chan1")
    sent = world.client("bob", "messages.send", channel_url="chan1", message="four")["message_id"]
    world.client("bob", "messages.update", channel_url="chan1", message_id=sent, message="five")
    world.client("ann", "messages.send", channel_url="chan1", message="six", parent_message_id=sent)
    return int(sent)


def _keep_for_oneself(world: World, sent: int) -> None:
    tomorrow = ids.now_ms() + 86_400_000
    later = {"channel_url": "chan1", "message": "later", "scheduled_at": tomorrow, "mentioned_user_ids": ["bob"]}
    world.client("ann", "scheduled_messages.create", **later)
    world.client("ann", "messages.send", channel_url="chan1", message="brief", message_survival_seconds=60)
    world.write(set_avatar, world.actor("bob"), "bob", world.blob("face", "picture.jpeg", "image/jpeg"))
    world.client("ann", "drafts.set", channel_url="chan1", message="begun")
    world.client("ann", "users.update_push_preference", push_trigger_option="mention_only")
    world.client("ann", "saved.add", channel_url="chan1", message_id=sent)


def _attach(world: World, sent: int) -> None:
    world.client("ann", "reactions.add", channel_url="chan1", message_id=sent, reaction="+1")
    world.upload("ann", "file1")
    world.write(keep_upload, 1, world.blob("file3", "file3.png", "image/png"))
    world.client("ann", "messages.send", channel_url="chan1", files=[{"file_id": world.upload("ann", "file2")}])
    fill_content(world)
    _say_of_oneself(world)


def _say_of_oneself(world: World) -> None:
    world.client("bob", "user_metadata.create", metadata={"city": "Kyoto"})
    world.client("bob", "users.set_status", text="Away", expires_at=ids.now_ms() + 86_400_000)
    world.backend("bots.create", **BOT_PROFILE)
    world.backend("bots.join", bot_userid=BOT, channel_urls=["chan1"])
    world.client("bob", "users.update_presence_preference", visible_to="contacts")
    news = {"type": "MESG", "user_id": "ann", "content": "news"}
    later = {"target_list": ["chan1"], "scheduled_at": ids.now_ms() + 86_400_000}
    world.backend("announcements.create", message=news, target_at="target_channels", **later)
    world.users("hugo")
    world.backend("users.update", user_id="hugo", is_active=False)
    world.backend("applications.update_user_discovery", is_allowed=False)
    world.backend("auto_messages.update", auto_event_message={"user_leave": {"enabled": True, "message": "{users}!"}})
    world.backend("ip_whitelist.add", ip_whitelist_addresses=["10.0.0.0/8"])
    world.backend("reaction_settings.update", only_known_emojis=True)
    world.backend("emoji_categories.create", emoji_categories=[{"name": "ours"}])
    world.backend("emojis.create", emoji_category_id=1, emojis=[{"key": "rose"}])


def _come_and_go(world: World) -> None:
    world.client("ann", "channels.invite", channel_url="chan1", user_ids=["cid"])
    world.client("cid", "channels.leave", channel_url="chan1")
    world.client("ann", "channels.create", channel_url="chan2")
    world.client("ann", "messages.send", channel_url="chan2", message="gone")
    world.users("fay", "gus")
    world.client("ann", "mutes.add", channel_url="chan1", user_id="gus", description="loud", seconds=60)
    world.client("ann", "blocks.add", target_id="gus")
    world.client("ann", "slow_mode.update", channel_url="chan1", slow_mode_seconds=9)
    world.backend("pace.update", messages=20, seconds=1)
    world.client("ann", "messages.send", channel_url="chan1", message="slowly")
    world.backend("applications.update_invitation_preference", auto_accept=False)
    world.client("ann", "channels.invite", channel_url="chan1", user_ids=["fay"])


def _keep_order(world: World, sent: int) -> None:
    reported = {"channel_url": "chan1", "message_id": sent, "report_category": "spam", "report_description": "tea"}
    report_id = world.client("ann", "messages.report", **reported)["report_id"]
    world.backend("reports.update", report_id=report_id, report_status="resolved")
    often = {"user_messages_per_channel": 20, "user_messages_per_channel_duration": 1}
    world.backend("moderation.update", profanity_filter={"type": 1, "keywords": ["slug"]}, **often)
    world.client("ann", "messages.send", channel_url="chan1", message="a slug")
    world.client("ann", "permissions.update", channel_url="chan1", permissions={"invite": True})
    said = {"custom_type": "x"}
    world.backend("type_mutes.add", user_ids=["cid"], **said)
    world.backend("type_mutes.add_of_user", user_id="bob", channel_custom_types=["shop", "inn"])
    world.backend("type_bans.add", banned_list=[{"user_id": "bob"}, {"user_id": "cid"}], **said)
    world.backend("type_operators.add", operator_ids=["ann"], **said)


def _end(world: World) -> None:
    world.client("ann", "channels.delete", channel_url="chan2")
    world.client("bob", "channels.hide", channel_url="chan1", hide_previous_messages=True)
    world.backend("channels.hide", channel_url="chan1", should_hide_all=True)
    world.client("ann", "channel_metadata.create", channel_url="chan1", metadata={"color": "green"})
    world.client("ann", "metacounters.create", channel_url="chan1", metacounter={"likes": 3})
    world.backend("channels.update", channel_url="chan1", message_survival_count=3)
    world.backend("retention.update", message_retention_hours=24)
    world.client("ann", "open_channels.create", channel_url="hall1", operator_ids=["bob"])
    world.client("cid", "messages.send", channel_url="hall1", message="seven")
    world.client("ann", "messages.send", channel_url="chan1", message="eight", mentioned_user_ids=["bob"])
    world.client("ann", "messages.send", channel_url="chan1", message="nine", mention_type="channel")
    world.backend("users.erase", user_id="cid")
    for _ in erasing.steps(world):
        pass
    _lose(world)
    _count(world)


def _lose(world: World) -> None:
    """A message that was saved is deleted."""
    lost = {"channel_url": "chan1"}
    lost |= {"message_id": world.client("ann", "messages.send", message="lost", **lost)["message_id"]}
    for name in ("saved.add", "messages.delete"):
        world.client("ann", name, **lost)


def _count(world: World) -> None:
    news = {"message": {"type": "ADMM", "content": "news"}, "target_at": "target_channels", "target_list": ["chan1"]}
    world.backend("announcements.create", target_channel_type="all", **news)
    while world.write(send_some, 10):
        pass
    world.client("bob", "channels.mark_read", channel_url="chan1")
    world.write(generations.begin)
    world.write(lambda txn: generations.keep(txn, count(txn, 1, 1000)))
    today = day_of(ids.now_ms())
    world.write(keep_active, today, [0, 1])
    world.write(keep_active, today, [0], 1)
    world.write(add_counters, today, {"api_calls": 1})
