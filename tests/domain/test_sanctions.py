"""Mutes and bans: what they keep people from, for how long, by whom, and that they leave nothing behind."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain import COMMANDS
from chatd.domain.moderation.sanctions import FOREVER_SECONDS
from chatd.domain.upkeep.purge import purge
from chatd.errors import Banned, Forbidden, InvalidValue, Muted, NotFound, OutOfRange
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction
from tests.domain import erasing
from tests.domain.conftest import World
from tests.domain.test_verify import findings_of

ROOM, HALL = "room", "hall1"
OF_MUTES = (tables.MUTES, tables.CHANNEL_MUTES, tables.USER_MUTES)
OF_BANS = (tables.BANS, tables.CHANNEL_BANS, tables.USER_BANS)


@pytest.fixture
def room(world: World) -> World:
    """A channel that ann made and bob operates too, with cid and dan, and an open one of the same operators."""
    world.users("ann", "bob", "cid", "dan", "eve")
    world.client("ann", "channels.create", channel_url=ROOM, user_ids=["bob", "cid", "dan"], operator_ids=["bob"])
    world.client("ann", "open_channels.create", channel_url=HALL, operator_ids=["bob"])
    return world


def rows(world: World, *places: Table[Any]) -> list[int]:
    """How many rows there are in tables."""
    return [world.store.read(world.application, lambda txn, t=table: sum(1 for _ in txn.scan(t))) for table in places]


def later(world: World, seconds: int, user_id: str, name: str, /, **params: Any) -> Any:
    """Call a command as if it was some seconds later."""
    command = COMMANDS[name]
    actor = world.actor(user_id)

    def call(txn: Transaction) -> Any:
        txn.now += 1000 * seconds
        return command.function(txn, actor, command.parse(params))

    return world.write(call)


def told(world: World, kind: str) -> list[dict[str, Any]]:
    return [publication.data for publication in world.told if publication.data.get("type") == kind]


def send(world: World, user_id: str, channel_url: str = ROOM) -> Any:
    return world.client(user_id, "messages.send", channel_url=channel_url, message="hi")


@pytest.mark.parametrize("channel_url", [ROOM, HALL])
def test_who_is_muted_writes_nothing_until_it_is_over(room: World, channel_url: str) -> None:
    sent = send(room, "cid", channel_url)
    mute = room.client("bob", "mutes.add", channel_url=channel_url, user_id="cid", seconds=60, description="loud")
    assert mute["is_muted"]
    assert mute["remaining_duration"] == 60_000 == mute["end_at"] - mute["start_at"]
    with pytest.raises(Muted, match="until 20"):
        send(room, "cid", channel_url)
    with pytest.raises(Muted):
        room.backend("messages.send", channel_url=channel_url, user_id="cid", message="hi")
    with pytest.raises(Muted):
        room.client("cid", "messages.update", channel_url=channel_url, message_id=sent["message_id"], message="ho")
    assert later(room, 61, "cid", "messages.send", channel_url=channel_url, message="hi")["message"] == "hi"
    data = told(room, "user.muted")[0]
    assert (data["channel_url"], data["user"]["user_id"], data["description"]) == (channel_url, "cid", "loud")
    assert (data["start_at"], data["end_at"]) == (mute["start_at"], mute["end_at"])


@pytest.mark.parametrize("channel_url", [ROOM, HALL])
def test_a_mute_ends_when_it_is_taken_back(room: World, channel_url: str) -> None:
    room.backend("mutes.add", channel_url=channel_url, user_id="cid")
    room.client("ann", "mutes.remove", channel_url=channel_url, user_id="cid")
    send(room, "cid", channel_url)
    assert not room.client("cid", "mutes.view", channel_url=channel_url)["is_muted"]
    assert len(told(room, "user.unmuted")) == 1
    assert rows(room, *OF_MUTES) == [0, 0, 0]


def test_a_mute_stays_when_who_is_muted_leaves_and_comes_back_and_is_seen_by_all(room: World) -> None:
    room.backend("channels.update", channel_url=ROOM, is_public=True)
    room.client("ann", "mutes.add", channel_url=ROOM, user_id="cid", description="loud")
    room.client("ann", "mutes.add", channel_url=ROOM, user_id="eve")
    room.client("cid", "channels.leave", channel_url=ROOM)
    for user_id in ("cid", "eve"):
        room.client(user_id, "channels.join", channel_url=ROOM)
        with pytest.raises(Muted):
            send(room, user_id)
    assert room.client("cid", "channels.view", channel_url=ROOM)["is_muted"]
    listed = room.client("dan", "members.list", channel_url=ROOM, muted_member_filter="muted")["members"]
    assert [(each["user_id"], each["is_muted"], each["muted_description"]) for each in listed] == [
        ("cid", True, "loud"),
        ("eve", True, ""),
    ]
    assert listed[0]["muted_end_at"] == room.client("cid", "mutes.view", channel_url=ROOM)["end_at"]


def test_who_is_muted_is_not_told_to_be_typing(room: World) -> None:
    assert len(room.client("cid", "channels.typing", channel_url=ROOM, typing=True)) == 1
    room.client("ann", "mutes.add", channel_url=ROOM, user_id="cid")
    assert room.client("cid", "channels.typing", channel_url=ROOM, typing=True) == []


def test_who_is_banned_is_out_and_cannot_come_back_until_it_is_over(room: World) -> None:
    room.backend("channels.update", channel_url=ROOM, is_public=True)
    room.client("ann", "bans.add", channel_url=ROOM, user_id="cid", seconds=60, description="spam")
    assert told(room, "member.left")[-1]["reason"] == "banned"
    assert room.client("cid", "channels.list", show_empty=True)["channels"] == []
    with pytest.raises(Banned, match='"cid" is banned'):
        room.client("cid", "channels.join", channel_url=ROOM)
    for caller in ("ann", "dan"):
        with pytest.raises(Banned):
            room.client(caller, "channels.invite", channel_url=ROOM, user_ids=["eve", "cid"])
    with pytest.raises(Banned):
        room.backend("channels.invite", channel_url=ROOM, user_ids=["cid"])
    with pytest.raises(Banned):
        room.client("cid", "messages.list", channel_url=ROOM, message_ts=0)
    assert room.client("cid", "bans.view", channel_url=ROOM)["description"] == "spam"
    later(room, 61, "cid", "channels.join", channel_url=ROOM)
    send(room, "cid")


def test_who_is_invited_and_banned_is_invited_no_more(room: World) -> None:
    room.client("eve", "users.update_invitation_preference", auto_accept=False)
    room.client("ann", "channels.invite", channel_url=ROOM, user_ids=["eve"])
    room.client("ann", "bans.add", channel_url=ROOM, user_id="eve")
    with pytest.raises(NotFound):
        room.client("eve", "channels.accept", channel_url=ROOM)
    with pytest.raises(Banned):
        room.client("ann", "channels.invite", channel_url=ROOM, user_ids=["eve"])
    assert told(room, "invitation.ended")[-1]["reason"] == "canceled"
    room.client("bob", "bans.remove", channel_url=ROOM, user_id="eve")
    room.client("ann", "channels.invite", channel_url=ROOM, user_ids=["eve"])
    room.client("eve", "channels.accept", channel_url=ROOM)


def test_an_open_channel_cannot_be_entered_read_or_written_in(room: World) -> None:
    room.client("ann", "bans.add", channel_url=HALL, user_id="cid")
    for name, params in (
        ("messages.send", {"message": "hi"}),
        ("messages.list", {"message_ts": 0}),
        ("open_channels.participants", {}),
    ):
        with pytest.raises(Banned):
            room.client("cid", name, channel_url=HALL, **params)
    with pytest.raises(Banned):
        room.backend("messages.send", channel_url=HALL, user_id="cid", message="hi")


@pytest.mark.parametrize("name", ["mutes.add", "bans.add"])
@pytest.mark.parametrize("channel_url", [ROOM, HALL])
def test_operators_do_it_to_others_only_the_owner_to_operators_and_backends_to_anybody(
    room: World, channel_url: str, name: str
) -> None:
    for caller, whom in (("cid", "dan"), ("bob", "ann"), ("bob", "bob"), ("ann", "ann")):
        with pytest.raises(Forbidden):
            room.client(caller, name, channel_url=channel_url, user_id=whom)
    room.client("bob", name, channel_url=channel_url, user_id="dan")
    room.client("ann", name, channel_url=channel_url, user_id="bob")
    room.backend(name, channel_url=channel_url, user_id="ann", agent_id="dan")
    acts = room.backend("audit.list", user_id="ann")["acts"]
    assert ("dan", "ann") in [(act["actor"]["user_id"], act["user"]["user_id"]) for act in acts]


def test_an_operator_takes_back_nothing_that_was_done_to_them(room: World) -> None:
    room.client("ann", "mutes.add", channel_url=ROOM, user_id="bob")
    with pytest.raises(Forbidden):
        room.client("bob", "mutes.remove", channel_url=ROOM, user_id="bob")
    with pytest.raises(Muted):
        send(room, "bob")


def test_a_banned_operator_operates_nothing_any_more(room: World) -> None:
    for channel_url in (ROOM, HALL):
        room.client("ann", "bans.add", channel_url=channel_url, user_id="bob")
        room.client("ann", "bans.remove", channel_url=channel_url, user_id="bob")
    room.client("ann", "channels.invite", channel_url=ROOM, user_ids=["bob"])
    assert room.client("bob", "channels.view", channel_url=ROOM)["my_role"] == "none"
    with pytest.raises(Forbidden):
        room.client("bob", "open_channels.update", channel_url=HALL, name="Mine")


def test_a_ban_is_changed_from_now_on(room: World) -> None:
    with pytest.raises(NotFound):
        room.client("ann", "bans.update", channel_url=ROOM, user_id="cid", seconds=5)
    first = room.client("ann", "bans.add", channel_url=ROOM, user_id="cid", description="spam")
    assert first["end_at"] - first["start_at"] == FOREVER_SECONDS * 1000
    second = room.client("ann", "bans.update", channel_url=ROOM, user_id="cid", seconds=5)
    assert second["end_at"] - second["start_at"] == 5000
    assert second["description"] == "spam"
    assert rows(room, *OF_BANS) == [1, 1, 1]


def test_lists_are_in_pages_by_their_end_and_leave_out_what_is_over(room: World) -> None:
    for seconds, user_id in ((90, "cid"), (30, "dan"), (60, "eve")):
        for name in ("mutes.add", "bans.add"):
            room.client("ann", name, channel_url=ROOM, user_id=user_id, seconds=seconds)
    for name, key, user_of in (
        ("mutes.list", "muted_list", lambda each: each["user_id"]),
        ("bans.list", "banned_list", lambda each: each["user"]["user_id"]),
    ):
        first = room.client("ann", name, channel_url=ROOM, limit=2)
        second = room.client("ann", name, channel_url=ROOM, limit=2, token=first["next"])
        assert [user_of(each) for each in first[key] + second[key]] == ["dan", "eve", "cid"]
        assert second["next"] == ""
        total = f"total_{name[:-6]}_count"
        shown = later(room, 45, "ann", name, channel_url=ROOM, **{f"show_{total}": True})
        assert [user_of(each) for each in shown[key]] == ["eve", "cid"]
        assert shown[total] == 2


def test_users_find_where_they_are_muted_and_banned(room: World) -> None:
    for seconds, channel_url in ((60, ROOM), (30, HALL)):
        for name in ("mutes.add", "bans.add"):
            room.client("ann", name, channel_url=channel_url, user_id="cid", seconds=seconds)
    found = room.client("cid", "mutes.list_channels")["muted_channels"]
    assert [(each["channel_url"], each["channel_type"]) for each in found] == [(HALL, "open"), (ROOM, "group")]
    first = room.backend("bans.list_channels", user_id="cid", limit=1)
    second = room.backend("bans.list_channels", user_id="cid", limit=1, token=first["next"])
    assert [each["banned_channels"][0]["channel"]["channel_url"] for each in (first, second)] == [HALL, ROOM]
    assert later(room, 45, "cid", "mutes.list_channels")["muted_channels"][0]["channel_url"] == ROOM
    with pytest.raises(Forbidden):
        room.client("dan", "bans.list_channels", user_id="cid")
    room.client("ann", "channels.delete", channel_url=ROOM)
    assert [each["channel_url"] for each in room.client("cid", "mutes.list_channels")["muted_channels"]] == [HALL]


def test_who_is_put_out_of_a_private_channel_sees_no_more_of_it(room: World) -> None:
    room.client(
        "ann", "channels.update", channel_url=ROOM, name="Layoffs", data="secret", cover_url="https://x.example/p"
    )
    room.client("ann", "channels.create", channel_url="square", name="Square", is_public=True, user_ids=["cid"])
    for channel_url in (ROOM, "square"):
        room.client("ann", "mutes.add", channel_url=channel_url, user_id="cid")
    muted = {each["channel_url"]: each for each in room.client("cid", "mutes.list_channels")["muted_channels"]}
    assert muted[ROOM]["name"] == "Layoffs"
    for channel_url in (ROOM, "square"):
        room.client("ann", "bans.add", channel_url=channel_url, user_id="cid")
    muted = {each["channel_url"]: each for each in room.client("cid", "mutes.list_channels")["muted_channels"]}
    seen = [each["channel"] for each in room.client("cid", "bans.list_channels")["banned_channels"]]
    banned = {each["channel_url"]: each for each in seen}
    whole = [each["channel"] for each in room.backend("bans.list_channels", user_id="cid")["banned_channels"]]
    for found in (muted, banned):
        assert [found[ROOM][key] for key in ("name", "data", "cover_url", "custom_type")] == [""] * 4
        assert found["square"]["name"] == "Square"
    assert {each["name"] for each in whole} == {"Layoffs", "Square"}


def test_strangers_learn_of_no_channel_by_asking_for_themselves(room: World) -> None:
    room.client("ann", "bans.add", channel_url=ROOM, user_id="dan")
    for name in ("mutes.view", "bans.view"):
        refused = []
        for channel_url in (ROOM, "none"):
            with pytest.raises(NotFound) as error:
                room.client("eve", name, channel_url=channel_url)
            refused.append(error.value.message)
        assert refused[0] == refused[1]
        with pytest.raises(Forbidden):
            room.client("cid", name, channel_url=ROOM, user_id="dan")


def test_what_is_over_goes_with_what_comes(room: World) -> None:
    for user_id in ("bob", "cid", "dan"):
        room.client("ann", "mutes.add", channel_url=ROOM, user_id=user_id, seconds=1)
    later(room, 2, "ann", "mutes.add", channel_url=ROOM, user_id="eve")
    assert rows(room, *OF_MUTES) == [2, 2, 2]
    assert not findings_of(room.store)


@pytest.mark.parametrize("what", ["channel", "user"])
def test_of_what_was_deleted_they_go_in_slices(room: World, what: str) -> None:
    channels = [ROOM, HALL]
    for count in range(3):
        channels.append(f"more{count}")
        room.client("ann", "channels.create", channel_url=channels[-1])
    for channel_url in channels:
        for user_id in ("bob", "cid", "dan", "eve") if channel_url == ROOM else ("cid",):
            for name in ("bans.add", "mutes.add"):
                room.client("ann", name, channel_url=channel_url, user_id=user_id)
    if what == "channel":
        room.client("ann", "channels.delete", channel_url=ROOM)
        expected = 4
    else:
        room.backend("users.delete", user_id="cid")
        assert "cid" not in [
            each["user_id"] for each in room.client("ann", "mutes.list", channel_url=ROOM)["muted_list"]
        ]
        expected = 3
    rounds = 0
    while room.write(purge, 2):
        rounds += 1
        assert not findings_of(room.store)
    assert rounds >= 4
    assert rows(room, *OF_MUTES, *OF_BANS) == [expected] * 6
    assert rows(room, tables.DELETED_USERS, tables.DELETED_CHANNELS) == [0, 0]


@pytest.mark.parametrize("forgotten", ["ann", "cid"])
def test_why_is_forgotten_with_who_wrote_it_and_with_whom_it_is_about(room: World, forgotten: str) -> None:
    for name in ("mutes.add", "bans.add"):
        room.client("ann", name, channel_url=ROOM, user_id="cid", description="xyzzy")
    room.backend("privacy.create", user_ids=[forgotten])
    for _ in erasing.steps(room):
        assert not findings_of(room.store)
    with room.store.environment.begin() as raw:
        for table in tables.ALL:
            assert all(b"xyzzy" not in value for _, value in raw.cursor(db=room.store.databases[table.number])), table


def test_limits_are_named(room: World) -> None:
    for seconds, error in ((0, InvalidValue), (-2, OutOfRange), (FOREVER_SECONDS + 1, OutOfRange)):
        with pytest.raises(error, match="seconds"):
            room.client("ann", "mutes.add", channel_url=ROOM, user_id="cid", seconds=seconds)
    with pytest.raises(InvalidValue, match="token"):
        room.client("ann", "mutes.list", channel_url=ROOM, token="kf8B")
    with pytest.raises(NotFound):
        room.client("ann", "mutes.add", channel_url=ROOM, user_id="nobody")


@pytest.mark.parametrize(("noun", "listed"), [("bans", "banned_list"), ("mutes", "muted_list")])
def test_all_of_the_application_are_listed_while_they_last(room: World, noun: str, listed: str) -> None:
    for channel_url, user_id, seconds in (
        (ROOM, "cid", 60),
        (ROOM, "dan", 3600),
        (HALL, "dan", 3600),
        (HALL, "eve", 60),
    ):
        room.backend(f"{noun}.add", channel_url=channel_url, user_id=user_id, seconds=seconds, description="loud")
    pages, token = [], ""
    while token or not pages:
        page = room.backend(f"{noun}.list_all", limit=1, token=token)
        pages += [(each["channel"]["channel_url"], each["user"]["user_id"]) for each in page[listed]]
        token = page["next"]
    assert pages == [(ROOM, "cid"), (ROOM, "dan"), (HALL, "eve"), (HALL, "dan")]
    command, actor = COMMANDS[f"{noun}.list_all"], room.actor("ann")

    def in_an_hour(txn: Transaction) -> Any:
        txn.now += 600_000
        return command.function(txn, actor, command.parse({}))

    left = room.write(in_an_hour)[listed]
    assert [(each["channel"]["channel_url"], each["description"]) for each in left] == [(ROOM, "loud"), (HALL, "loud")]
    room.backend(f"{noun}.remove", channel_url=HALL, user_id="dan")
    room.backend("channels.delete", channel_url=ROOM)
    found = room.backend(f"{noun}.list_all")[listed]
    assert [each["user"]["user_id"] for each in found] == ["eve"]
