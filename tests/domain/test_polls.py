"""Polls: made, shown, voted in, closed, and gone with their messages."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import ids
from chatd.domain.messages import poll_removal
from chatd.domain.upkeep.purge import purge
from chatd.errors import (
    Forbidden,
    IncompatibleValues,
    InvalidValue,
    LimitExceeded,
    Muted,
    NotFound,
    OutOfRange,
    Unacceptable,
)
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.histories import expire
from tests.domain.polling import Asked
from tests.domain.test_erasure import MARK, ask, carry_out, places
from tests.domain.test_verify import findings_of

CHANNEL = "tea_time"


@pytest.fixture
def asked(world: World) -> Asked:
    world.users("ann", "bob", "cid", "dan", "eve")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob", "cid", "dan"], operator_ids=["dan"])
    return Asked(world)


def last(asked: Asked) -> Any:
    return asked.world.told[-1].data


def rows(asked: Asked) -> dict[str, int]:
    """How many rows the tables of polls have, but for empty ones."""
    tables_of_polls = [table for table in tables.ALL if "poll" in table.name]
    counts = {
        table.name: asked.world.store.read(asked.world.application, lambda txn, table=table: len(list(txn.scan(table))))
        for table in tables_of_polls
    }
    return {name: count for name, count in counts.items() if count}


def test_a_poll_is_its_makers_until_a_message_shows_it(asked: Asked) -> None:
    poll = asked.make("ann", data={"text": "which"}, close_at=-1)
    told = asked.world.told[-1]
    assert (told.data["type"], told.user, told.channel) == ("poll.created", asked.world.actor("ann").user, 0)
    for call in (lambda: asked.view("bob", poll), lambda: asked.vote("bob", poll, 1)):
        with pytest.raises(NotFound):
            call()
    with pytest.raises(Unacceptable, match="No message"):
        asked.vote("ann", poll, 1)
    assert [each["id"] for each in asked.world.client("ann", "polls.list")["polls"]] == [poll]
    with pytest.raises(NotFound):
        asked.world.client("bob", "messages.send", channel_url=CHANNEL, message="?", poll_id=poll)
    sent = asked.world.client("ann", "messages.send", channel_url=CHANNEL, message="?", poll_id=poll)
    assert sent["poll"] == last(asked)["message"]["poll"] == asked.world.backend("polls.view", poll_id=poll)
    expected = {"id": poll, "title": "Tea?", "status": "open", "voter_count": 0, "channel_url": CHANNEL}
    expected |= {"message_id": sent["message_id"], "data": {"text": "which"}, "close_at": -1, "created_by": "ann"}
    assert sent["poll"] == sent["poll"] | expected
    assert [(each["id"], each["text"], each["vote_count"]) for each in sent["poll"]["options"]] == [
        (1, "black", 0),
        (2, "green", 0),
    ]
    listed = asked.world.client("bob", "messages.list", channel_url=CHANNEL, message_ts=0)["messages"][0]["poll"]
    assert set(listed) == {"id", "title", "status", "close_at", "created_at", "updated_at", "message_id"}
    where = {"channel_url": CHANNEL, "message_id": sent["message_id"], "include_poll_details": True}
    assert asked.world.client("bob", "messages.view", **where)["poll"] == sent["poll"]
    with pytest.raises(Unacceptable, match="Another message"):
        asked.world.client("ann", "messages.send", channel_url=CHANNEL, message="?", poll_id=poll)
    assert asked.world.client("ann", "polls.list")["polls"] == []
    with pytest.raises(NotFound):
        asked.view("eve", poll)
    assert not findings_of(asked.world.store)


def test_a_vote_is_the_whole_new_choice(asked: Asked) -> None:
    poll = asked.shown("ann", CHANNEL)
    assert asked.vote("bob", poll, 1)["voted_option_ids"] == [1]
    told = last(asked)
    assert (told["type"], told["user_id"], told["option_ids"], told["voter_count"]) == ("poll.voted", "bob", [1], 1)
    assert told["options"] == [{"id": 1, "vote_count": 1}, {"id": 2, "vote_count": 0}]
    asked.vote("cid", poll, 1)
    asked.vote("bob", poll, 2)
    assert asked.counts(poll) == (2, [1, 1])
    count = len(asked.world.told)
    asked.vote("bob", poll, 2)
    assert len(asked.world.told) == count
    asked.vote("bob", poll)
    assert asked.counts(poll) == (1, [1, 0])
    with pytest.raises(IncompatibleValues):
        asked.vote("bob", poll, 1, 2)
    with pytest.raises(NotFound):
        asked.vote("bob", poll, 3)
    assert asked.view("cid", poll)["voted_option_ids"] == [1]
    asked.world.backend("polls.vote", poll_id=poll, option_ids=[2], user_id="bob")
    assert asked.counts(poll) == (2, [1, 1])
    with pytest.raises(Forbidden):
        asked.world.backend("polls.vote", poll_id=poll, option_ids=[2], user_id="eve")
    assert not findings_of(asked.world.store)


def test_several_votes_and_who_voted(asked: Asked) -> None:
    poll = asked.shown("ann", CHANNEL, allow_multiple_votes=True)
    for user in ("ann", "bob", "cid"):
        asked.vote(user, poll, 2, 1)
    assert asked.counts(poll) == (3, [3, 3])
    with pytest.raises(Unacceptable):
        asked.world.client("ann", "polls.update", poll_id=poll, allow_multiple_votes=False)
    seen, token = [], ""
    while True:
        listing = {"poll_id": poll, "option_id": 1, "limit": 2, "token": token}
        page = asked.world.client("dan", "polls.list_voters", **listing)
        seen += [voter["user_id"] for voter in page["voters"]]
        if not (token := page["next"]):
            break
    assert (seen, page["vote_count"]) == (["ann", "bob", "cid"], 3)
    shown = asked.view("dan", poll, show_partial_voter_list=True)["options"][0]["partial_voter_list"]
    assert [voter["user_id"] for voter in shown] == seen


def test_nobody_sees_who_voted_in_an_anonymous_poll(asked: Asked) -> None:
    poll = asked.shown("ann", CHANNEL, is_anonymous=True)
    asked.vote("bob", poll, 1)
    assert not {"user_id", "option_ids"} & set(last(asked))
    assert last(asked)["voter_count"] == 1
    assert "partial_voter_list" not in asked.view("ann", poll, show_partial_voter_list=True)["options"][0]
    for call in (asked.world.backend, lambda name, **params: asked.world.client("ann", name, **params)):
        with pytest.raises(Forbidden):
            call("polls.list_voters", poll_id=poll, option_id=1)
    assert "voted_option_ids" not in asked.world.backend("polls.view", poll_id=poll, user_id="bob")
    assert asked.view("bob", poll)["voted_option_ids"] == [1]


def test_a_poll_closes_by_hand_and_by_itself(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    now = ids.now_ms() // 1000
    by_hand, by_itself = asked.shown("ann", CHANNEL), asked.shown("ann", CHANNEL, close_at=now + 60)
    for user in ("bob", "cid"):
        with pytest.raises(Forbidden):
            asked.world.client(user, "polls.close", poll_id=by_hand)
    assert asked.world.client("dan", "polls.close", poll_id=by_hand)["status"] == "closed"
    assert (last(asked)["type"], last(asked)["poll"]["status"]) == ("poll.updated", "closed")
    assert asked.vote("bob", by_itself, 1)["status"] == "open"
    monkeypatch.setattr(ids, "now_ms", lambda: (now + 60) * 1000)
    assert asked.view("bob", by_itself)["status"] == "closed"
    for poll in (by_hand, by_itself):
        for name, params in (
            ("polls.vote", {"option_ids": [2]}),
            ("polls.update", {"title": "Coffee?"}),
            ("polls.add_option", {"text": "white"}),
            ("polls.delete_option", {"option_id": 2}),
        ):
            with pytest.raises(Unacceptable, match="closed"):
                asked.world.client("ann", name, poll_id=poll, **params)
    with pytest.raises(OutOfRange):
        asked.make("ann", close_at=now)


def test_options_are_suggested_changed_and_removed(asked: Asked) -> None:
    poll = asked.shown("ann", CHANNEL)
    with pytest.raises(Forbidden):
        asked.world.client("bob", "polls.add_option", poll_id=poll, text="white")
    asked.world.client("ann", "polls.update", poll_id=poll, allow_user_suggestion=True)
    made = asked.world.client("bob", "polls.add_option", poll_id=poll, text="white")
    assert (made["id"], made["created_by"], made["vote_count"]) == (3, "bob", 0)
    assert asked.world.client("cid", "polls.add_option", poll_id=poll, text="white") == made
    with pytest.raises(Forbidden):
        asked.world.client("cid", "polls.update_option", poll_id=poll, option_id=3, text="mine")
    for user in ("bob", "ann", "dan"):
        changed = asked.world.client(user, "polls.update_option", poll_id=poll, option_id=3, text=f"by {user}")
        assert changed == asked.world.client("cid", "polls.view_option", poll_id=poll, option_id=3)
        assert last(asked)["poll"]["options"][2]["text"] == f"by {user}"
    asked.vote("cid", poll, 3)
    with pytest.raises(Unacceptable, match="voted"):
        asked.world.client("bob", "polls.delete_option", poll_id=poll, option_id=3)
    asked.vote("cid", poll)
    asked.world.client("bob", "polls.delete_option", poll_id=poll, option_id=3)
    # A number is not used again.
    assert asked.world.client("bob", "polls.add_option", poll_id=poll, text="herbal")["id"] == 4
    with pytest.raises(NotFound):
        asked.vote("cid", poll, 3)
    assert not findings_of(asked.world.store)


def test_who_is_muted_votes_and_writes_nothing(asked: Asked) -> None:
    poll = asked.shown("bob", CHANNEL, allow_user_suggestion=True)
    asked.world.backend("mutes.add", channel_url=CHANNEL, user_id="bob")
    for name, params in (
        ("polls.add_option", {"text": "white"}),
        ("polls.update_option", {"option_id": 1, "text": "white"}),
        ("polls.update", {"title": "Coffee?"}),
    ):
        with pytest.raises(Muted):
            asked.world.client("bob", name, poll_id=poll, **params)
    assert asked.vote("bob", poll, 1)["voter_count"] == 1
    assert asked.world.client("bob", "polls.close", poll_id=poll)["status"] == "closed"


def test_requests_limits_and_values(asked: Asked) -> None:
    first = asked.world.client("ann", "polls.create", title="Tea?", options=["a"], req_id="r1")
    assert asked.world.client("ann", "polls.create", title="other", options=["b"], req_id="r1") == first
    with pytest.raises(IncompatibleValues):
        asked.world.client("ann", "messages.send", channel_url=CHANNEL, message="hi", req_id="r1")
    with pytest.raises(InvalidValue):
        asked.make("ann", options=["same", "same"])
    with pytest.raises(Forbidden):
        asked.world.client("ann", "polls.create", title="Tea?", options=["a"], user_id="bob")
    asked.world.client("ann", "polls.delete", poll_id=first["id"])
    with pytest.raises(NotFound):
        asked.world.client("ann", "polls.create", title="Tea?", options=["a"], req_id="r1")
    for _ in range(100):
        asked.make("bob")
    with pytest.raises(LimitExceeded):
        asked.make("bob")
    listed = asked.world.client("bob", "polls.list", limit=15)
    assert len(listed["polls"]) == 15
    assert listed["polls"][0]["id"] > listed["polls"][-1]["id"]
    rest = asked.world.client("bob", "polls.list", token=listed["next"])
    assert rest["polls"][0]["id"] < listed["polls"][-1]["id"]


def test_what_was_written_is_gone_with_the_poll(asked: Asked) -> None:
    poll = asked.shown("ann", CHANNEL, title=f"Tea {MARK}?", options=[MARK, "no"], allow_user_suggestion=True)
    asked.world.client("ann", "polls.update", poll_id=poll, title=f"Tee {MARK}?")
    asked.world.client("bob", "polls.add_option", poll_id=poll, text=f"perhaps {MARK}")
    asked.world.client("bob", "polls.update_option", poll_id=poll, option_id=3, text=f"maybe {MARK}")
    asked.vote("bob", poll, 3)
    assert places(asked.world.store, MARK) != []
    with pytest.raises(Forbidden):
        asked.world.client("bob", "polls.delete", poll_id=poll)
    asked.world.client("dan", "polls.delete", poll_id=poll)
    assert (last(asked)["type"], last(asked)["poll_id"]) == ("poll.deleted", poll)
    assert places(asked.world.store, MARK) == []
    shown = asked.world.client("bob", "messages.list", channel_url=CHANNEL, message_ts=0)["messages"]
    assert [message["poll"]["status"] for message in shown] == ["removed"]
    assert rows(asked) == {}
    assert not findings_of(asked.world.store)


@pytest.mark.parametrize("how", ["deleted", "expired", "channel"])
def test_a_poll_goes_with_its_message(asked: Asked, how: str) -> None:
    poll = asked.shown("ann", CHANNEL, title=MARK)
    asked.vote("bob", poll, 1)
    message = asked.view("ann", poll)["message_id"]
    if how == "deleted":
        asked.world.client("ann", "messages.delete", channel_url=CHANNEL, message_id=message)
    elif how == "expired":
        asked.world.client("ann", "messages.send", channel_url=CHANNEL, message="newer")
        expire(asked.world, CHANNEL, 1)
    else:
        asked.world.backend("channels.delete", channel_url=CHANNEL)
        with pytest.raises(NotFound):
            asked.view("ann", poll)
        while asked.world.write(purge, 10):
            pass
    assert rows(asked) == {}
    assert places(asked.world.store, MARK) == []
    assert not findings_of(asked.world.store)


def test_many_votes_go_a_little_at_a_time(asked: Asked) -> None:
    poll = asked.shown("ann", CHANNEL)
    for user in ("ann", "bob", "cid"):
        asked.vote(user, poll, 1)
    asked.world.write(poll_removal.delete_poll, poll, 1)
    assert rows(asked) == {"poll_choices": 2, "poll_voters": 2, "deleted_polls": 1}
    assert not findings_of(asked.world.store)
    assert asked.world.write(poll_removal.remove_votes)
    while asked.world.write(purge, 10):
        pass
    assert rows(asked) == {}
    assert not findings_of(asked.world.store)


def test_who_is_forgotten_leaves_no_vote_and_no_text(asked: Asked) -> None:
    she = f"{MARK}@mail"
    asked.world.backend("users.create", user_id=she, nickname=MARK)
    asked.world.backend("channels.invite", channel_url=CHANNEL, user_ids=[she])
    others = asked.shown("ann", CHANNEL, allow_user_suggestion=True)
    gone = asked.shown("ann", CHANNEL)
    hers, draft = asked.shown(she, CHANNEL, title=MARK, req_id=f"r {MARK}"), asked.make(she, options=[MARK])
    asked.world.client(she, "polls.add_option", poll_id=others, text=MARK)
    asked.world.client(she, "polls.update_option", poll_id=others, option_id=3, text=f"more {MARK}")
    asked.vote("bob", others, 3)
    for poll in (others, gone, hers):
        asked.vote(she, poll, 1)
    asked.vote(she, others, 2)
    asked.world.write(poll_removal.delete_poll, gone, 0)
    ask(asked.world, she)
    carry_out(asked.world)
    assert places(asked.world.store, MARK) == []
    assert not findings_of(asked.world.store)
    assert asked.counts(others) == (1, [0, 0, 1])
    assert [option["text"] for option in asked.view("bob", others)["options"]] == ["black", "green", ""]
    for poll in (hers, draft):
        with pytest.raises(NotFound):
            asked.world.backend("polls.view", poll_id=poll)
    assert set(rows(asked)) == {"polls", "poll_states", "poll_options", "poll_choices", "poll_voters", "poll_lists"}


def test_a_poll_of_many_is_told_by_hundredths(asked: Asked) -> None:
    poll = asked.shown("ann", CHANNEL)
    told = len(asked.world.told)
    for n in range(300):
        asked.vote("bob", poll, n % 2 + 1)
    after = asked.world.told[told:]
    assert [publication.channel != 0 for publication in after] == [True] * 199 + [
        n % (n // 100) == 0 for n in range(200, 301)
    ]
    assert all(publication.user == asked.world.actor("bob").user for publication in after if not publication.channel)
