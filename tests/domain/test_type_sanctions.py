"""Mutes, bans and operators of custom types: they hold in every channel of the type, and are written in none."""

from __future__ import annotations

import pytest

from chatd.domain import COMMANDS
from chatd.domain.moderation.telling import AT_ONCE
from chatd.domain.upkeep.purge import purge
from chatd.errors import Banned, Forbidden, Muted, NotFound, TooManyItems
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain import erasing
from tests.domain.conftest import World
from tests.domain.test_sanctions import rows, send, told
from tests.domain.test_verify import findings_of

OLD, OTHER, HALL = "room1", "other", "hall1"
TYPED = {"custom_type": "shop"}
OF_TYPES = (
    tables.TYPE_MUTES,
    tables.TYPE_MUTE_ENDS,
    tables.TYPE_BANS,
    tables.TYPE_BAN_ENDS,
    tables.TYPE_OPERATORS,
    tables.USER_TYPES,
    tables.EXPULSIONS,
    tables.TELLINGS,
)


@pytest.fixture
def shop(world: World) -> World:
    """Channels that ann operates: one of the type with bob and cid, an open one of it, and one of no type."""
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url=OLD, user_ids=["bob", "cid"], **TYPED)
    world.client("ann", "channels.create", channel_url=OTHER, user_ids=["bob", "cid"])
    world.client("ann", "open_channels.create", channel_url=HALL, **TYPED)
    return world


def later(world: World, seconds: int, user_id: str, channel_url: str) -> None:
    """Send a message as if it was some seconds later."""
    command = COMMANDS["messages.send"]

    def call(txn: Transaction) -> None:
        txn.now += 1000 * seconds
        command.function(txn, world.actor(user_id), command.parse({"channel_url": channel_url, "message": "hi"}))

    world.write(call)


def new(world: World) -> str:
    """Another channel of the type, that came later."""
    world.client("ann", "channels.create", channel_url="newer", user_ids=["bob", "cid"], **TYPED)
    return "newer"


def test_a_mute_holds_in_every_channel_of_the_type_and_in_no_other(shop: World) -> None:
    shop.backend("type_mutes.add", user_ids=["bob"], seconds=60, description="loud", **TYPED)
    for channel_url in (OLD, HALL, new(shop)):
        with pytest.raises(Muted):
            send(shop, "bob", channel_url)
        send(shop, "cid", channel_url)
        assert shop.client("bob", "mutes.view", channel_url=channel_url)["description"] == "loud"
    send(shop, "bob", OTHER)
    assert not shop.client("bob", "channels.typing", channel_url=OLD)
    for channel_url in (OLD, HALL):
        later(shop, 61, "bob", channel_url)
    assert told(shop, "user.muted_in_type")[0]["description"] == "loud"


def test_the_others_in_a_channel_are_told_whether_a_member_is_muted_in_its_type(shop: World) -> None:
    urls = [OLD, *(f"more{n}" for n in range(AT_ONCE + 2))]
    for channel_url in urls[1:]:
        shop.client("ann", "channels.create", channel_url=channel_url, user_ids=["bob"], **TYPED)
    shop.told.clear()
    shop.backend("type_mutes.add", user_ids=["bob"], seconds=60, description="loud", **TYPED)
    # The first ones at once; OTHER is of no type.
    assert len(told(shop, "user.muted")) == AT_ONCE - 1
    while shop.write(purge, 2):
        pass
    heard = told(shop, "user.muted")
    assert [each["channel_url"] for each in heard] == urls
    assert {each["user"]["user_id"] for each in heard} == {"bob"}
    assert {each["description"] for each in heard} == {"loud"}
    assert {each["end_at"] - each["start_at"] for each in heard} == {60_000}
    # Where the channel's own mute goes on, it is told how that is.
    shop.client("ann", "mutes.add", channel_url=OLD, user_id="bob", seconds=30, description="own")
    shop.told.clear()
    shop.backend("type_mutes.remove", user_ids=["bob"], **TYPED)
    while shop.write(purge, 2):
        pass
    assert [each["description"] for each in told(shop, "user.muted")] == ["own"]
    assert [each["channel_url"] for each in told(shop, "user.unmuted")] == urls[1:]
    assert rows(shop, tables.TELLINGS) == [0]
    assert not findings_of(shop.store)


def test_a_muted_member_is_shown_as_muted(shop: World) -> None:
    shop.backend("type_mutes.add", user_ids=["bob"], **TYPED)
    members = shop.client("ann", "members.list", channel_url=OLD, muted_member_filter="muted")["members"]
    assert [(each["user_id"], each["is_muted"]) for each in members] == [("bob", True)]
    assert shop.client("bob", "channels.view", channel_url=OLD)["is_muted"]
    assert not shop.client("bob", "channels.view", channel_url=OTHER)["is_muted"]


def test_what_is_said_of_a_user_by_a_type_is_a_change_of_its_channels(shop: World) -> None:
    place = shop.client("bob", "channels.changes")["next"]
    for name, key in (("type_mutes", "user_ids"), ("type_operators", "operator_ids")):
        for verb in ("add", "remove"):
            shop.backend(f"{name}.{verb}", **{key: ["bob"]}, **TYPED)
            changes = shop.client("bob", "channels.changes", token=place)
            assert [each["channel_url"] for each in changes["updated"]] == [OLD]
            place = changes["next"]


def test_an_operator_of_a_channel_does_not_take_back_the_mute_of_a_type(shop: World) -> None:
    shop.backend("type_mutes.add", user_ids=["bob"], **TYPED)
    shop.client("ann", "mutes.add", channel_url=OLD, user_id="bob", seconds=1)
    shop.client("ann", "mutes.remove", channel_url=OLD, user_id="bob")
    with pytest.raises(Muted):
        send(shop, "bob", OLD)
    shop.backend("type_mutes.remove", user_ids=["bob"], **TYPED)
    send(shop, "bob", OLD)
    shop.client("ann", "mutes.add", channel_url=OLD, user_id="bob")
    with pytest.raises(Muted):
        send(shop, "bob", OLD)


def test_who_is_banned_from_a_type_is_out_of_its_channels(shop: World) -> None:
    shop.client("ann", "operators.add", channel_url=OLD, operator_ids=["bob"])
    shop.backend("type_bans.add", banned_list=[{"user_id": "bob", "seconds": 60, "description": "spam"}], **TYPED)
    listed = shop.client("bob", "channels.list")["channels"]
    assert OLD not in [each["channel_url"] for each in listed]
    assert told(shop, "member.left")[-1]["reason"] == "banned"
    assert not any(each["user_id"] == "bob" for each in shop.client("ann", "members.list", channel_url=OLD)["members"])
    for name, params in (
        ("channels.join", {"channel_url": OLD}),
        ("messages.list", {"channel_url": HALL, "message_ts": 1}),
        ("messages.send", {"channel_url": HALL, "message": "hi"}),
        ("channels.create", TYPED),
    ):
        with pytest.raises((Banned, NotFound)):
            shop.client("bob", name, **params)
    with pytest.raises(Banned):
        shop.client("ann", "channels.invite", channel_url=OLD, user_ids=["bob"])
    with pytest.raises(Banned):
        new(shop)
    send(shop, "bob", OTHER)
    shop.backend("type_bans.remove", user_ids=["bob"], **TYPED)
    shop.client("ann", "channels.invite", channel_url=OLD, user_ids=["bob"])
    send(shop, "bob", HALL)


def test_who_is_still_a_member_reads_and_writes_nothing_either(shop: World) -> None:
    """As long as the memberships of a ban have not ended, which are many, it holds all the same."""
    sent = send(shop, "ann", OLD)["message_id"]
    shop.client("cid", "channels.create", channel_url="last", **TYPED)
    shop.backend("type_bans.add", banned_list=[{"user_id": "bob"}, {"user_id": "cid"}], **TYPED)
    for name, params in (
        ("messages.list", {"message_ts": 1}),
        ("messages.view", {"message_id": sent}),
        ("reactions.add", {"message_id": sent, "reaction": "+1"}),
        ("messages.send", {"message": "hi"}),
        ("channels.view", {}),
    ):
        with pytest.raises(Banned):
            shop.client("cid", name, channel_url=OLD, **params)
    with pytest.raises(Banned):
        shop.backend("messages.send", channel_url=OLD, user_id="cid", message="hi")
    while shop.write(purge, 1):
        assert not findings_of(shop.store)
    assert [each["channel_url"] for each in shop.client("cid", "channels.list", show_empty=True)["channels"]] == [OTHER]
    assert rows(shop, tables.EXPULSIONS) == [0]


def test_a_channel_that_gets_the_type_loses_who_is_banned_from_it(shop: World) -> None:
    shop.backend("type_bans.add_of_user", user_id="bob", channel_custom_types=["shop", "inn"])
    shop.client("ann", "channels.update", channel_url=OTHER, custom_type="inn")
    assert told(shop, "member.left")[-1]["channel_url"] == OTHER
    with pytest.raises(NotFound):
        send(shop, "bob", OTHER)


def test_who_operates_a_type_operates_the_channels_that_they_are_in(shop: World) -> None:
    shop.users("dan")
    shop.backend("type_operators.add", operator_ids=["bob", "dan"], **TYPED)
    for channel_url in (OLD, HALL, new(shop)):
        shop.client("bob", "mutes.add", channel_url=channel_url, user_id="cid")
        operators = shop.client("cid", "operators.list", channel_url=channel_url)["operators"]
        names = {each["user_id"] for each in operators}
        assert names == {"ann", "bob"} | ({"dan"} if channel_url == HALL else set())
        assert send(shop, "bob", channel_url)["user"]["role"] == "operator"
    for user_id, channel_url, error in (("bob", OTHER, Forbidden), ("dan", OLD, NotFound)):
        with pytest.raises(error):
            shop.client(user_id, "mutes.add", channel_url=channel_url, user_id="cid")
    assert shop.client("bob", "channels.view", channel_url=OLD)["my_role"] == "operator"
    chosen = shop.client("cid", "members.list", channel_url=OLD, operator_filter="operator")["members"]
    assert [each["user_id"] for each in chosen] == ["ann", "bob"]
    shop.client("ann", "channels.freeze", channel_url=OLD, freeze=True)
    send(shop, "bob", OLD)
    shop.backend("type_operators.remove", operator_ids=["bob"], **TYPED)
    with pytest.raises(Forbidden):
        send(shop, "bob", OLD)
    assert shop.client("bob", "channels.view", channel_url=OLD)["my_role"] == "none"


def test_who_is_banned_operates_the_type_no_more(shop: World) -> None:
    shop.backend("type_operators.add_of_user", user_id="bob", channel_custom_types=["shop"])
    shop.backend("type_bans.add", banned_list=[{"user_id": "bob"}], **TYPED)
    assert shop.backend("type_operators.list", **TYPED)["operators"] == []
    with pytest.raises(Banned):
        shop.backend("type_operators.add", operator_ids=["bob"], **TYPED)


def test_a_type_has_no_more_than_a_hundred_operators(shop: World) -> None:
    names = [f"user{nth}" for nth in range(101)]
    shop.users(*names)
    shop.backend("type_operators.add", operator_ids=names[:100], **TYPED)
    with pytest.raises(TooManyItems):
        shop.backend("type_operators.add", operator_ids=names[100:], **TYPED)
    page = shop.backend("type_operators.list", limit=60, **TYPED)
    rest = shop.backend("type_operators.list", limit=60, token=page["next"], **TYPED)
    assert [each["user_id"] for each in page["operators"] + rest["operators"]] == names[:100]
    shop.backend("type_operators.remove", delete_all=True, **TYPED)
    assert rows(shop, tables.TYPE_OPERATORS, tables.USER_TYPES) == [0, 0]


@pytest.mark.parametrize(("noun", "key"), [("type_mutes", "muted_list"), ("type_bans", "banned_list")])
def test_lists_begin_with_what_ends_first(shop: World, noun: str, key: str) -> None:
    for user_id, seconds in (("bob", 20), ("cid", 10), ("ann", -1)):
        named = {"user_ids": [user_id], "seconds": seconds}
        if noun == "type_bans":
            named = {"banned_list": [{"user_id": user_id, "seconds": seconds}]}
        shop.backend(f"{noun}.add", **named, **TYPED)
    first = shop.backend(f"{noun}.list", limit=2, **TYPED)
    last = shop.backend(f"{noun}.list", limit=2, token=first["next"], **TYPED)
    found = [each.get("user", each)["user_id"] for each in first[key] + last[key]]
    assert found == ["cid", "bob", "ann"]
    assert shop.backend(f"{noun}.list", custom_type="inn")[key] == []


def test_a_type_without_settings_is_refused_when_it_is_to_have_some(shop: World) -> None:
    named = {"user_ids": ["bob"], "on_demand_upsert": False}
    with pytest.raises(NotFound):
        shop.backend("type_mutes.add", **named, **TYPED)
    shop.backend("moderation.update", **TYPED)
    shop.backend("type_mutes.add", **named, **TYPED)


def impose(world: World) -> None:
    """All that can be said of bob."""
    world.backend("type_mutes.add", user_ids=["bob"], description="rude bob", **TYPED)
    world.backend("type_bans.add", banned_list=[{"user_id": "bob", "description": "rude bob"}], **TYPED)
    world.backend("type_operators.add", operator_ids=["bob"], custom_type="inn")


def test_of_a_deleted_user_nothing_is_left(shop: World) -> None:
    impose(shop)
    shop.backend("users.delete", user_id="bob")
    assert shop.backend("type_bans.list", **TYPED)["banned_list"] == []
    while shop.write(purge, 1):
        pass
    assert not any(rows(shop, *OF_TYPES))
    assert not findings_of(shop.store)


def test_reasons_go_with_the_person(shop: World) -> None:
    impose(shop)
    shop.backend("privacy.create", user_ids=["bob"])
    for _ in erasing.steps(shop):
        assert not findings_of(shop.store)
    with shop.store.environment.begin() as raw:
        for table in tables.ALL:
            assert all(b"rude bob" not in value for _, value in raw.cursor(db=shop.store.databases[table.number])), (
                table
            )


def test_what_was_done_is_in_the_audit_log(shop: World) -> None:
    impose(shop)
    shop.backend("type_mutes.remove", user_ids=["bob"], **TYPED)
    acts = shop.backend("audit.list", user_id="bob")["acts"]
    assert {(each["kind"], each["detail"]) for each in acts} >= {
        ("member.muted", "shop"),
        ("member.unmuted", "shop"),
        ("user.banned", "shop"),
        ("operator.added", "inn"),
    }
