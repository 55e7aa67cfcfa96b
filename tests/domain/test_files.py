"""Files of messages: who may send and load them, and what becomes of those that nobody needs."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import ids
from chatd.domain.messages import file_lists, files
from chatd.domain.messages.discarding import discard_unnamed, discarded, expire, expired, forget, unnamed
from chatd.domain.messages.file_links import address, is_signed
from chatd.domain.messages.quotas import Quotas, check_quotas, has_room
from chatd.domain.paging import token_of
from chatd.domain.tenants import applications
from chatd.domain.upkeep.purge import purge
from chatd.domain.upkeep.verify import verify
from chatd.errors import IncompatibleValues, InvalidValue, LimitExceeded, MissingParameter, NotFound, TooManyItems
from chatd.model import Actor, File
from chatd.store import tables
from chatd.store.findings import Findings
from tests.domain.conftest import World

CHANNEL = "tea_time"
DAY = 24 * 60 * 60 * 1000


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob"])
    return world


def send(world: World, user_id: str, *file_ids: str, **more: Any) -> Any:
    sent = [{"file_id": file_id} for file_id in file_ids]
    return world.client(user_id, "messages.send", channel_url=CHANNEL, files=sent, **more)


def waiting(world: World) -> list[Any]:
    world.store.refresh()
    return world.store.read(1, lambda txn: [key for key, _ in txn.scan(tables.UPLOADS)])


def test_one_file_and_several_have_their_forms(tea: World) -> None:
    one = send(tea, "ann", tea.upload("ann", "a1"))
    assert (one["type"], one["file"]["name"], one["file"]["size"]) == ("FILE", "a1.txt", 3)
    two = send(tea, "ann", tea.upload("ann", "a2"), tea.upload("ann", "a3"), message="both")
    assert (two["type"], two["message"], two["file"]) == ("FILE", "both", {})
    assert [(each["file_name"], each["file_size"]) for each in two["files"]] == [("a2.txt", 3), ("a3.txt", 3)]
    listed = tea.client("bob", "messages.list", channel_url=CHANNEL, message_ts=2**53, message_type="FILE")
    assert listed["messages"] == [one, two]


def test_messages_with_files_are_listed_by_pages(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [send(tea, "ann", tea.upload("ann", f"a{number}")) for number in range(3)]
    reply = send(tea, "bob", tea.upload("bob", "b1"), parent_message_id=sent[0]["message_id"])
    tea.client("bob", "messages.send", channel_url=CHANNEL, message="no file")
    tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=sent[1]["message_id"])
    expected = [reply, sent[2], sent[0]]
    assert tea.client("bob", "files.list", channel_url=CHANNEL) == {"messages": expected, "next": ""}
    for looked_at in (1, 2, 5000):
        monkeypatch.setattr(file_lists, "MAX_LOOKED_AT", looked_at)
        assert listed(tea) == expected
    with pytest.raises(NotFound):
        tea.client("cid", "files.list", channel_url=CHANNEL)
    with pytest.raises(InvalidValue):
        tea.client("bob", "files.list", channel_url=CHANNEL, token=token_of((-1, 2**64 - 1)))
    tea.client("bob", "channels.reset_history", channel_url=CHANNEL)
    assert tea.client("bob", "files.list", channel_url=CHANNEL)["messages"] == []


def listed(world: World) -> list[Any]:
    """All pages of the messages with files, one message a page at most."""
    found, token = [], ""
    while True:
        page = world.client("bob", "files.list", channel_url=CHANNEL, limit=1, token=token)
        found += page["messages"]
        token = page["next"]
        if not token:
            return found


def test_a_repeated_req_id_needs_no_second_upload(tea: World) -> None:
    tea.upload("ann", "a1")
    first = send(tea, "ann", "a1", req_id="r1")
    assert send(tea, "ann", "a1", req_id="r1") == first


def test_what_is_refused_uses_up_no_upload(tea: World) -> None:
    tea.upload("ann", "a1")
    for refused in (("ann", "a1", "unknown"), ("ann", "a1", "a1"), ("bob", "a1")):
        with pytest.raises(NotFound):
            send(tea, *refused)
    with pytest.raises(MissingParameter):
        tea.client("ann", "messages.send", channel_url=CHANNEL, files=[{}])
    with pytest.raises(TooManyItems):
        send(tea, "ann", *["a1"] * 31)
    with pytest.raises(IncompatibleValues):
        tea.backend("messages.send", channel_url=CHANNEL, message_type="ADMM", files=[{"file_id": "a1"}])
    assert send(tea, "ann", "a1")["type"] == "FILE"


def test_the_text_beside_a_file_may_be_emptied(tea: World) -> None:
    sent = send(tea, "ann", tea.upload("ann", "a1"), message="caption")
    edited = tea.client("ann", "messages.update", channel_url=CHANNEL, message_id=sent["message_id"], message="")
    assert (edited["message"], edited["file"]["name"]) == ("", "a1.txt")


def test_few_uploads_of_a_user_wait(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_UPLOADS", 6)
    for n in range(6):
        tea.upload("ann", f"a{n}")
    with pytest.raises(LimitExceeded):
        tea.upload("ann", "one-more")
    tea.upload("bob", "b1")
    send(tea, "ann", "a5")
    tea.upload("ann", "one-more")


def test_members_load_a_file_and_strangers_find_none(tea: World) -> None:
    send(tea, "ann", tea.upload("ann", "a1"))

    def found(actor: Actor, file_id: str = "a1") -> str:
        return tea.store.read(1, files.find, actor, file_id).name

    assert found(tea.actor("bob")) == found(Actor(1, None, None)) == "a1.txt"
    for actor, file_id in ((tea.actor("cid"), "a1"), (tea.actor("bob"), "a2"), (tea.actor("bob"), "x" * 600)):
        with pytest.raises(NotFound):
            found(actor, file_id)
    tea.client("bob", "channels.leave", channel_url=CHANNEL)
    with pytest.raises(NotFound):
        found(tea.actor("bob"))
    tea.backend("channels.delete", channel_url=CHANNEL)
    with pytest.raises(NotFound):
        found(Actor(1, None, None))


def test_signatures_are_of_one_file_until_a_time(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    file = File("a1", "ä/b.txt", "text/plain", 3)
    now = ids.now_ms()
    url = tea.store.read(1, address, file)
    assert url.startswith("/files/a1/%C3%A4%2Fb.txt?application=1&expires=")
    expires = int(url.partition("expires=")[2].partition("&")[0])
    signature = url.partition("signature=")[2]
    assert now / 1000 + 86_400 <= expires <= now / 1000 + 2 * 86_400

    def signed(*parts: Any, application: int = 1) -> bool:
        return tea.store.read(application, is_signed, *parts)

    assert signed("a1", expires, signature)
    assert not signed("a2", expires, signature)
    assert not signed("a1", expires + 1, signature)
    assert not signed("a1", expires, signature, application=2)
    assert not signed("a1", expires, "é")
    monkeypatch.setattr(ids, "now_ms", lambda: now + 2 * DAY)
    assert not signed("a1", expires, signature)


@pytest.mark.parametrize("how", ["message", "channel"])
def test_what_was_deleted_goes_from_the_disk_and_no_earlier(tea: World, how: str) -> None:
    sent = send(tea, "ann", tea.upload("ann", "a1"))
    assert waiting(tea) == []
    if how == "message":
        tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=sent["message_id"])
    else:
        tea.backend("channels.delete", channel_url=CHANNEL)
        while tea.store.write_now(1, purge, 10):
            pass
    assert waiting(tea) == [(0, "a1")]
    text = tea.store.read(1, lambda txn: repr([list(txn.scan(table)) for table in tables.ALL]))
    assert "a1.txt" not in text
    assert tea.store.read(1, discarded, 10) == ["a1"]
    tea.store.write_now(1, forget, ["a1"])
    assert waiting(tea) == []


def test_what_is_not_sent_in_time_goes_too(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tea.upload("ann", "a1")
    tea.upload("ann", "a2")
    assert tea.store.read(1, expired) == []
    monkeypatch.setattr(ids, "now_ms", lambda now=ids.now_ms: now() + DAY + 1)  # type: ignore[misc]
    late = tea.store.read(1, expired)
    assert [file_id for _, file_id in late] == ["a1", "a2"]
    send(tea, "ann", "a1")
    tea.store.write_now(1, expire, late)
    assert waiting(tea) == [(0, "a2")]
    with pytest.raises(NotFound):
        send(tea, "ann", "a2")


def test_only_what_nothing_names_is_unnamed(tea: World) -> None:
    send(tea, "ann", tea.upload("ann", "sent"))
    tea.upload("ann", "waiting")
    all_of_them = ["sent", "waiting", "lost"]
    assert tea.store.read(1, unnamed, all_of_them) == ["lost"]
    tea.store.write_now(1, discard_unnamed, all_of_them)
    tea.store.refresh()
    assert tea.store.read(1, discarded, 10) == ["lost"]


def test_a_file_that_is_not_what_was_sent_is_named(tea: World) -> None:
    send(tea, "ann", tea.upload("ann", "a1"))

    def found(**more: Any) -> dict[str, list[str]]:
        findings = Findings()
        verify(tea.store, findings, lambda _: None, **more)
        return findings.examples

    path = tea.store.blobs.path(1, "a1")
    path.write_bytes(b"xyz")
    assert not found()
    assert "another SHA-256" in found(digests=True)["files are what was sent"][0]
    path.write_bytes(b"xy")
    assert "has 2 bytes, not 3" in found()["files are what was sent"][0]
    path.unlink()
    assert "a1" in found()["files of messages are on disk"][0]


def test_an_application_may_have_another_quota_than_the_others(world: World) -> None:
    world.users("ann")
    ann = world.actor("ann").user
    name = world.store.read(0, applications.by_number, world.application).name
    usual = Quotas(100, 1000)
    world.upload("ann", "a-file")
    taken = world.store.read(
        world.application, lambda txn: sum(each.file.size for _, each in txn.scan(tables.UPLOADS, ann))
    )

    def fits(size: int) -> tuple[bool, bool]:
        """For a user, and for a preview, which is nobody's."""
        try:
            world.store.read(world.application, check_quotas, ann, size, usual)
        except LimitExceeded:
            return False, world.store.read(world.application, has_room, size, usual.application)
        return True, world.store.read(world.application, has_room, size, usual.application)

    def limit(most: int | None, of_user: int | None) -> None:
        limits = {"max_file_bytes": most, "max_file_bytes_per_user": of_user}
        world.store.write_now(0, applications.limit, name, limits)
        world.store.refresh()

    assert (fits(100 - taken), fits(101), fits(1001)) == ((True, True), (False, True), (False, False))
    limit(2000, 0)
    assert (fits(101), fits(1001), fits(2001)) == ((True, True), (True, True), (False, False))
    limit(0, 10)
    assert (fits(11), fits(10**9)) == ((False, True), (False, True))
    limit(None, None)
    assert fits(101) == (False, True)
