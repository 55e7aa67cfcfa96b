"""What somebody said, in every place where words of people are kept, is nowhere after they are forgotten."""

from __future__ import annotations

import pytest

from chatd.domain.messages.previews import keep_preview
from chatd.domain.upkeep.purge import purge
from chatd.model import Preview
from tests.domain.conftest import World
from tests.domain.delivering import follow, lanes, next_of, subscribe
from tests.domain.erasing import steps
from tests.domain.histories import thumbnail_of
from tests.domain.histories_of_people import translate
from tests.domain.test_erasure import MARK, SHE, ask, places, send, tea
from tests.domain.test_verify import findings_of

__all__ = ["tea"]

LINK = f"https://example.org/{MARK}"
PLACE = {"channel_url": "tea1"}
SAID = {"report_category": "spam", "report_description": f"said {MARK}"}

# Where her words, her id or her name are before.
HELD = {
    "announcements", "drafts", "files", "log", "member_names", "messages", "mutes", "pictures", "poll_options", "polls",
    "previews", "push_tokens", "reactions", "scheduled", "sessions", "type_bans", "type_mutes", "uploads", "user_ids",
    "user_items", "user_names", "users",
}  # fmt: skip


@pytest.fixture
def talk(tea: World) -> World:
    """She has done the rest too, and others have done it to her."""
    subscribe(tea)
    hers, his = send(tea, SHE, "tea1", f"see {LINK}"), send(tea, "bob", "tea1", "his thing")
    _show(tea, hers)
    _keep(tea, hers, his)
    _report(tea, hers, his)
    _ask_around(tea)
    _keep_order(tea)
    _notify(tea)
    return tea


def _show(tea: World, hers: int) -> None:
    """Two pictures of a page, one after the other, a translation, and what else a message has."""
    for name in ("first", "second"):
        picture = thumbnail_of(tea.blob(f"{name}{MARK}", "", "image/jpeg"))
        tea.write(keep_preview, hers, Preview(LINK, f"{name} {MARK}", picture=picture))
    translate(tea, "bob", {**PLACE, "message_id": hers, "target_langs": ["de"]})
    items = [{"key": "k", "value": [MARK]}]
    tea.client(SHE, "messages.update_metaarray", **PLACE, message_id=hers, sorted_metaarray=items, upsert=True)


def _keep(tea: World, hers: int, his: int) -> None:
    tea.client(SHE, "drafts.set", **PLACE, parent_message_id=his, message=MARK)
    for user_id, message_id in ((SHE, his), ("bob", hers)):
        tea.client(user_id, "saved.add", **PLACE, message_id=message_id)
        tea.client(user_id, "threads.subscribe", **PLACE, message_id=message_id)
    tea.client(SHE, "messages.pin", **PLACE, message_id=his)
    tea.client(SHE, "channels.hide", channel_url="pair")


def _report(tea: World, hers: int, his: int) -> None:
    tea.client(SHE, "messages.report", **PLACE, **SAID, message_id=his)
    tea.client(SHE, "channels.report", **PLACE, **SAID)
    tea.client("bob", "users.report", **SAID, offending_user_id=SHE)
    report_id = tea.client("bob", "messages.report", **PLACE, **SAID, message_id=hers)["report_id"]
    tea.backend("reports.update", report_id=report_id, report_status="resolved")


def _ask_around(tea: World) -> None:
    asked = {"options": ["a", f"b {MARK}"], "allow_user_suggestion": True}
    hers = tea.client(SHE, "polls.create", title=f"hers {MARK}", **asked)["id"]
    his = tea.client("bob", "polls.create", title="his", **asked | {"options": ["a", "b"]})["id"]
    for user_id, poll_id in ((SHE, hers), ("bob", his)):
        send(tea, user_id, "tea1", "poll", poll_id=poll_id)
    tea.client(SHE, "polls.add_option", poll_id=his, text=f"c {MARK}")
    for user_id, poll_id in ((SHE, his), ("bob", hers)):
        tea.client(user_id, "polls.vote", poll_id=poll_id, option_ids=[1])


def _keep_order(tea: World) -> None:
    why = {"description": MARK}
    tea.backend("moderation.update", profanity_filter={"type": 1, "keywords": ["slug"]})
    send(tea, SHE, "tea1", f"slug {MARK}")
    tea.client(SHE, "mutes.add", **PLACE, **why, user_id="cid", seconds=60)
    tea.backend("mutes.add", **PLACE, **why, user_id=SHE, seconds=60)
    tea.backend("type_mutes.add", custom_type="x", user_ids=[SHE], **why)
    tea.backend("type_bans.add", custom_type="x", banned_list=[{"user_id": SHE, **why}])
    tea.backend("type_operators.add", custom_type="y", operator_ids=[SHE])
    for user_id, target in ((SHE, "cid"), ("cid", SHE)):
        tea.client(user_id, "blocks.add", target_id=target)


def _notify(tea: World) -> None:
    """A device, and a webhook that has been told of a part of it."""
    tea.client(SHE, "push_tokens.add", token_type="http", token=f"https://push.example.org/{MARK}")
    tea.client(SHE, "users.update_push_preference", push_trigger_option="off")
    tea.client(SHE, "channels.update_push_preference", **PLACE, push_trigger_option="off")
    tea.client(SHE, "users.update_presence_preference", visible_to="nobody")
    follow(tea, 1000)
    for lane in lanes(tea):
        next_of(tea, lane)


def test_nothing_is_left_and_every_step_is_sound(talk: World) -> None:
    assert set(places(talk.store, MARK)) == HELD
    ask(talk)
    for step in steps(talk, 20):
        assert not findings_of(talk.store), (step, findings_of(talk.store).examples)
    assert places(talk.store, MARK) == []
    # What others made of hers goes too, and theirs stays.
    assert talk.client("bob", "saved.list")["saved"] == []
    (about,) = [each for each in talk.backend("reports.list")["report_logs"] if each["report_type"] == "message"][-1:]
    assert about["reported_message"]["message"] == "his thing"
    assert talk.client("bob", "polls.list", channel_url="tea1")["polls"][0]["title"] == "his"


def test_nothing_is_left_of_a_channel_but_what_was_reported(talk: World) -> None:
    secret = "only in here"
    hers = send(talk, "bob", "tea1", f"see {LINK} {secret}")
    talk.write(keep_preview, hers, Preview(LINK, secret))
    talk.client("bob", "drafts.set", **PLACE, message=secret)
    talk.client("bob", "drafts.set", **PLACE, message=secret, parent_message_id=hers)
    asked = {"title": secret, "options": [secret]}
    send(talk, "bob", "tea1", secret, poll_id=talk.client("bob", "polls.create", **asked)["id"])
    talk.client("bob", "messages.report", **PLACE, message_id=hers, report_category="spam")
    talk.backend("channels.delete", **PLACE)
    while talk.write(purge, 20):
        pass
    assert not findings_of(talk.store)
    # A report has a copy, for who has to decide about it.
    assert places(talk.store, secret) == ["log"]
