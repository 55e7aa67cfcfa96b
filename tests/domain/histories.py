"""Random histories: what people, backends and the server itself may do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from chatd import ids
from chatd.domain.announcements.sending import send_some
from chatd.domain.fold.stored import current_message
from chatd.domain.messages import disappearing, scheduling
from chatd.domain.messages.discarding import discard_file
from chatd.domain.messages.previews import keep_preview
from chatd.domain.messages.thumbnails import keep_thumbnails
from chatd.domain.upkeep import retention
from chatd.domain.upkeep.purge import purge
from chatd.domain.users.pictures import set_avatar
from chatd.errors import ChatdError
from chatd.model import File, Preview, Thumbnail
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World
from tests.domain.histories_of_people import TARGETS, by_backend, end, make_bot, translate
from tests.domain.histories_of_settings import EMOJIS, SAID

USERS = ("ann", "bob", "cid")
LINK = "https://example.org"
CHANNELS = ("chan1", "chan2", "chan3")
HALL = "hall1"
FILTERS = {"type": 2, "keywords": ["slug"], "regex_filters": []}
user = st.sampled_from(USERS)
users = st.lists(user, unique=True, max_size=3)
types = st.sampled_from("xy")
channel = st.sampled_from(CHANNELS)
place = st.sampled_from([*CHANNELS, HALL])
message = st.integers(1, 60)
poll = st.integers(1, 20)
meta = st.just([{"key": "k", "value": ["v"]}])
mention_type = st.sampled_from(["users", "channel"])
reaction = st.sampled_from(["+1", "\N{GRINNING FACE}"])
key = st.sampled_from(["a", "b"])
items = st.dictionaries(key, st.sampled_from(["", "x", "y" * 150]), min_size=1)
counts = st.dictionaries(key, st.integers(-2, 2), min_size=1)
mode = st.sampled_from(["set", "increase", "decrease"])
penalty = st.fixed_dictionaries(
    {"action": st.integers(0, 3), "count": st.integers(1, 2), "duration": st.just(60), "seconds": st.just(600)}
)
FOR_ALL = {
    "channels.hide": "should_hide_all",
    "channels.unhide": "should_unhide_all",
    "channels.reset_history": "reset_all",
}
ENDS = ("scheduled_messages.cancel", "scheduled_messages.send_now", "scheduled_messages.fail")
SANCTIONS = st.sampled_from(["mutes.add", "bans.add"])
BLOCKS = st.sampled_from(["blocks.add", "blocks.remove"])
PARDONS = st.sampled_from(["mutes.remove", "bans.remove"])
THREADS = ("threads.subscribe", "threads.unsubscribe", "threads.mark_read")


paced = {"user_messages_per_channel": st.just(3), "user_messages_per_channel_duration": st.just(1)}


def banned(user_id: str) -> dict[str, Any]:
    """One of those who are banned together, for a second."""
    return {"user_id": user_id, "seconds": 1}


def step(name: str | st.SearchStrategy[str], /, **params: Any) -> st.SearchStrategy[tuple[str, str, dict[str, Any]]]:
    names = st.just(name) if isinstance(name, str) else name
    return st.tuples(user, names, st.fixed_dictionaries(params))


steps = st.one_of(
    step("channels.create", channel_url=channel, user_ids=users, is_public=st.booleans()),
    step("channels.create", user_ids=users, is_distinct=st.just(True), custom_type=st.sampled_from("xy")),
    step("channels.invite", channel_url=channel, user_ids=users.filter(bool)),
    step("users.update_invitation_preference", auto_accept=st.booleans()),
    step("channels.accept", channel_url=channel),
    step("channels.decline", channel_url=channel),
    step("channels.join", channel_url=channel),
    step("channels.leave", channel_url=channel),
    step("channels.leave", channel_url=channel, user_ids=users.filter(bool)),
    step("channels.update", channel_url=channel, name=st.sampled_from(["a", "b"]), custom_type=st.sampled_from("xy")),
    step("channels.freeze", channel_url=channel, freeze=st.booleans()),
    step("operators.add", channel_url=channel, operator_ids=users.filter(bool)),
    step("operators.remove", channel_url=channel, operator_ids=users.filter(bool)),
    step("channels.purge"),
    step(SANCTIONS, channel_url=place, user_id=user, seconds=st.sampled_from([-1, 1]), description=st.just("x")),
    step(BLOCKS, target_id=user),
    step("type_bans.add", custom_type=types, banned_list=st.lists(st.builds(banned, user), min_size=1, max_size=2)),
    step("type_bans.remove", custom_type=types, user_ids=st.just(USERS)),
    step("type_mutes.add", custom_type=types, user_ids=users.filter(bool), seconds=st.sampled_from([-1, 1])),
    step("type_mutes.remove", custom_type=types, user_ids=users.filter(bool)),
    step("type_operators.add", custom_type=types, operator_ids=users.filter(bool)),
    step("type_operators.remove", custom_type=types, delete_all=st.just(True)),
    step("auto_messages.update", auto_event_message=SAID),
    step("reaction_settings.update", only_known_emojis=st.booleans()),
    step("emoji_categories.create", emoji_categories=st.just([{"name": "ours"}])),
    step("emoji_categories.delete", category_id=st.integers(1, 3)),
    step("emojis.create", emoji_category_id=st.integers(1, 3), emojis=EMOJIS),
    step("emojis.delete", emoji_key=st.sampled_from(["+1", "x"])),
    step("pace.update", messages=st.sampled_from([0, 3]), seconds=st.just(1), repeats=st.just(0)),
    step("slow_mode.update", channel_url=place, slow_mode_seconds=st.sampled_from([0, 1])),
    step(PARDONS, channel_url=place, user_id=user),
    step("channels.delete", channel_url=channel),
    step("channels.mark_read", channel_url=channel),
    step("channels.mark_delivered", channel_url=channel),
    step("users.update_push_preference", push_trigger_option=st.sampled_from(["all", "off"])),
    step(
        "channels.update_push_preference", channel_url=channel, push_trigger_option=st.sampled_from(["default", "off"])
    ),
    step("channels.update_count_preference", channel_url=channel, count_preference=st.sampled_from(["all", "off"])),
    step("channels.mark_unread", channel_url=channel, message_id=message),
    step("channels.hide", channel_url=channel, allow_auto_unhide=st.booleans()),
    step("channels.unhide", channel_url=channel),
    step("channels.reset_history", channel_url=channel),
    step("for_all", channel_url=channel, name=st.sampled_from([*FOR_ALL])),
    step("channel_metadata.update", channel_url=channel, metadata=items, upsert=st.booleans()),
    step("channel_metadata.delete", channel_url=channel, key=st.sampled_from(["", "a"])),
    step("metacounters.update", channel_url=channel, metacounter=counts, mode=mode, upsert=st.booleans()),
    step("metacounters.delete", channel_url=channel, key=st.sampled_from(["", "a"])),
    step("messages.send", channel_url=channel, message=st.text(min_size=1, max_size=5), is_silent=st.booleans()),
    step("messages.send", channel_url=channel, message=st.just("x"), mark_as_read=st.just(False)),
    step(
        "messages.send", channel_url=channel, message=st.just("you"), mentioned_user_ids=users, is_silent=st.booleans()
    ),
    step("messages.send", channel_url=channel, message=st.just("all"), mention_type=st.just("channel")),
    step("messages.update", channel_url=channel, message_id=message, mentioned_user_ids=users),
    step("messages.update", channel_url=channel, message_id=message, mention_type=mention_type),
    step("messages.send", channel_url=channel, message=st.just("again"), req_id=st.sampled_from(["r1", "r2"])),
    step("messages.send", channel_url=channel, message=st.just("reply"), parent_message_id=message),
    step("files.send", channel_url=channel, parent_message_id=st.just(0) | message),
    step("reactions.add", channel_url=channel, message_id=message, reaction=reaction),
    step("reactions.remove", channel_url=channel, message_id=message, reaction=reaction),
    step("messages.send", channel_url=channel, message=st.just("brief"), message_survival_seconds=st.just(1)),
    step("thumbnails.keep", message_id=message),
    step("pictures.set"),
    step("messages.disappear", limit=st.integers(1, 3)),
    step("messages.update", channel_url=channel, message_id=message, message=st.just("edited")),
    step("messages.delete", channel_url=channel, message_id=message),
    step(
        "messages.update_metaarray",
        channel_url=channel,
        message_id=message,
        sorted_metaarray=meta,
        upsert=st.just(True),
    ),
    step("messages.copy", channel_url=channel, message_id=message, target_channel_url=channel),
    step("messages.pin", channel_url=channel, message_id=message),
    step("messages.unpin", channel_url=channel, message_id=message),
    step("polls.create", title=st.just("Tea?"), options=st.just(["yes", "no"]), allow_user_suggestion=st.booleans()),
    step("messages.send", channel_url=channel, message=st.just("poll"), poll_id=poll),
    step("polls.vote", poll_id=poll, option_ids=st.sampled_from([[], [1], [2], [3]])),
    step("polls.update", poll_id=poll, title=st.just("Coffee?")),
    step("polls.add_option", poll_id=poll, text=st.just("maybe")),
    step("polls.update_option", poll_id=poll, option_id=st.integers(1, 3), text=st.sampled_from(["Yes", "No"])),
    step("polls.delete_option", poll_id=poll, option_id=st.integers(1, 3)),
    step("polls.close", poll_id=poll),
    step("polls.delete", poll_id=poll),
    step("messages.send", channel_url=channel, message=st.just(f"see {LINK}")),
    step("messages.preview", message_id=message, title=st.sampled_from(["A", "B"]), has_picture=st.booleans()),
    step("messages.translate", message_id=message, target_langs=st.sampled_from([["de"], ["de", "ko"], ["ko"]])),
    step("messages.expire", channel_url=channel, count=st.integers(1, 4)),
    step(
        "scheduled_messages.create", channel_url=channel, message=st.just("later"), req_id=st.sampled_from(["s1", "s2"])
    ),
    step("scheduled_messages.update", scheduled=st.integers(0, 9), message=st.text(min_size=1, max_size=3)),
    step(st.sampled_from(ENDS), scheduled=st.integers(0, 9)),
    step("drafts.set", channel_url=channel, message=st.text(max_size=3), parent_message_id=st.just(0) | message),
    step("saved.add", channel_url=channel, message_id=message),
    step("saved.remove", channel_url=channel, message_id=message),
    step(st.sampled_from(THREADS), channel_url=channel, message_id=message),
    step("open_channels.create", channel_url=st.just(HALL), operator_ids=users),
    step("open_channels.update", channel_url=st.just(HALL), name=st.sampled_from(["a", "b"])),
    step("open_channels.freeze", channel_url=st.just(HALL), freeze=st.booleans()),
    step("operators.add", channel_url=st.just(HALL), operator_ids=users.filter(bool)),
    step("operators.remove", channel_url=st.just(HALL), operator_ids=users.filter(bool)),
    step("channel_metadata.update", channel_url=st.just(HALL), metadata=items, upsert=st.just(True)),
    step("open_channels.delete", channel_url=st.just(HALL)),
    step("messages.send", channel_url=st.just(HALL), message=st.text(min_size=1, max_size=5)),
    step("permissions.update", channel_url=channel, permissions=st.just({"send": None, "pin": True, "react": False})),
    step("messages.send", channel_url=channel, message=st.sampled_from(["slug", "weed"])),
    step("messages.update", channel_url=channel, message_id=message, message=st.just("a slug")),
    step("moderation.update", custom_type=st.sampled_from(["", "x"]), profanity_filter=st.just(FILTERS)),
    step("moderation.update", profanity_triggered_moderation=penalty),
    step("moderation.remove", custom_type=st.just("x")),
    step("moderation.update", custom_type=st.sampled_from(["", "x"]), **paced),
    step("messages.report", channel_url=channel, message_id=message, report_category=st.just("spam")),
    step("channels.report", channel_url=channel, report_category=st.just("spam")),
    step("reports.update", which=message, report_status=st.sampled_from(("open", "resolved", "dismissed"))),
    step("users.report", offending_user_id=user, report_category=st.just("spam"), report_description=st.just("!")),
    step("users.update", nickname=st.sampled_from(["Nick", "Nora"])),
    step("user_metadata.update", metadata=items.filter(lambda each: len(each) < 5), upsert=st.booleans()),
    step("user_metadata.delete", key=st.sampled_from(["", "a"])),
    step("users.set_status", text=st.sampled_from(["", "away"]), lasts=st.booleans()),
    step("users.update_presence_preference", visible_to=st.sampled_from(["everybody", "nobody"])),
    step("announcements.create", targets=st.sampled_from(TARGETS), is_admin=st.booleans()),
    step("announcements.update", action=st.sampled_from(["", "cancel", "pause", "resume", "stop"])),
    step("announcements.send", limit=st.integers(1, 3)),
    step("statuses.end", limit=st.integers(1, 2)),
    step("bots.join", channel_urls=st.just(CHANNELS[:1])),
    step("bots.leave"),
    step("bots.send", channel_url=channel, message=st.just("beep"), dedup_id=st.sampled_from(["", "b1"])),
    step("bots.update", is_privacy_mode=st.booleans(), issue_bot_token=st.booleans()),
    step("bots.delete"),
    step("sessions.revoke"),
)
histories = st.lists(steps, min_size=5, max_size=40)


class Things:
    """What there was so far: messages with their channels, polls, and how many steps were tried."""

    def __init__(self, sent: list[tuple[str, int]], polls: list[int]) -> None:
        self.sent = sent
        self.polls = polls
        self.steps = 0


def run(world: World, history: list[tuple[str, str, dict[str, Any]]]) -> None:
    """Do what can be done; what is refused must change nothing, which the laws would show."""
    things = begin(world)
    for each in history:
        play(world, each, things)


def begin(world: World) -> Things:
    """What there is before a history."""
    world.users(*USERS)
    sent = [message for channel_url in CHANNELS[:2] for message in talk(world, channel_url)]
    world.client("ann", "open_channels.create", channel_url=HALL, operator_ids=["cid"])
    sent.append((HALL, world.client("bob", "messages.send", channel_url=HALL, message="hi")["message_id"]))
    make_bot(world)
    return Things(sent, [ask(world, channel_url) for channel_url in CHANNELS[:2]])


def play(world: World, each: tuple[str, str, dict[str, Any]], things: Things) -> None:
    """One step of a history, if it can be done."""
    user_id, name, params = each
    things.steps += 1
    try:
        result = do(world, user_id, name, aimed(params, things.sent, things.polls), f"file{things.steps}")
    except ChatdError:
        return
    if name == "polls.create":
        things.polls.append(result["id"])
    elif "channel_url" in result and "message_id" in result:
        things.sent.append((result["channel_url"], result["message_id"]))


def talk(world: World, channel_url: str) -> list[tuple[str, int]]:
    """A channel of all, and a thread with a file in it: random steps alone come that far too seldom."""
    world.backend("channels.create", channel_url=channel_url, user_ids=USERS, operator_ids=USERS[:1])
    first = world.client("ann", "messages.send", channel_url=channel_url, message="hi")["message_id"]
    params = {"channel_url": channel_url, "parent_message_id": first}
    reply = do(world, "bob", "files.send", params, f"of-{channel_url}")["message_id"]
    world.client("cid", "reactions.add", channel_url=channel_url, message_id=first, reaction="+1")
    return [(channel_url, first), (channel_url, reply)]


def ask(world: World, channel_url: str) -> int:
    """A poll in a channel of all, in which one has voted; its message has a link with a preview."""
    made = {"title": "Tea?", "options": ["yes", "no"], "allow_user_suggestion": True}
    poll_id: int = world.client("bob", "polls.create", **made)["id"]
    sent = {"channel_url": channel_url, "message": f"see {LINK}", "poll_id": poll_id}
    made = thumbnail_of(world.blob(f"shown-{channel_url}", "", "image/jpeg"))
    linked = world.client("bob", "messages.send", **sent)["message_id"]
    world.write(keep_preview, linked, Preview(LINK, "Tea", picture=made))
    world.client("cid", "polls.add_option", poll_id=poll_id, text="maybe")
    world.client("ann", "polls.vote", poll_id=poll_id, option_ids=[3])
    return poll_id


def aimed(params: dict[str, Any], sent: list[tuple[str, int]], polls: Sequence[int] = ()) -> dict[str, Any]:
    """Parameters whose message and poll are some of those that there were, when there are any."""
    if polls and "poll_id" in params:
        params = params | {"poll_id": polls[params["poll_id"] % len(polls)]}
    for name in ("message_id", "parent_message_id"):
        if sent and params.get(name):
            channel_url, message_id = sent[params[name] % len(sent)]
            params = params | {name: message_id, "channel_url": channel_url}
    return params


def do(world: World, user_id: str, name: str, params: dict[str, Any], file_id: str) -> Any:
    if name in BY_SERVER:
        return by_server(world, user_id, name, params, file_id)
    if name.startswith(("announcements.", "bots.", "reports.")):
        return by_backend(world, user_id, name, params)
    if name == "users.set_status":
        params = params | {"expires_at": 0 if params["lasts"] else ids.now_ms() + 1000}
        return world.client(user_id, name, **params)
    if name == "sessions.revoke":
        return world.backend(name, user_id=user_id)
    if name.startswith(("moderation.", "type_", "emoji", "reaction_settings.", "auto_messages.")):
        return world.backend(name, **params)
    if name == "pace.update":
        return world.backend(name, **params | {"seconds": params["messages"]})
    if name == "for_all":
        return world.backend(params["name"], channel_url=params["channel_url"], **{FOR_ALL[params["name"]]: True})
    if name.startswith("scheduled_messages"):
        return schedule(world, user_id, name, params)
    if name == "files.send":
        params = params | {"files": [{"file_id": world.upload(user_id, file_id)}]}
        return world.client(user_id, "messages.send", **params)
    return world.client(user_id, name, **params)


BY_SERVER = (
    "channels.purge",
    "messages.expire",
    "messages.disappear",
    "messages.preview",
    "messages.translate",
    "thumbnails.keep",
    "pictures.set",
    "statuses.end",
    "announcements.send",
)


def by_server(world: World, user_id: str, name: str, params: dict[str, Any], file_id: str) -> Any:
    """What jobs and uploads do."""
    if name == "channels.purge":
        return {"purged": world.write(purge, 2)}
    if name == "messages.expire":
        return expire(world, **params)
    if name == "messages.disappear":
        return world.write(disappear, **params)
    if name == "messages.preview":
        made = thumbnail_of(world.blob(file_id, "", "image/jpeg")) if params["has_picture"] else None
        world.write(keep_preview, params["message_id"], Preview(LINK, params["title"], picture=made))
        return {}
    if name == "announcements.send":
        return {"sent": world.write(send_some, **params)}
    if name == "statuses.end":
        return world.write(end, **params)
    if name == "messages.translate":
        return translate(world, user_id, params)
    picture = world.blob(file_id, "", "image/jpeg")
    if name == "thumbnails.keep":
        return world.write(keep_some, params["message_id"], picture)
    return world.write(set_avatar, world.actor(user_id), user_id, picture)


def thumbnail_of(made: File) -> Thumbnail:
    """A blob as a smaller picture."""
    return Thumbnail(made.file_id, made.type, made.size, made.sha256, 320, 4, 4)


def keep_some(txn: Transaction, message_id: int, made: File) -> Any:
    """As if thumbnails had been made of a file of a message."""
    message = current_message(txn, message_id)
    without = [file for file in message.files if not file.thumbnails] if message is not None else []
    if without:
        txn.put(tables.IMAGES, without[0].file_id, value=1)
        keep_thumbnails(txn, without[0].file_id, (9, 9), (thumbnail_of(made),))
    else:
        discard_file(txn, made)
    return {}


def disappear(txn: Transaction, limit: int) -> Any:
    """As if the time of some was over."""
    txn.now += 2000
    disappearing.remove_disappeared(txn, limit)
    return {}


def schedule(world: World, user_id: str, name: str, params: dict[str, Any]) -> Any:
    """Make a scheduled message, or do something with one of the user's."""
    if name == "scheduled_messages.create":
        params = params | {"scheduled_at": ids.now_ms() + 10_000}
    else:
        own = world.client(user_id, "scheduled_messages.list")["scheduled_messages"]
        params = dict(params)
        nth = params.pop("scheduled")
        params["scheduled_message_id"] = own[nth % len(own)]["scheduled_message_id"] if own else 0
    if name == "scheduled_messages.fail":
        world.write(scheduling.fail, params["scheduled_message_id"], "because")
        return {}
    result = world.client(user_id, name, **params)
    return result if name == "scheduled_messages.send_now" else {}


def expire(world: World, channel_url: str, count: int) -> Any:
    """Keep only the newest messages of a channel; what is too much goes in two slices of one event each."""
    channel = world.backend("channels.update", channel_url=channel_url, message_survival_count=count)["id"]
    for at_once in (2, 100):
        world.write(retention.remove_expired, channel, at_once)
    return {}
