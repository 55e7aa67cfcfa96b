"""Who is forgotten is found nowhere, others miss nothing of theirs, and the sequence stays sound at every step."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chatd import ids
from chatd.domain import stream
from chatd.domain.messages.scheduling import fail
from chatd.domain.tenants import accounts, applications, invites
from chatd.domain.upkeep import erasure
from chatd.domain.upkeep.purge import purge
from chatd.domain.users.pictures import set_avatar
from chatd.errors import MissingParameter, NotFound, Unacceptable, UserNotFound
from chatd.store import tables
from chatd.store.compact import compact
from chatd.store.store import Store
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.erasing import steps
from tests.domain.histories import USERS, histories, run
from tests.domain.test_laws_of_messages import check_parts, check_threads, check_timeline
from tests.domain.test_verify import findings_of

# Everything that is hers has this in it.
MARK = "xyzzy"
SHE = f"{MARK}@mail"


@pytest.fixture
def tea(world: World) -> World:
    """She has done all there is to do, in a channel with bob and cid, and alone with bob."""
    world.backend("users.create", user_id=SHE, nickname=f"Nick {MARK}", metadata={"m": f"meta {MARK}"})
    world.users("bob", "cid")
    world.backend("users.update", user_id=SHE, profile_url=f"http://{MARK}", discovery_keys=[f"key {MARK}"])
    world.client(SHE, "users.set_status", text=f"status {MARK}", expires_at=ids.now_ms() + 86_400_000)
    news = {"type": "MESG", "user_id": SHE, "content": MARK, "data": MARK}
    world.backend("announcements.create", unique_id="n", message=news, scheduled_at=ids.now_ms() + 86_400_000)
    world.backend("announcements.update", unique_id="n", message=news | {"content": f"more {MARK}"})
    world.client(SHE, "user_metadata.create", metadata={f"k{MARK}": MARK})
    world.backend("sessions.issue", user_id=SHE)
    world.client(SHE, "channels.create", channel_url="tea1", user_ids=["bob", "cid"], req_id=f"c {MARK}")
    world.client("bob", "channels.create", channel_url="pair", user_ids=[SHE])
    for n in range(5):
        hers = send(world, SHE, "tea1", f"text {n} {MARK}", req_id=f"r{n} {MARK}", data=MARK, custom_type=MARK)
        his = send(world, "bob", "tea1", f"his {n}", req_id=f"b{n}", mentioned_user_ids=[SHE, "cid"])
        world.client("bob", "reactions.add", channel_url="tea1", message_id=hers, reaction="plus")
        world.client(SHE, "reactions.add", channel_url="tea1", message_id=his, reaction=f"k{MARK}")
        world.client(SHE, "messages.update", channel_url="tea1", message_id=hers, message=f"edit {MARK}")
        world.client("bob", "messages.update", channel_url="tea1", message_id=his, message=f"his {n}, edited")
        send(world, SHE, "tea1", f"reply {MARK}", parent_message_id=his)
        send(world, "cid", "tea1", "his reply", parent_message_id=hers)
    world.client(SHE, "messages.delete", channel_url="tea1", message_id=hers)
    later = {"channel_url": "tea1", "scheduled_at": ids.now_ms() + 86_400_000}
    for _ in range(2):
        made = world.client(SHE, "scheduled_messages.create", **later, message=MARK, data=MARK)
    world.client(SHE, "scheduled_messages.update", message=f"more {MARK}", **scheduled(made))
    world.write(fail, made["scheduled_message_id"], MARK)
    params = {"message": "his", "mentioned_user_ids": [SHE]}
    made = world.client("bob", "scheduled_messages.create", **later, **params)
    world.client("bob", "scheduled_messages.update", message="his, changed", **scheduled(made))
    world.write(set_avatar, world.actor(SHE), SHE, world.blob(f"face{MARK}", f"{MARK}.jpeg", "image/jpeg"))
    for text in ("draft", "another draft"):
        world.client(SHE, "drafts.set", channel_url="tea1", message=f"{text} {MARK}", data=MARK)
    for file_id in ("sent", "waiting"):
        world.upload(SHE, f"{file_id}{MARK}")
    send(world, SHE, "tea1", "", files=[{"file_id": f"sent{MARK}"}])
    world.client(SHE, "reactions.remove", channel_url="tea1", message_id=his, reaction=f"k{MARK}")
    world.client(SHE, "channels.mark_read", channel_url="tea1")
    send(world, SHE, "pair", f"secret {MARK}")
    send(world, "bob", "pair", "what he said")
    return world


def scheduled(made: Any) -> dict[str, int]:
    return {"scheduled_message_id": made["scheduled_message_id"]}


def send(world: World, user_id: str, channel_url: str, text: str, **more: Any) -> int:
    params = {"channel_url": channel_url, "message": text, **more}
    number: int = world.client(user_id, "messages.send", **params)["message_id"]
    return number


def ask(world: World, user_id: str = SHE, option: str = "do_not_delete") -> str:
    made = world.backend("privacy.create", user_ids=[user_id], channel_delete_option=option)
    request_id: str = made["request_id"]
    return request_id


def carry_out(world: World) -> None:
    for _ in steps(world):
        pass


def places(store: Store, mark: str) -> list[str]:
    """The tables that have a mark in a key or a value, as stored, of all applications."""
    found = []
    with store.environment.begin() as raw:
        for table in tables.ALL:
            for key, value in raw.cursor(db=store.databases[table.number]):
                if mark.encode() in key or mark.encode() in value:
                    found.append(table.name)
    return found


def seen_by(world: World, user_id: str) -> Any:
    page = world.client(user_id, "messages.list", channel_url="tea1", message_ts=0, next_limit=200)
    return [(m["message_id"], m["message"], m["user"]["user_id"]) for m in page["messages"]]


def requests_of(world: World, user_id: str) -> Any:
    """What is kept of the requests of a user, whose number their keys begin with."""
    number = world.actor(user_id).user
    found = world.store.read(world.application, lambda txn: list(txn.scan(tables.REQUESTS)))
    return [(key, sequences) for key, sequences in found if key[0] >> 32 == number]


def test_the_mark_is_everywhere_before(tea: World) -> None:
    assert {
        "log",
        "users",
        "user_ids",
        "messages",
        "sessions",
        "reactions",
        "files",
        "uploads",
        "scheduled",
        "drafts",
    } <= set(places(tea.store, MARK))


def test_what_others_forwarded_of_hers_goes_too(tea: World) -> None:
    hers = send(tea, SHE, "pair", f"passed on {MARK}")
    copy = {"channel_url": "pair", "message_id": hers, "target_channel_url": "tea1", "req_id": "copy"}
    made = tea.client("bob", "messages.copy", **copy)["message_id"]
    assert made in [each[0] for each in seen_by(tea, "cid")]
    ask(tea)
    for step in steps(tea):
        assert not findings_of(tea.store), (step, findings_of(tea.store).examples)
    assert places(tea.store, MARK) == []
    assert made not in [each[0] for each in seen_by(tea, "cid")]


def test_nothing_is_left_at_the_end_and_every_step_is_sound(tea: World) -> None:
    others = [each for each in seen_by(tea, "cid") if each[2] != SHE]
    channels = requests_of(tea, "bob")
    request = ask(tea)
    for step in steps(tea):
        assert not findings_of(tea.store), (step, findings_of(tea.store).examples)
    assert places(tea.store, MARK) == []
    assert seen_by(tea, "cid") == others
    assert requests_of(tea, "bob") == channels
    done = tea.backend("privacy.view", request_id=request)
    assert (done["status"], done["user_ids"], done["erased_users"]) == ("done", [], 1)
    with pytest.raises(NotFound):
        tea.backend("users.view", user_id=SHE)


def test_neither_backups_nor_a_compact_file_have_old_bytes(tea: World) -> None:
    directory = tea.store.directory
    ask(tea)
    carry_out(tea)
    assert MARK.encode() in (directory / "data.mdb").read_bytes()
    backup = tea.store.back_up(directory / "backups")
    assert MARK.encode() not in (backup / "data.mdb").read_bytes()
    tea.store.close()
    compact(directory, MAP_SIZE)
    assert MARK.encode() not in (directory / "data.mdb").read_bytes()


def test_nobody_shows_her_any_more(tea: World) -> None:
    ask(tea)
    carry_out(tea)
    shown = [
        tea.client("bob", "messages.list", channel_url="tea1", message_ts=0, next_limit=200, including_removed=True),
        tea.client("bob", "channels.list", show_member=True),
        tea.backend("channels.list_all", show_member=True),
        tea.backend("users.list", active_mode="all"),
        tea.client("cid", "channels.view", channel_url="tea1", show_member=True),
    ]
    assert MARK not in repr(shown)
    assert shown[-1]["created_by"] is None
    told = tea.store.read(tea.application, everything_told)
    assert MARK not in repr(told)


def everything_told(txn: Any) -> list[Any]:
    return [stream.told(txn, sequence) for (sequence,), _ in txn.scan(tables.LOG)]


def test_others_are_told_while_it_happens_whom_it_concerns(tea: World) -> None:
    before = tea.store.read(tea.application, stream.top).sequence
    ask(tea)
    tea.told.clear()
    carry_out(tea)
    told = [each.data for each in tea.told if each.sequence > before and each.data]
    kinds = {each["type"] for each in told}
    assert kinds == {"user.deleted", "member.left", "messages.erased", "reaction.removed"}
    assert all(each["user_id"] == SHE for each in told if each["type"] == "reaction.removed")
    erased = [number for each in told if each["type"] == "messages.erased" for number in each["message_ids"]]
    assert len(erased) == len(set(erased)) == 12


def test_who_was_away_loads_anew(tea: World) -> None:
    bob = tea.actor("bob").user
    assert bob is not None
    before = tea.store.read(tea.application, stream.top).sequence
    ask(tea)
    carry_out(tea)
    after = tea.store.read(tea.application, stream.top).sequence
    assert tea.store.read(tea.application, stream.missed, bob, before, 1000) is None
    assert tea.store.read(tea.application, stream.missed, bob, after, 1000) == []
    sent = send(tea, "cid", "tea1", "after")
    assert tea.store.read(tea.application, stream.missed, bob, after, 1000) == [sent]


def test_it_can_be_given_up_anywhere_and_goes_on(tea: World) -> None:
    ask(tea)
    count = 1
    while tea.store.read(tea.application, erasure.open_request) is not None:
        for _, _ in zip(range(count), steps(tea), strict=False):
            pass
        count += 1
    assert count > 3
    assert places(tea.store, MARK) == []
    assert not findings_of(tea.store)


def test_work_that_goes_on_beside_it_is_sound(tea: World) -> None:
    """Others write, mention others, delete and have channels emptied while she is forgotten."""
    ask(tea)
    for number, _ in enumerate(steps(tea)):
        last = send(tea, "bob", "tea1", f"meanwhile {number}")
        tea.client("bob", "reactions.add", channel_url="tea1", message_id=last, reaction="plus")
        if number % 3 == 0:
            tea.client("bob", "messages.delete", channel_url="tea1", message_id=last)
    assert places(tea.store, MARK) == []
    assert not findings_of(tea.store)


@pytest.mark.parametrize(("option", "left"), [("do_not_delete", 2), ("1_on_1", 1), ("all", 0)])
def test_channels_go_with_her_as_asked(tea: World, option: str, left: int) -> None:
    ask(tea, option=option)
    carry_out(tea)
    assert len(tea.client("bob", "channels.list")["channels"]) == left
    while tea.store.write_now(tea.application, purge, 3):
        pass
    assert places(tea.store, MARK) == []
    assert bool(places(tea.store, "what he said")) == (option == "do_not_delete")
    assert not findings_of(tea.store)


def test_also_who_was_deleted_before_and_came_back(tea: World) -> None:
    tea.backend("users.delete", user_id=SHE)
    tea.backend("users.create", user_id=SHE, nickname=MARK)
    request = ask(tea)
    carry_out(tea)
    assert tea.backend("privacy.view", request_id=request)["erased_users"] == 2
    assert places(tea.store, MARK) == []
    assert not findings_of(tea.store)


def test_who_comes_after_the_request_is_somebody_else(tea: World) -> None:
    tea.backend("users.delete", user_id=SHE)
    ask(tea)
    tea.backend("users.create", user_id=SHE, nickname="new")
    carry_out(tea)
    assert tea.backend("users.view", user_id=SHE)["nickname"] == "new"
    assert not findings_of(tea.store)


def test_her_clients_are_cut_off(tea: World) -> None:
    she = tea.actor(SHE)
    ask(tea)
    next(iter(steps(tea)))
    rest = steps(tea)
    assert next(rest) == "close"
    assert any(each.disconnect and each.user == she.user for each in tea.told)
    with pytest.raises(UserNotFound):
        tea.call(she, "users.me", {})
    carry_out(tea)


def test_an_account_goes_too(world: World) -> None:
    main = world.store.write_now(0, applications.ensure_main)
    world.application = main.number
    for login in (MARK, "bob"):
        world.store.write_now(0, accounts.create, login, f"hash of {login}", "member")
        world.store.write_now(0, accounts.sign_in, login)
        world.store.write_now(0, invites.create, "member", login)
    world.store.refresh()
    world.backend("users.erase", user_id=MARK)
    carry_out(world)
    assert places(world.store, MARK) == []
    assert {"accounts", "account_sessions", "invites"} <= set(places(world.store, "bob"))
    assert not findings_of(world.store)


def test_requests_are_listed_and_canceled_until_begun(tea: World) -> None:
    first, second = ask(tea), ask(tea, "bob")
    tea.backend("privacy.cancel", request_id=second)
    carry_out(tea)
    assert [each["status"] for each in tea.backend("privacy.list")["requests"]] == ["done", "canceled"]
    with pytest.raises(Unacceptable):
        tea.backend("privacy.cancel", request_id=first)
    with pytest.raises(NotFound):
        tea.backend("privacy.view", request_id="99")
    with pytest.raises(MissingParameter):
        tea.backend("privacy.create", user_ids=[])
    with pytest.raises(NotFound):
        tea.backend("privacy.create", action="access", user_id="nobody")
    third = tea.backend("privacy.create", action="access", user_id="bob")
    assert tea.backend("privacy.cancel", request_id=third["request_id"]) == {}
    assert tea.backend("privacy.view", request_id=third["request_id"])["status"] == "canceled"
    with pytest.raises(NotFound):
        tea.backend("users.erase", user_id="nobody")


@settings(max_examples=20, deadline=None)
@example(
    [("bob", "channels.update_push_preference", {"channel_url": "chan2", "push_trigger_option": "off"})],
    ["ann", "bob"],
    1,
)
@given(histories, st.lists(st.sampled_from(USERS), min_size=1, max_size=2, unique=True), st.integers(1, 4))
def test_after_any_history_every_step_is_sound(history: Any, user_ids: list[str], at_once: int) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = World(Store.open(Path(directory) / "one", MAP_SIZE))
        run(world, history)
        world.backend("privacy.create", user_ids=user_ids, channel_delete_option="1_on_1")
        for number, step in enumerate(steps(world, at_once)):
            if number % 5 == 0 or step == "finish":
                found = findings_of(world.store)
                assert not found, (step, found.examples)
        for check in (check_parts, check_timeline, check_threads):
            world.store.read(world.application, check)
        world.store.close()
