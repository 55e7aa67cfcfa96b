"""What is offered while somebody writes, and mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE
from tests.browser.person import Person
from tests.program import answering
from tests.sdk.backend import Backend
from tests.served import Served

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
HOSTILE = "<img src=x onerror=alert(1)>"


def offered(person: Person) -> Locator:
    return person.page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_people_are_offered_taken_and_mentioned(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ana.field.press_sequentially("Thanks @oka")
    expect(offered(ana)).to_have_count(1)
    expect(offered(ana)).to_contain_text("Ben Okafor")
    expect(ana.field).to_have_attribute("aria-activedescendant", offered(ana).get_attribute("id") or "")
    ana.field.press("Enter")
    expect(ana.field).to_have_value("Thanks @ben ")
    expect(offered(ana)).to_have_count(0)
    ana.field.press_sequentially("(not x@ben or `@ben`)")
    ana.field.press("Enter")
    mention = ben.message("Thanks").locator(".mention")
    expect(mention).to_have_text("@Ben Okafor")
    expect(mention).to_have_class("mention own-mention")
    expect(ana.message("Thanks").locator(".mention")).to_have_class("mention")
    expect(ben.channel("General")).to_contain_text("Thanks @Ben Okafor")


def test_a_mention_counts_also_one_that_an_edit_adds(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ben.call("channels.create", {"user_ids": ["ana"], "name": "Mentioning room"})
    ana.open("General")
    ben.open("Mentioning room")
    ana.say("Look here @channel")
    expect(ben.channel("General").locator(".badge.mention")).to_be_visible()
    ben.open("General")
    expect(ben.message("Look here").locator(".own-mention")).to_have_text("@channel")
    ana.field.press("ArrowUp")
    editor = ana.page.get_by_label("Edit message")
    editor.fill("Look here ")
    editor.press("End")
    editor.press_sequentially("@b")
    expect(offered(ana)).to_have_count(1)
    editor.press("Tab")
    expect(editor).to_have_value("Look here @ben ")
    editor.press("Escape")
    ana.field.press("ArrowUp")
    editor.fill("Look here @ben")
    editor.press("Enter")
    expect(ben.message("Look here").locator(".own-mention")).to_have_text("@Ben Okafor")


def test_keys_and_clicks_in_the_list(come: Come) -> None:
    ana = come("ana")
    ana.open("General")
    ana.field.press_sequentially("@")
    expect(offered(ana)).to_have_count(2)
    expect(offered(ana).last).to_contain_text("@channel")
    ana.field.press("ArrowUp")
    expect(offered(ana).last).to_have_attribute("aria-selected", "true")
    ana.field.press("Escape")
    expect(offered(ana)).to_have_count(0)
    ana.field.press_sequentially("b")
    expect(offered(ana)).to_have_count(0)
    ana.field.fill("")
    ana.field.press_sequentially("@")
    offered(ana).first.click()
    expect(ana.field).to_have_value("@ben ")
    expect(ana.field).to_be_focused()
    ana.page.keyboard.press("Control+Z")
    expect(ana.field).to_have_value("@")
    ana.field.fill("")


def test_emoji_by_name(come: Come) -> None:
    ana = come("ana")
    ana.open("General")
    for written, label, taken in ((":tad", "party popper", "🎉 "), (":thumbsup", "thumbs up", "👍 ")):
        ana.field.press_sequentially(written)
        expect(offered(ana).first).to_contain_text(label)
        ana.field.press("Tab")
        expect(ana.field).to_have_value(taken)
        ana.field.fill("")
    ana.field.press_sequentially("At 10:30 :) ")
    expect(offered(ana)).to_have_count(0)
    ana.field.fill("")


def test_members_of_a_large_channel_are_found_by_the_server(fresh: Served, newcomer: Callable[..., Person]) -> None:
    ana = newcomer(fresh.url, "ana", **PHONE)
    ana.join(fresh.link, "Ana Ribeiro")
    backend = Backend(fresh)
    crowd = [f"crowd{number}" for number in range(105)]
    for user_id in crowd:
        nickname = HOSTILE if user_id == "crowd104" else f"Person {user_id}"
        backend.call("POST", "/users", user_id=user_id, nickname=nickname)
    backend.call("POST", "/group_channels", user_ids=["ana"], name="Crowd", channel_url="crowd", is_super=True)
    backend.call("POST", "/group_channels/crowd/invite", user_ids=crowd[:100])
    backend.call("POST", "/group_channels/crowd/invite", user_ids=crowd[100:])
    ana.channel("Crowd").click()
    ana.field.press_sequentially("@<img")
    expect(offered(ana)).to_contain_text([HOSTILE])
    offered(ana).tap()
    expect(ana.field).to_have_value("@crowd104 ")
    ana.page.get_by_role("button", name="Send", exact=True).tap()
    expect(ana.messages.last.locator(".mention")).to_have_text(f"@{HOSTILE}")


@pytest.fixture
def program() -> Iterator[str]:
    with answering(lambda text: f"**{text}** {HOSTILE}") as url:
        yield url


def test_commands_are_offered_and_answered(tmp_path: Path, newcomer: Callable[..., Person], program: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[outgoing]\ntrusted = ["{program}"]\n')
    served = Served(tmp_path, config)
    try:
        known = {"name": "dice", "description": HOSTILE, "usage_hint": "sides"}
        Backend(served).call("POST", "/slash_commands", url=f"{program}/dice", **known)
        ana = newcomer(served.url, "ana")
        ana.join(served.link, "Ana Ribeiro")
        ana.open("General")
        ana.field.press_sequentially("/di")
        expect(offered(ana)).to_contain_text(["/dice sides"])
        ana.field.press("Tab")
        ana.field.press_sequentially("six")
        ana.field.press("Enter")
        answer = ana.page.locator(".slash-answer")
        expect(answer.locator("strong").last).to_have_text("six")
        expect(answer).to_contain_text(HOSTILE)
        expect(ana.messages).to_have_count(0)
        answer.get_by_role("button", name="Put away").click()
        expect(answer).to_have_count(0)
        ana.say("/unknown thing")
        ana.sees("/unknown thing")
    finally:
        served.stop()


@pytest.mark.parametrize(
    ("language", "query", "emoji"),
    [("de", "daumen_hoch", "👍"), ("es", "corazon_rojo", "❤️"), ("ja", "ケット", "🚀"), ("ko", "장미", "🌹")],
)
def test_emoji_are_found_by_words_of_the_page(
    come: Come, newcomer: Come, language: str, query: str, emoji: str
) -> None:
    desk = come("ana")
    ana = newcomer(desk.url, "ana", locale=language, storage_state=desk.context.storage_state())
    ana.page.goto(desk.url)
    ana.page.locator(".channel a", has_text="General").click()
    for words, sign in ((query, emoji), ("rocket", "🚀")):
        ana.field.fill("")
        ana.field.press_sequentially(f":{words}")
        expect(ana.page.locator("[role=option]", has_text=sign).first).to_be_visible()
    ana.field.fill("")
