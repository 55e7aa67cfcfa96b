"""All acts of the dashboard's pages, and who may do them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.browser.acting import Act, Button, Choose, Confirm, Court, Fill, Item, Link, Shown
from tests.domain.notifying import apns_key, service_account

ROLES: Final = ("owner", "admin", "moderator", "developer", "analyst")
ALL: Final = frozenset(ROLES)
LEAD: Final = frozenset({"owner", "admin"})
KEEP: Final = LEAD | {"moderator"}
BUILD: Final = LEAD | {"developer"}
READ: Final = KEEP | BUILD
OWNER: Final = frozenset({"owner"})

PEOPLE: Final = ("tess", "troy", "uma", "vic", "ida", "zed", "max", "gone")
SAID: Final = {"Delete me": "tess", "Mute me": "troy", "Ban me": "uma"}
REPORTED: Final = {
    "Dismissed": "tess",
    "Resolved": "tess",
    "Reopened": "tess",
    "Muted": "troy",
    "Banned": "uma",
    "Deleted": "tess",
}


def furnish(court: Court) -> None:
    """Fill an application with what is acted upon."""
    for user_id in PEOPLE:
        court.call("users.create", user_id=user_id, nickname=user_id.title())
    for url in ("court", "square", "cell"):
        court.call("channels.create", channel_url=url, name=url.title(), user_ids=["tess", "troy", "uma", "vic"])
    court.call("channels.create", channel_url="ruin", name="Ruin", user_ids=[])
    for url in ("hall", "tent"):
        court.call("open_channels.create", channel_url=url, name=url.title(), operator_ids=["tess"])
    for text, user_id in SAID.items():
        court.call("messages.send", channel_url="court", user_id=user_id, message=text, message_type="MESG")
    for text, user_id in REPORTED.items():
        sent = court.call("messages.send", channel_url="square", user_id=user_id, message=text, message_type="MESG")
        about = {"message_id": sent["message_id"], "offending_user_id": user_id, "reporting_user_id": "vic"}
        court.call("messages.report", channel_url="square", report_category="spam", **about)
    for noun in ("bans", "mutes"):
        court.call(f"{noun}.add", channel_url="cell", user_id="troy" if noun == "bans" else "vic")
    court.call("bans.add", channel_url="court", user_id="gone")
    court.call("moderation.update", custom_type="shop", max_message_length=100)
    _furnish_programs(court)


def _furnish_programs(court: Court) -> None:
    for bot in ("robo", "rust"):
        names = {"bot_userid": bot, "bot_nickname": bot.title(), "bot_callback_url": "", "bot_profile_url": ""}
        court.call("bots.create", **names, is_privacy_mode=False, bot_type="t")
    court.call("api_tokens.create", label="Old")
    court.call("push.update_settings", push_enabled=True)
    court.call("push_tokens.add", user_id="tess", token_type="http", token="https://chatd.invalid/a")


def sanctioned(court: Court, noun: str, channel_url: str, user_id: str) -> bool:
    """Whether somebody is banned from a channel, or muted there."""
    kind = {"bans": "banned_list", "mutes": "muted_list"}[noun]
    found = court.call(f"{noun}.list", channel_url=channel_url)[kind]
    return user_id in [each.get("user", each)["user_id"] for each in found]


def operators(court: Court, channel_url: str = "court") -> list[str]:
    """Who operates a group channel."""
    found = court.call("members.list", channel_url=channel_url, operator_filter="operator")["members"]
    return [each["user_id"] for each in found]


def status(court: Court, text: str) -> str:
    """What became of the report of a message."""
    found = court.call("reports.list", limit=50)["report_logs"]
    return str(next(each for each in found if each["reported_message"]["message"] == text)["report_status"])


def said(court: Court, channel_url: str = "court") -> list[str]:
    """The messages of a channel."""
    found = court.call("messages.list", channel_url=channel_url, message_ts=2**53 - 1, prev_limit=50)["messages"]
    return [each["message"] for each in found if not each["is_removed"]]


def user(court: Court, user_id: str) -> dict[str, object]:
    """A user."""
    found: dict[str, object] = court.call("users.view", user_id=user_id)
    return found


def channel(court: Court, url: str) -> dict[str, object]:
    """A channel of either kind."""
    noun = "open_channels" if url in ("hall", "tent", "stage") else "channels"
    found: dict[str, object] = court.call(f"{noun}.view", channel_url=url)
    return found


def services(court: Court, kind: str) -> int:
    """How many services of a kind notify devices."""
    return len(court.call("push.list_configurations", push_type=kind)["push_configurations"])


def labels(court: Court) -> list[str]:
    """What the API tokens are for."""
    return [each["label"] for each in court.call("api_tokens.list")["api_tokens"]]


def bots(court: Court) -> dict[str, str]:
    """The bots, with their nicknames."""
    return {each["bot"]["bot_userid"]: each["bot"]["bot_nickname"] for each in court.call("bots.list")["bots"]}


def noted(command: str) -> Callable[[Court], bool]:
    """Whether the audit log says that a command was called: of what has no other effect here."""
    return lambda court: command in court.noted("ben")


_TROY, _IDA = ("users/troy", "Troy"), ("users/ida", "Ida")
_COURT, _HALL = ("channels/court", "Court"), ("channels/hall", "Hall")
_REPORTS, _BANNED = ("reports", "Reports"), ("banned", "Banned and muted")
_SAY = "Acts on this message"

USERS: Final = (
    Act("users", "Users", "users.create", BUILD,
        (Button("New user"), Fill("Id", "newt"), Fill("Nickname", "Newt"), Confirm("Make user")),
        lambda c: not c.fails("users.view", user_id="newt")),
    Act(*_IDA, "users.update", BUILD, (Button("Edit"), Fill("Nickname", "Ida II"), Confirm("Save")),
        lambda c: user(c, "ida")["nickname"] == "Ida II",
        lambda c: c.call("users.update", user_id="ida", nickname="Ida")),
    Act("users/ida", "Ida", "users.update", BUILD, (Button("Deactivate"), Confirm("Deactivate")),
        lambda c: not user(c, "ida")["is_active"],
        lambda c: c.call("users.update", user_id="ida", nickname="Ida")),
    Act(*_IDA, "users.update", BUILD, (Button("Activate"),), lambda c: bool(user(c, "ida")["is_active"]),
        lambda c: c.call("users.update", user_id="ida", is_active=False)),
    Act(*_TROY, "sessions.revoke", BUILD, (Button("Sign out everywhere"), Confirm("Sign out")),
        lambda c: not c.is_signed_in("troy"), lambda c: c.sign_in("troy")),
    Act(*_TROY, "privacy.create", LEAD, (Button("Export data"), Shown("Data of troy")),
        lambda c: c.call("privacy.list")["requests"] != []),
    Act(*_TROY, "bans.remove", KEEP, (Button("Lift", "region", "Bans and mutes"), Confirm("Lift")),
        lambda c: not sanctioned(c, "bans", "cell", "troy")),
    Act("users/vic", "Vic", "mutes.remove", KEEP, (Button("Lift", "region", "Bans and mutes"), Confirm("Lift")),
        lambda c: not sanctioned(c, "mutes", "cell", "vic")),
    Act("users/uma", "Uma", "connections.cut", KEEP, (Button("Cut", "region", "Connections now"), Confirm("Cut")),
        lambda c: c.call("connections.list", user_id="uma")["connections"] == [], lambda c: c.connect("uma")),
    Act("users/zed", "Zed", "users.delete", LEAD,
        (Button("Delete"), Fill("Type “zed” to go on", "zed"), Confirm("Delete")),
        lambda c: c.fails("users.view", user_id="zed")),
    Act("users/max", "Max", "users.erase", LEAD,
        (Button("Erase"), Fill("Type “max” to go on", "max"), Confirm("Erase for ever")),
        lambda c: c.fails("users.view", user_id="max")),
)  # fmt: skip

CHANNELS: Final = (
    Act("channels", "Channels", "channels.create", BUILD,
        (Button("New channel"), Fill("Name", "Park"), Fill("URL", "park"), Confirm("Make channel")),
        lambda c: not c.fails("channels.view", channel_url="park")),
    Act("channels", "Channels", "open_channels.create", BUILD,
        (Button("New channel"), Choose("Kind", "open"), Fill("URL", "stage"), Confirm("Make channel")),
        lambda c: not c.fails("open_channels.view", channel_url="stage")),
    Act(*_COURT, "channels.update", BUILD, (Button("Edit"), Fill("Custom type", "royal"), Confirm("Save")),
        lambda c: channel(c, "court")["custom_type"] == "royal"),
    Act(*_COURT, "channels.freeze", READ, (Button("Freeze"), Confirm("Freeze")),
        lambda c: channel(c, "court")["freeze"] is True),
    Act(*_COURT, "channels.freeze", READ, (Button("Unfreeze"),), lambda c: channel(c, "court")["freeze"] is False,
        lambda c: c.call("channels.freeze", channel_url="court", freeze=True)),
    Act(*_COURT, "messages.send", BUILD, (Fill("Admin message", "Be kind"), Button("Post")),
        lambda c: "Be kind" in said(c)),
    Act(*_COURT, "messages.delete", READ, (Item(_SAY, "Delete", "Delete me"), Confirm("Delete")),
        lambda c: "Delete me" not in said(c)),
    Act(*_COURT, "mutes.add", KEEP, (Item(_SAY, "Mute the sender …", "Mute me"), Confirm("Mute")),
        lambda c: sanctioned(c, "mutes", "court", "troy")),
    Act(*_COURT, "bans.add", KEEP, (Item(_SAY, "Ban the sender …", "Ban me"), Confirm("Ban")),
        lambda c: sanctioned(c, "bans", "court", "uma")),
    Act(*_COURT, "channels.invite", BUILD, (Button("Add", "region", "Members"), Fill("Users", "ida"), Confirm("Add")),
        lambda c: c.call("members.list", channel_url="court", user_ids=["ida"])["members"] != []),
    Act(*_COURT, "operators.add", LEAD, (Item("Acts on Tess", "Make operator"),), lambda c: "tess" in operators(c)),
    Act(*_COURT, "operators.remove", LEAD, (Item("Acts on Tess", "Take away operator"),),
        lambda c: "tess" not in operators(c),
        lambda c: c.call("operators.add", channel_url="court", operator_ids=["tess"])),
    Act(*_COURT, "mutes.add", KEEP, (Item("Acts on Vic", "Mute …"), Confirm("Mute")),
        lambda c: sanctioned(c, "mutes", "court", "vic")),
    Act(*_COURT, "mutes.remove", KEEP, (Item("Acts on Vic", "Unmute"),),
        lambda c: not sanctioned(c, "mutes", "court", "vic"),
        lambda c: c.call("mutes.add", channel_url="court", user_id="vic")),
    Act(*_COURT, "mutes.remove", KEEP, (Button("Lift", "region", "Muted"), Confirm("Lift")),
        lambda c: c.call("mutes.list", channel_url="court")["muted_list"] == [],
        lambda c: (c.fails("mutes.remove", channel_url="court", user_id="vic"),
                   c.call("mutes.add", channel_url="court", user_id="troy"))),
    Act(*_COURT, "bans.add", KEEP, (Item("Acts on Vic", "Ban …"), Confirm("Ban")),
        lambda c: sanctioned(c, "bans", "court", "vic")),
    Act("channels/square", "Square", "bans.remove", KEEP, (Button("Lift", "region", "Banned"), Confirm("Lift")),
        lambda c: not sanctioned(c, "bans", "square", "gone"),
        lambda c: c.call("bans.add", channel_url="square", user_id="gone")),
    Act("channels/ruin", "Ruin", "channels.delete", LEAD,
        (Button("Delete"), Fill("Type “ruin” to go on", "ruin"), Confirm("Delete")),
        lambda c: c.fails("channels.view", channel_url="ruin")),
    Act(*_HALL, "open_channels.update", BUILD, (Button("Edit"), Fill("Data", "red"), Confirm("Save")),
        lambda c: channel(c, "hall")["data"] == "red"),
    Act(*_HALL, "open_channels.freeze", READ, (Button("Freeze"), Confirm("Freeze")),
        lambda c: channel(c, "hall")["freeze"] is True),
    Act(*_HALL, "operators.remove", LEAD, (Item("Acts on Tess", "Take away operator"),),
        lambda c: channel(c, "hall")["operators"] == []),
    Act("channels/tent", "Tent", "open_channels.delete", LEAD,
        (Button("Delete"), Fill("Type “tent” to go on", "tent"), Confirm("Delete")),
        lambda c: c.fails("open_channels.view", channel_url="tent")),
)  # fmt: skip

MODERATION: Final = (
    Act(*_REPORTS, "reports.update", KEEP, (Button("Dismiss", "article", "Dismissed"),),
        lambda c: status(c, "Dismissed") == "dismissed"),
    Act(*_REPORTS, "reports.update", KEEP, (Button("Resolve", "article", "Resolved"),),
        lambda c: status(c, "Resolved") == "resolved"),
    Act("reports?status=resolved", "Reports", "reports.update", KEEP, (Button("Open again", "article", "Reopened"),),
        lambda c: status(c, "Reopened") == "open",
        lambda c: c.call("reports.update", report_status="resolved", report_id=next(
            each["report_id"] for each in c.call("reports.list", limit=50)["report_logs"]
            if each["reported_message"]["message"] == "Reopened"))),
    Act(*_REPORTS, "mutes.add", KEEP, (Button("Mute …", "article", "Muted"), Confirm("Mute")),
        lambda c: sanctioned(c, "mutes", "square", "troy") and status(c, "Muted") == "resolved"),
    Act(*_REPORTS, "bans.add", KEEP, (Button("Ban …", "article", "Banned"), Confirm("Ban")),
        lambda c: sanctioned(c, "bans", "square", "uma") and status(c, "Banned") == "resolved"),
    Act(*_REPORTS, "messages.delete", READ, (Button("Delete message", "article", "Deleted"), Confirm("Delete")),
        lambda c: "Deleted" not in said(c, "square")),
    Act("banned?user_id=gone", "Banned and muted", "bans.remove", KEEP,
        (Button("Lift", "row", "Gone"), Confirm("Lift")),
        lambda c: not sanctioned(c, "bans", "court", "gone")),
    Act("banned?kind=mutes&user_id=vic", "Banned and muted", "mutes.remove", KEEP,
        (Button("Lift", "row", "Vic"), Confirm("Lift")),
        lambda c: not sanctioned(c, "mutes", "cell", "vic"),
        lambda c: c.call("mutes.add", channel_url="cell", user_id="vic")),
    Act("filters", "Filters", "moderation.update", KEEP,
        (Fill("Characters that a message may have", "400"), Button("Save")),
        lambda c: c.call("moderation.view")["max_message_length"] == 400),
    Act("filters", "Filters", "moderation.test", READ, (Fill("Text to try", "A snail"), Button("Try")), lambda c: True),
    Act("filters", "Filters", "moderation.remove", LEAD, (Button("Remove", "row", "shop"), Confirm("Remove")),
        lambda c: c.call("moderation.list")["channel_custom_type_settings"] == []),
)  # fmt: skip

BUILDING: Final = (
    Act("tokens", "API tokens", "api_tokens.create", BUILD,

        (Button("New token"), Fill("What it is for", "New"), Confirm("Make token"), Shown("API token")),
        lambda c: "New" in labels(c)),
    Act("tokens", "API tokens", "api_tokens.delete", BUILD, (Button("End", "row", "Old"), Confirm("End token")),
        lambda c: "Old" not in labels(c)),
    Act("webhooks", "Webhooks", "webhooks.update", BUILD, (Fill("Address", "https://chatd.invalid/x"), Button("Save")),
        lambda c: c.call("webhooks.view")["webhook"]["url"] == "https://chatd.invalid/x"),
    Act("webhooks", "Webhooks", "webhooks.test", BUILD, (Button("Send a test"),), noted("webhooks.test"),
        lambda c: c.call("webhooks.update", enabled=True, url="https://chatd.invalid/x", enabled_events=["*"])),
    Act("webhooks", "Webhooks", "deliveries.resend", BUILD, (Button("Send all again"),), noted("deliveries.resend")),
    Act("webhooks", "Webhooks", "deliveries.drop", BUILD, (Button("Forget all"), Confirm("Forget")),
        noted("deliveries.drop")),
    Act("bots", "Bots", "bots.create", BUILD,
        (Button("New bot"), Fill("Id", "newbot"), Fill("Nickname", "New"), Confirm("Make bot"), Shown("Bot token")),
        lambda c: "newbot" in bots(c)),
    Act("bots", "Bots", "bots.update", BUILD, (Item("Acts on robo", "Edit …"), Fill("Nickname", "R2"), Confirm("Save")),
        lambda c: bots(c)["robo"] == "R2"),
    Act("bots", "Bots", "bots.join", BUILD,
        (Item("Acts on robo", "Join a channel …"), Fill("URL of the channel", "cell"), Confirm("Join")),
        lambda c: c.call("members.list", channel_url="cell", user_ids=["robo"])["members"] != []),
    Act("bots", "Bots", "bots.update", BUILD,
        (Item("Acts on robo", "New token"), Shown("Bot token")), noted("bots.update")),
    Act("bots", "Bots", "bots.delete", BUILD,
        (Item("Acts on rust", "Delete …"), Fill("Type “rust” to go on", "rust"), Confirm("Delete")),
        lambda c: "rust" not in bots(c)),
    Act("push", "Push notifications", "push.web_key", BUILD,
        (Button("Key for browsers"), Shown("Key for browsers")), noted("push.web_key")),
    Act("push", "Push notifications", "push.test", BUILD,
        (Button("Send a test"), Fill("User (id)", "tess"), Confirm("Send")), noted("push.test")),
    Act("push", "Push notifications", "push.update_settings", BUILD, (Button("Turn off"), Confirm("Turn off")),
        lambda c: c.call("push.view_settings")["push_enabled"] is False),
    Act("push", "Push notifications", "push.update_settings", BUILD, (Button("Turn on"),),
        lambda c: c.call("push.view_settings")["push_enabled"] is True,
        lambda c: c.call("push.update_settings", push_enabled=False)),
    Act("push", "Push notifications", "push.set_fcm", BUILD,
        (Button("Add Firebase"), Fill("Service account", service_account()), Confirm("Save")),
        lambda c: services(c, "fcm") == 1),
    Act("push", "Push notifications", "push.add_apns", BUILD,
        (Button("Add Apple"), Fill("Key", apns_key()), Fill("Id of the key", "ABC123DEFG"),
         Fill("Id of the team", "DEF123GHIJ"), Fill("Bundle id of the app", "org.example.garden"), Confirm("Save")),
        lambda c: services(c, "apns") == 1),
    Act("push", "Push notifications", "push.set_hms", BUILD,
        (Button("Add Huawei"), Fill("Id of the app", "1"), Fill("Secret of the app", "s"), Confirm("Save")),
        lambda c: services(c, "huawei") == 1),
    Act("push", "Push notifications", "push.remove_configuration", BUILD,
        (Button("Remove", "row", "Huawei"), Confirm("Remove")), lambda c: services(c, "huawei") == 0,
        lambda c: c.call("push.set_hms", huawei_app_id="1", huawei_app_secret="s")),
    Act("console", "API console", "statistics.ccu", ALL, (Link("statistics.ccu"), Button("Run")), lambda c: True),
    Act("console", "API console", "users.delete", LEAD,
        (Link("users.delete"), Fill("user_id *", "gone"), Button("Run")),
        lambda c: c.fails("users.view", user_id="gone")),
    Act("limits", "Limits and retention", "retention.update", LEAD,
        (Fill("Hours that messages are kept", "9000"), Button("Save retention"), Confirm("Change")),
        lambda c: c.call("retention.view")["message_retention_hours"] == 9000),
    Act("limits", "Limits and retention", "pace.update", KEEP,
        (Fill("Messages that a user may send", "7"), Fill("Within so many seconds", "2"), Button("Save pace")),
        lambda c: c.call("pace.view")["messages"] == 7),
)  # fmt: skip

ACTS: Final = (*USERS, *CHANNELS, *MODERATION, *BUILDING)
