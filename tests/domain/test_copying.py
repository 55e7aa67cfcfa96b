"""Copies of messages: what comes along, who may, and that neither needs the other."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import ids
from chatd.domain.messages import files
from chatd.domain.messages.discarding import discarded
from chatd.errors import Forbidden, NotFound
from chatd.model import Actor
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.histories import expire, keep_some
from tests.domain.test_verify import findings_of

HERE, THERE = "tea_time", "lunch"
META = [{"key": "k", "value": ["v"]}]


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob", "cid", "dan")
    world.backend("channels.create", channel_url=HERE, user_ids=["ann", "bob"])
    world.backend("channels.create", channel_url=THERE, user_ids=["ann", "cid"])
    return world


def send(tea: World, **more: Any) -> int:
    sent = tea.client("bob", "messages.send", channel_url=HERE, **({"message": "tea?"} | more))
    message_id: int = sent["message_id"]
    return message_id


def copy(tea: World, message_id: int, user: str = "ann", **more: Any) -> Any:
    params = {"channel_url": HERE, "message_id": message_id, "target_channel_url": THERE} | more
    return tea.client(user, "messages.copy", **params)


def loaded(tea: World, file_id: str) -> set[str]:
    """Who may load a file with their token."""
    found = set()
    for user_id in ("ann", "bob", "cid", "dan"):
        try:
            tea.store.read(tea.application, files.find, tea.actor(user_id), file_id)
        except NotFound:
            continue
        found.add(user_id)
    return found


def test_what_was_written_comes_along_as_the_callers_own(tea: World) -> None:
    more = {"data": "d", "custom_type": "c", "sorted_metaarray": META, "mentioned_user_ids": ["ann"]}
    made = copy(tea, send(tea, **more))
    assert (made["message"], made["data"], made["custom_type"], made["sorted_metaarray"]) == ("tea?", "d", "c", META)
    assert (made["user"]["user_id"], made["channel_url"], made["mentioned_users"]) == ("ann", THERE, [])
    assert tea.told[-1].data["message"] == made


def test_a_repeated_req_id_returns_the_first_copy_also_when_the_source_is_gone(tea: World) -> None:
    source = send(tea)
    made = copy(tea, source, req_id="r1")
    tea.client("bob", "messages.delete", channel_url=HERE, message_id=source)
    assert copy(tea, source, req_id="r1") == made
    with pytest.raises(NotFound):
        copy(tea, source, req_id="r2")
    assert tea.backend("messages.count", channel_url=THERE)["total"] == 1


def test_who_cannot_read_or_write_cannot_copy(tea: World) -> None:
    source = send(tea)
    for user in ("bob", "cid", "dan"):
        with pytest.raises(NotFound):
            copy(tea, source, user)
    with pytest.raises(Forbidden):
        tea.backend("messages.copy", channel_url=HERE, message_id=source, target_channel_url=THERE, user_id="dan")
    copied = {"channel_url": HERE, "message_id": source, "target_channel_url": THERE, "user_id": "cid"}
    assert tea.backend("messages.copy", **copied)["user"]["user_id"] == "cid"


@pytest.mark.parametrize("first", ["source", "copy"])
def test_a_file_stays_as_long_as_a_message_has_it(tea: World, first: str) -> None:
    source = send(tea, message="", files=[{"file_id": tea.upload("bob", "picture")}])
    made = copy(tea, source)["message_id"]
    assert loaded(tea, "picture") == {"ann", "bob", "cid"}
    deletions = [("bob", HERE, source), ("ann", THERE, made)]
    for user, channel_url, message_id in deletions if first == "source" else reversed(deletions):
        assert tea.store.read(tea.application, discarded, 10) == []
        tea.client(user, "messages.delete", channel_url=channel_url, message_id=message_id)
        assert not findings_of(tea.store)
        left = {"source": {"ann", "cid"}, "copy": {"ann", "bob"}}[first]
        assert loaded(tea, "picture") in (left, set())
    assert tea.store.read(tea.application, discarded, 10) == ["picture"]
    assert loaded(tea, "picture") == set()


def test_a_file_of_a_deleted_channel_stays_in_the_copy(tea: World) -> None:
    source = send(tea, message="", files=[{"file_id": tea.upload("bob", "picture")}])
    made = copy(tea, source)["message_id"]
    tea.backend("channels.delete", channel_url=HERE)
    assert loaded(tea, "picture") == {"ann", "cid"}
    expires = ids.now_ms() // 1000 + 60
    found = tea.store.read(tea.application, files.find, Actor(tea.application, None, None), "picture")
    signature = tea.store.read(tea.application, _signature, "picture", expires)
    assert tea.store.read(tea.application, files.find_signed, "picture", expires, signature) == found
    tea.client("ann", "messages.delete", channel_url=THERE, message_id=made)
    with pytest.raises(NotFound):
        tea.store.read(tea.application, files.find_signed, "picture", expires, signature)


def _signature(txn: Any, file_id: str, expires: int) -> str:
    from chatd.domain.messages.file_links import _secret, _sign

    return _sign(_secret(txn), file_id, expires)


def test_a_copy_of_a_copy_and_several_in_one_channel(tea: World) -> None:
    source = send(tea, message="", files=[{"file_id": tea.upload("bob", "picture")}])
    made = [copy(tea, source)["message_id"] for _ in range(3)]
    again = {"channel_url": THERE, "message_id": made[0], "target_channel_url": HERE}
    back = tea.client("ann", "messages.copy", **again)["message_id"]
    tea.client("bob", "messages.delete", channel_url=HERE, message_id=source)
    expire(tea, THERE, 1)
    assert loaded(tea, "picture") == {"ann", "bob", "cid"}
    assert not findings_of(tea.store)
    tea.client("ann", "messages.delete", channel_url=HERE, message_id=back)
    assert loaded(tea, "picture") == {"ann", "cid"}
    rows = tea.store.read(tea.application, lambda txn: list(txn.scan(tables.FILE_SHARES)))
    assert rows == []


def test_a_copy_names_who_said_it_first(tea: World) -> None:
    made = copy(tea, send(tea))
    assert made["forwarded_from"]["user_id"] == "bob"
    again = {"channel_url": THERE, "message_id": made["message_id"], "target_channel_url": THERE}
    assert tea.client("cid", "messages.copy", **again)["forwarded_from"]["user_id"] == "bob"
    announced = tea.backend("messages.send", channel_url=HERE, message="hear", message_type="ADMM")["message_id"]
    assert "forwarded_from" not in copy(tea, announced)
    edited = {"channel_url": THERE, "message_id": made["message_id"], "message": "other"}
    assert tea.client("ann", "messages.update", **edited)["forwarded_from"]["user_id"] == "bob"


def test_copies_made_before_the_thumbnails_get_them_and_need_no_source(tea: World) -> None:
    source = send(tea, message="", files=[{"file_id": tea.upload("bob", "picture")}])
    made = [copy(tea, source)["message_id"] for _ in range(2)]
    tea.told.clear()
    tea.write(keep_some, source, tea.blob("small", "", "image/jpeg"))
    told = {each.data["message"]["message_id"]: each.data["message"]["thumbnails"] for each in tea.told}
    assert {message_id: len(found) for message_id, found in told.items()} == dict.fromkeys([source, *made], 1)
    tea.client("bob", "messages.delete", channel_url=HERE, message_id=source)
    assert not findings_of(tea.store)
    assert loaded(tea, "small") == loaded(tea, "picture") == {"ann", "cid"}
    for message_id in made:
        tea.client("ann", "messages.delete", channel_url=THERE, message_id=message_id)
    assert set(tea.store.read(tea.application, discarded, 10)) == {"picture", "small"}


def test_nobody_can_name_a_file_of_others(tea: World) -> None:
    send(tea, message="", files=[{"file_id": tea.upload("bob", "picture")}])
    stolen = {"file_id": "picture", "file": {"file_id": "picture", "name": "", "type": "", "size": 3}}
    with pytest.raises(NotFound):
        tea.client("cid", "messages.send", channel_url=THERE, files=[stolen])
