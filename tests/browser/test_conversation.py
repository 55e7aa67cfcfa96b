"""Two people in one conversation."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import DESK
from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]


def test_messages_typing_and_read_state(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ana.say("Shall we ship today?")
    ben.sees("Shall we ship today?")
    expect(ana.page.get_by_text("Read by Ben Okafor")).to_be_visible()
    ben.field.press_sequentially("Yes")
    expect(ana.page.locator(".typing-line").get_by_text("Ben Okafor is typing")).to_be_visible()
    ben.field.press("Enter")
    ana.sees("Yes")
    expect(ana.page.locator(".typing-line").get_by_text("Ben Okafor is typing")).to_be_hidden()


def test_edit_and_delete(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ana.say("At four oclock")
    ben.sees("At four oclock")
    ana.field.press("ArrowUp")
    editor = ana.page.get_by_label("Edit message")
    editor.fill("At four o'clock")
    editor.press("Enter")
    ben.sees("At four o'clock")
    expect(ben.message("At four o'clock").get_by_text("edited")).to_be_visible()
    ana.use(ana.message("At four o'clock"), "More")
    ana.page.get_by_role("menuitem", name="Delete").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(ben.message("At four o'clock")).to_have_count(0)
    expect(ana.message("At four o'clock")).to_have_count(0)


def test_unread_count_line_and_title(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ben.call("channels.create", {"user_ids": ["ana"], "name": "Elsewhere"})
    ana.open("Elsewhere")
    ben.open("General")
    before = _unread(ana)  # in channels of other tests
    ben.say("First of two")
    ben.say("Second of two")
    expect(ana.channel("General").locator(".badge")).to_contain_text("2")
    expect(ana.page).to_have_title(f"({before + 2}) Elsewhere · chatd")
    ana.open("General")
    line = ana.page.locator(".unread-line")
    expect(line).to_be_visible()
    following = line.locator("xpath=following-sibling::li[1]")
    expect(following).to_contain_text("First of two")
    expect(ana.channel("General").locator(".badge")).to_have_count(0)
    expect(ben.page.get_by_text("Read by Ana Ribeiro")).to_be_visible()


def _unread(person: Person) -> int:
    """As the title says it."""
    count, closed, _ = person.page.title().removeprefix("(").partition(")")
    return int(count) if closed else 0


def test_refused_message_can_be_sent_again(come: Come) -> None:
    refusals = ["The server has no room."]

    def refuse_once(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            command = json.loads(str(message).split("\n")[0])
            if command.get("rpc", {}).get("method") == "messages.send" and refusals:
                answer = {"id": command["id"], "error": {"code": 500, "message": refusals.pop()}}
                route.send(json.dumps(answer))
            else:
                server.send(message)

        route.on_message(pass_on)

    ana = come("ana", **DESK)
    ana.page.route_web_socket("**/connection/websocket", refuse_once)
    ana.arrive()
    ana.open("General")
    ana.say("Try me twice")
    expect(ana.page.get_by_text("Not sent. The server has no room.")).to_be_visible()
    ana.page.get_by_role("button", name="Retry").click()
    expect(ana.page.get_by_text("Not sent.")).to_have_count(0)
    ana.sees("Try me twice")
    expect(ana.page.locator(".message", has_text="Try me twice")).to_have_count(1)


def test_what_people_write_stays_text(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    hostile = "<img src=x onerror=\"document.title='owned'\"><script>1</script> javascript:alert(1)"
    ben.call("channels.create", {"user_ids": ["ana"], "name": hostile})
    ana.open(hostile)
    ben.open(hostile)
    ben.say(f"{hostile} https://example.com/a(b)?c=d. <b>x</b>")
    ana.sees(hostile)
    link = ana.messages.last.get_by_role("link")
    expect(link).to_have_attribute("href", "https://example.com/a(b)?c=d")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    assert ana.page.locator(".feed img, .feed script, .feed b").count() == 0
    assert "owned" not in ana.page.title().split(hostile)[0]


def test_the_button_that_edits_leads_into_the_field(come: Come) -> None:
    ana = come("ana")
    ana.open("General")
    ana.say("Almost rihgt")
    ana.sees("Almost rihgt")
    ana.use(ana.messages.last, "Edit")
    expect(ana.messages.last.get_by_label("Edit message")).to_be_focused()
    ana.page.keyboard.press("Control+A")
    ana.page.keyboard.type("Right")
    ana.page.keyboard.press("Enter")
    ana.sees("Right")
    expect(ana.field).to_be_focused()


def test_a_message_of_emoji_alone_is_found_whichever_they_are(come: Come) -> None:
    others = """async () => {
      const [{ isEmojiOnly }, answer] = await Promise.all([
        import("/web/app/emoji_only.js"), fetch("/web/vendor/emojibase-data-17.0.0/compact.json")]);
      const all = (await answer.json()).flatMap((each) => [each, ...(each.skins ?? [])]).map(({ unicode }) => unicode);
      const emoji = all.filter((each) => /^\\p{RGI_Emoji}$/v.test(each));
      const texts = ["", "a", "7", "#", "\\u00e9", "\\uac00", "\\u20e3", "\\u00a9", "\\u{1f600}a"];
      return [emoji.length > 3000, [...emoji.filter((each) => !isEmojiOnly(each)), ...texts.filter(isEmojiOnly)]];
    }"""
    assert come("ana").page.evaluate(others) == [True, []]
