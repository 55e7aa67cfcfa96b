"""Laws that hold for every sequence of commands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.domain import stream
from chatd.domain.fold import apply
from chatd.domain.messages.previews import keep_preview
from chatd.domain.tenants import accounts
from chatd.domain.upkeep import retention
from chatd.errors import ChatdError
from chatd.model import Preview
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.table import Table
from chatd.store.transaction import Transaction
from tests.domain.conftest import MAP_SIZE, MEMORY, World

USERS = ("ann", "bob", "cid")
LINK = "https://example.org"
CHANNELS = ("chan1", "chan2", "chan3")
FOLDED = (
    tables.USERS,
    tables.USER_IDS,
    tables.CHANNELS,
    tables.CHANNEL_URLS,
    tables.DISTINCT_CHANNELS,
    tables.CHANNEL_STATES,
    tables.MEMBERS,
    tables.MEMBERSHIPS,
    tables.TENURES,
    tables.MESSAGES,
    tables.TIMELINE,
    tables.REQUESTS,
    tables.DELETED_CHANNELS,
    tables.REACTIONS,
    tables.FILES,
    tables.THREADS,
    tables.REPLIES,
    tables.REPLIERS,
    tables.RETENTION,
    tables.RETAINED,
    tables.ERASURES,
    tables.OPERATORS,
    tables.PINS,
    tables.FILE_SHARES,
    tables.POLLS,
    tables.POLL_STATES,
    tables.POLL_OPTIONS,
    tables.POLL_CHOICES,
    tables.POLL_VOTERS,
    tables.POLL_LISTS,
    tables.DELETED_POLLS,
    tables.PREVIEWS,
)

user = st.sampled_from(USERS)
users = st.lists(user, unique=True, max_size=3)
channel = st.sampled_from(CHANNELS)
message = st.integers(1, 60)
poll = st.integers(1, 20)
meta = st.just([{"key": "k", "value": ["v"]}])
reaction = st.sampled_from(["+1", "\N{GRINNING FACE}"])


def step(name: str, /, **params: Any) -> st.SearchStrategy[tuple[str, str, dict[str, Any]]]:
    return st.tuples(user, st.just(name), st.fixed_dictionaries(params))


steps = st.one_of(
    step("channels.create", channel_url=channel, user_ids=users, is_public=st.booleans()),
    step("channels.create", user_ids=users, is_distinct=st.just(True)),
    step("channels.invite", channel_url=channel, user_ids=users.filter(bool)),
    step("channels.join", channel_url=channel),
    step("channels.leave", channel_url=channel),
    step("channels.update", channel_url=channel, name=st.sampled_from(["a", "b"])),
    step("channels.delete", channel_url=channel),
    step("channels.mark_read", channel_url=channel),
    step("messages.send", channel_url=channel, message=st.text(min_size=1, max_size=5), is_silent=st.booleans()),
    step("messages.send", channel_url=channel, message=st.just("again"), req_id=st.sampled_from(["r1", "r2"])),
    step("messages.send", channel_url=channel, message=st.just("reply"), parent_message_id=message),
    step("files.send", channel_url=channel, parent_message_id=st.just(0) | message),
    step("reactions.add", channel_url=channel, message_id=message, reaction=reaction),
    step("reactions.remove", channel_url=channel, message_id=message, reaction=reaction),
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
    step("messages.preview", message_id=message, title=st.sampled_from(["A", "B"])),
    step("messages.expire", channel_url=channel, count=st.integers(1, 4)),
    step("users.update", nickname=st.sampled_from(["Nick", "Nora"])),
    step("sessions.revoke"),
)
histories = st.lists(steps, min_size=5, max_size=40)


def run(world: World, history: list[tuple[str, str, dict[str, Any]]]) -> None:
    """Do what can be done; what is refused must change nothing, which the laws would show."""
    world.users(*USERS)
    sent = [message for channel_url in CHANNELS[:2] for message in talk(world, channel_url)]
    polls = [ask(world, channel_url) for channel_url in CHANNELS[:2]]
    for count, (user_id, name, params) in enumerate(history):
        try:
            result = do(world, user_id, name, aimed(params, sent, polls), f"file{count}")
        except ChatdError:
            continue
        if name == "polls.create":
            polls.append(result["id"])
        elif "channel_url" in result and "message_id" in result:
            sent.append((result["channel_url"], result["message_id"]))


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
    world.write(keep_preview, world.client("bob", "messages.send", **sent)["message_id"], Preview(LINK, "Tea"))
    world.client("cid", "polls.add_option", poll_id=poll_id, text="maybe")
    world.client("ann", "polls.vote", poll_id=poll_id, option_ids=[3])
    return poll_id


def aimed(params: dict[str, Any], sent: list[tuple[str, int]], polls: list[int]) -> dict[str, Any]:
    """Parameters whose message and poll are some of those that there were, when there are any."""
    if "poll_id" in params:
        params = params | {"poll_id": polls[params["poll_id"] % len(polls)]}
    for name in ("message_id", "parent_message_id"):
        if sent and params.get(name):
            channel_url, message_id = sent[params[name] % len(sent)]
            params = params | {name: message_id, "channel_url": channel_url}
    return params


def do(world: World, user_id: str, name: str, params: dict[str, Any], file_id: str) -> Any:
    if name == "sessions.revoke":
        return world.backend(name, user_id=user_id)
    if name == "messages.expire":
        return expire(world, **params)
    if name == "messages.preview":
        world.write(keep_preview, params["message_id"], Preview(LINK, params["title"]))
        return {}
    if name == "files.send":
        params = params | {"files": [{"file_id": world.upload(user_id, file_id)}]}
        return world.client(user_id, "messages.send", **params)
    return world.client(user_id, name, **params)


def expire(world: World, channel_url: str, count: int) -> Any:
    """Keep only the newest messages of a channel; what is too much goes in two slices of one event each."""
    channel = world.backend("channels.update", channel_url=channel_url, message_survival_count=count)["id"]
    for at_once in (2, 100):
        world.write(retention.remove_expired, channel, at_once)
    return {}


def contents(txn: Transaction, table: Table[Any]) -> list[Any]:
    return list(txn.scan(table))


def replay(txn: Transaction, entries: list[tuple[tuple[int], Any]]) -> None:
    for (sequence,), entry in entries:
        txn.put(tables.LOG, sequence, value=entry)
    for (sequence,), entry in entries:
        apply(entry.event, txn, sequence, entry.time)


@settings(max_examples=60, deadline=None)
@given(histories)
def test_the_state_is_the_fold_of_the_log(history: list[tuple[str, str, dict[str, Any]]]) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        store = Store.open(Path(directory) / "one", MAP_SIZE)
        other = Store.open(Path(directory) / "two", MAP_SIZE)
        world = World(store)
        run(world, history)
        entries = store.read(world.application, contents, tables.LOG)
        other.write_now(world.application, replay, entries)
        other.refresh()
        for table in FOLDED:
            expected = store.read(world.application, contents, table)
            assert other.read(world.application, contents, table) == expected, table
        store.close()
        other.close()


@settings(max_examples=60, deadline=None)
@given(histories, st.sampled_from(USERS), st.integers(0, 80))
def test_recovery_tells_what_was_told_live(
    history: list[tuple[str, str, dict[str, Any]]], user_id: str, offset: int
) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = World(Store.open(Path(directory) / "one", MAP_SIZE))
        run(world, history)
        number = world.actor(user_id).user
        assert number is not None
        live = {p.sequence for p in told_to(number, world) if p.sequence > offset}
        end = world.store.read(world.application, stream.top).sequence
        missed = world.store.read(world.application, stream.missed, number, offset, 1000)
        if offset > end:
            assert missed is None
        else:
            assert missed is not None
            sequences = [each for each in missed if world.store.read(world.application, stream.told, each) is not None]
            assert sequences == sorted(set(sequences))
            assert set(sequences) == live - silenced(world)
        world.store.close()


def told_to(number: int, world: World, members: Mapping[int, set[int]] = {}) -> list[Any]:
    """What the user would have been sent while connected all the time, in which channels were `members` before."""
    audiences = {channel: set(users) for channel, users in members.items()}
    found = []
    for publication in world.told:
        audience = audiences.setdefault(publication.channel, set())
        audience.update(publication.joined)
        if publication.sequence and (publication.user == number or (publication.channel and number in audience)):
            found.append(publication)
        audience.difference_update(publication.left)
    return found


def silenced(world: World) -> set[int]:
    """Events of which nothing is told any more: their message or their channel is gone."""

    def find(txn: Transaction) -> set[int]:
        gone = set()
        for (sequence,), entry in txn.scan(tables.LOG):
            if stream.render(entry.event, txn, sequence, entry.time) is None:
                gone.add(sequence)
        return gone

    return world.store.read(world.application, find)


def test_too_much_to_recover_is_said_and_never_told_in_part(world: World) -> None:
    world.users("ann")
    world.client("ann", "channels.create", channel_url="chan1")
    for n in range(5):
        world.client("ann", "messages.send", channel_url="chan1", message=str(n))
    number = world.actor("ann").user
    end = world.store.read(world.application, stream.top).sequence
    assert world.store.read(world.application, stream.missed, number, end - 5, 5) is not None
    assert world.store.read(world.application, stream.missed, number, end - 6, 5) is None


def test_publications_can_be_encoded(world: World) -> None:
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="chan1", user_ids=["bob"])
    world.client("ann", "messages.send", channel_url="chan1", message="hi", mentioned_user_ids=["bob"])
    assert all(msgspec.json.encode(publication.data) for publication in world.told)


def test_an_account_is_a_user_who_enters_the_lobby(world: World) -> None:
    account = world.store.write_now(0, accounts.create, "Ann", "hash", "owner", "Ann B")
    world.store.refresh()
    assert account.login == "ann"
    assert world.store.read(0, accounts.has_owner)
    found = world.store.read(account.application, lambda txn: txn.get(tables.USER_IDS, "ann"))
    assert found is not None
    assert world.store.read(account.application, lambda txn: list(txn.scan(tables.MEMBERSHIPS, found)))
