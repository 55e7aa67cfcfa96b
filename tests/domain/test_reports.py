"""Reports: kept as it was, once for each who reports, seen by moderators alone, and gone with persons."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.moderation import looking, settling
from chatd.errors import ChatdError, Forbidden, IncompatibleValues, NotFound
from tests.domain import erasing
from tests.domain.conftest import World

ROOM = {"channel_url": "room"}
SPAM = {"report_category": "spam"}


@pytest.fixture
def room(world: World) -> World:
    """A channel of ann, its operator, with bob and cid; dan is outside."""
    world.users("ann", "bob", "cid", "dan")
    world.client("ann", "channels.create", channel_url="room", user_ids=["bob", "cid"], operator_ids=["ann"])
    return world


def send(world: World, user_id: str, text: str = "buy this", **more: Any) -> int:
    return int(world.client(user_id, "messages.send", message=text, **ROOM, **more)["message_id"])


def report(world: World, user_id: str, message_id: int, **more: Any) -> Any:
    return world.client(user_id, "messages.report", message_id=message_id, **ROOM, **(SPAM | more))


def logs(world: World, **filters: Any) -> list[Any]:
    found: list[Any] = world.backend("reports.list", limit=100, **filters)["report_logs"]
    return found


def test_a_report_keeps_what_was_said(room: World) -> None:
    sent = send(room, "bob", files=[{"file_id": room.upload("bob", "leaflet")}])
    made = report(room, "cid", sent, report_description="again")
    room.client("bob", "messages.update", message_id=sent, message="sorry", **ROOM)
    assert logs(room) == [made]
    room.client("bob", "messages.delete", message_id=sent, **ROOM)
    (kept,) = logs(room)
    assert kept["reported_message"] == made["reported_message"] | {"is_removed": True}
    assert kept["reported_message"]["message"] == "buy this"
    assert kept["reported_message"]["file_names"] == ["leaflet.txt"]
    assert (kept["reporting_user"]["user_id"], kept["offending_user"]["user_id"]) == ("cid", "bob")
    assert kept["report_description"] == "again"


def test_who_reports_again_has_reported_once(room: World) -> None:
    sent = send(room, "bob")
    first = report(room, "cid", sent)
    assert report(room, "cid", sent, report_category="harassing") == first
    assert report(room, "ann", sent)["report_id"] != first["report_id"]
    backend = room.backend("messages.report", message_id=sent, **ROOM, **SPAM)
    assert backend["reporting_user"] is None
    named = room.backend("messages.report", message_id=sent, reporting_user_id="cid", **ROOM, **SPAM)
    assert named == first
    assert len(logs(room)) == 3


def test_only_what_one_can_see_can_be_reported(room: World) -> None:
    sent = send(room, "bob")
    with pytest.raises(NotFound):
        report(room, "dan", sent)
    with pytest.raises(NotFound):
        room.client("dan", "channels.report", **ROOM, **SPAM)
    with pytest.raises(IncompatibleValues):
        report(room, "cid", sent, offending_user_id="ann")
    with pytest.raises(Forbidden):
        report(room, "cid", sent, reporting_user_id="ann")
    assert logs(room) == []


def test_operators_see_reports_of_messages_but_not_of_their_own_nor_by_whom(room: World) -> None:
    of_bob = report(room, "cid", send(room, "bob"))
    report(room, "cid", send(room, "ann"))
    room.client("cid", "channels.report", **ROOM, **SPAM)
    seen = room.client("ann", "reports.list", **ROOM)["report_logs"]
    assert seen == [of_bob | {"reporting_user": None}]
    for user_id, params in (("bob", ROOM), ("ann", {}), ("ann", ROOM | {"reporting_user_id": "cid"})):
        with pytest.raises(ChatdError):
            room.client(user_id, "reports.list", **params)


def test_filters_find_what_they_say(room: World) -> None:
    first, second = send(room, "bob"), send(room, "ann")
    report(room, "cid", first)
    report(room, "bob", second, report_category="harassing")
    room.client("cid", "users.report", offending_user_id="ann", **SPAM)
    room.client("dan", "users.report", offending_user_id="ann", **SPAM)
    room.client("bob", "channels.report", offending_user_id="ann", **ROOM, **SPAM)
    assert len(logs(room)) == 5
    assert len(logs(room, offending_user_id="ann")) == 4
    assert len(logs(room, offending_user_id="ann", report_type="user")) == 2
    assert len(logs(room, reporting_user_id="cid", report_category="spam")) == 2
    assert len(logs(room, message_id=first)) == len(logs(room, report_category="harassing")) == 1
    assert len(logs(room, **ROOM)) == 3
    times = [each["created_at"] for each in logs(room)]
    assert logs(room, start_ts=times[0] + 1) == logs(room, end_ts=times[-1]) == []


def test_pages_together_are_all(room: World) -> None:
    for _ in range(5):
        report(room, "cid", send(room, "bob"))
    pages, token = [], ""
    while token or not pages:
        page = room.backend("reports.list", limit=2, token=token)
        pages += page["report_logs"]
        token = page["next"]
    assert pages == logs(room)
    assert [room.backend("reports.view", report_id=each["report_id"]) for each in pages] == pages
    with pytest.raises(NotFound):
        room.backend("reports.view", report_id=1)


def test_open_channels_are_reported_by_anybody_and_looked_at_by_their_operators(room: World) -> None:
    room.client("ann", "open_channels.create", channel_url="hall")
    sent = room.client("bob", "messages.send", channel_url="hall", message="buy this")["message_id"]
    room.client("dan", "messages.report", channel_url="hall", message_id=sent, **SPAM)
    room.client("dan", "channels.report", channel_url="hall", **SPAM)
    (seen,) = room.client("ann", "reports.list", channel_url="hall")["report_logs"]
    assert seen["reported_message"]["message_id"] == sent
    with pytest.raises(Forbidden):
        room.client("dan", "reports.list", channel_url="hall")


def test_reports_outlive_their_channel(room: World) -> None:
    report(room, "cid", send(room, "bob"))
    room.client("ann", "channels.delete", **ROOM)
    (kept,) = logs(room)
    assert kept["channel"] == {"channel_url": "room", "name": ""}
    assert kept["reported_message"]["message"] == "buy this"


def test_a_report_is_open_until_it_is_settled(room: World) -> None:
    sent = send(room, "bob")
    first, second = report(room, "cid", sent), report(room, "ann", sent)
    other = report(room, "cid", send(room, "bob"))
    assert {each["report_status"] for each in logs(room)} == {"open"}
    done = room.backend("reports.update", report_id=first["report_id"], report_status="dismissed")
    assert (done["report_status"], done["settled_at"] > 0, done.pop("remaining")) == ("dismissed", True, 0)
    assert logs(room, report_status="dismissed") == [done]
    assert logs(room, report_status="open") == [other, second]
    room.backend("reports.update", report_id=first["report_id"], report_status="open")
    assert logs(room) == [other, second, first]
    assert report(room, "cid", sent) == first


def test_reports_of_the_same_thing_are_settled_together(room: World) -> None:
    sent = send(room, "bob")
    first = report(room, "cid", sent)["report_id"]
    dismissed = report(room, "ann", sent)["report_id"]
    of_bob = room.client("cid", "users.report", offending_user_id="bob", **SPAM)["report_id"]
    room.backend("messages.report", message_id=sent, **ROOM, **SPAM)
    room.backend("reports.update", report_id=dismissed, report_status="dismissed")
    room.backend("reports.update", report_id=first, report_status="resolved", with_same=True)
    assert len(logs(room, report_status="resolved")) == 2
    assert [each["report_id"] for each in logs(room, report_status="open")] == [of_bob]
    assert [each["report_id"] for each in logs(room, report_status="dismissed")] == [dismissed]


def test_who_settles_again_settles_more(room: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "AT_ONCE", 2)
    sent = send(room, "bob")
    who = [f"u{number}" for number in range(6)]
    room.users(*who)
    made = [
        room.backend("messages.report", message_id=sent, reporting_user_id=each, **ROOM, **SPAM)["report_id"]
        for each in who
    ]
    wanted = {"report_id": made[-1], "report_status": "resolved"}
    assert room.backend("reports.update", **wanted)["remaining"] == 0
    left = [room.backend("reports.update", with_same=True, **wanted)["remaining"] for _ in range(4)]
    assert left == [3, 1, 0, 0]
    assert logs(room, report_status="open") == []
    assert len(room.backend("audit.list", user_id="bob")["acts"]) == 4
    # What is open is not opened again.
    room.backend("reports.update", report_id=made[0], report_status="open")
    assert room.backend("reports.update", report_id=made[0], report_status="open", with_same=True)["remaining"] == 0
    assert len(logs(room, report_status="open")) == 1


def test_what_became_of_reports_is_in_the_audit_log(room: World) -> None:
    sent = send(room, "bob")
    made = report(room, "cid", sent)["report_id"]
    for status in ("dismissed", "dismissed", "open", "resolved"):
        room.backend("reports.update", report_id=made, report_status=status)
    acts = room.backend("audit.list", user_id="bob")["acts"]
    assert [each["kind"] for each in acts] == ["report.resolved", "report.reopened", "report.dismissed"]
    assert {each["message_id"] for each in acts} == {sent}
    with pytest.raises(NotFound):
        room.backend("reports.update", report_id=1, report_status="resolved")


@pytest.mark.parametrize("gone", ["bob", "cid"])
def test_what_a_forgotten_person_left_goes(room: World, gone: str) -> None:
    report(room, "cid", send(room, "bob"), report_description="bob sells again")
    room.backend("users.erase", user_id=gone)
    for _ in erasing.steps(room):
        pass
    (kept,) = logs(room)
    assert kept["report_description"] == ""
    assert (kept["reported_message"]["message"] == "") == (gone == "bob")
    assert (kept["offending_user"] is None, kept["reporting_user"] is None) == (gone == "bob", gone == "cid")


def test_the_few_that_are_settled_are_on_one_page(room: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "LOOKED_AT", 5)
    made = [report(room, "cid", send(room, "bob", str(n)))["report_id"] for n in range(20)]
    for report_id, status in ((made[1], "resolved"), (made[3], "dismissed"), (made[4], "resolved")):
        room.backend("reports.update", report_id=report_id, report_status=status)
    for status, wanted in (("resolved", [made[4], made[1]]), ("dismissed", [made[3]])):
        page = room.backend("reports.list", limit=10, report_status=status)
        assert [each["report_id"] for each in page["report_logs"]] == wanted
        assert page["next"] == ""
    first = room.backend("reports.list", limit=1, report_status="resolved")
    second = room.backend("reports.list", limit=1, report_status="resolved", token=first["next"])
    assert [each["report_id"] for each in first["report_logs"] + second["report_logs"]] == [made[4], made[1]]
    named = room.backend("reports.list", limit=10, report_status="resolved", offending_user_id="bob")
    assert [each["report_id"] for each in named["report_logs"]] == [made[4], made[1]]


def test_the_few_that_are_open_are_on_one_page(room: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "LOOKED_AT", 5)
    made = [report(room, "cid", send(room, "bob", str(n)))["report_id"] for n in range(20)]
    for report_id in set(made) - {made[0], made[2]}:
        room.backend("reports.update", report_id=report_id, report_status="dismissed")
    page = room.backend("reports.list", limit=10, report_status="open")
    assert ([each["report_id"] for each in page["report_logs"]], page["next"]) == ([made[2], made[0]], "")
    # However many there are, a page has an end.
    monkeypatch.setattr(looking, "LOOKED_AT", 0)
    page = room.backend("reports.list", limit=10, report_status="open")
    assert page["report_logs"] == []
    assert page["next"] != ""
