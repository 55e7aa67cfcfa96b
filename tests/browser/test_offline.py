"""What is there without the server: a page that begins with what it has seen, and messages that wait."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, Team
from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]

_KEPT = """() => new Promise((resolve) => {
  indexedDB.open("chatd").onsuccess = ({ target: { result } }) => {
    const request = result.transaction("kept").objectStore("kept").getAll();
    request.onsuccess = () => { result.close(); resolve(JSON.stringify(request.result)); };
  };
})"""


_UNTIL_KEPT = f"""async (wanted) => {{
  for (let turn = 0; turn < 600; turn++) {{
    const kept = await ({_KEPT})();
    if (wanted ? kept.includes(wanted) : kept === "[]") return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }}
  throw new Error("it was not kept, or not forgotten");
}}"""


def keeps(person: Person, text: str) -> None:
    """Wait until this browser has kept a text, or, of an empty one, until it keeps nothing."""
    person.page.evaluate(_UNTIL_KEPT, text)


def talking(come: Come, text: str) -> tuple[Person, Person]:
    """Ana, whose browser has kept what Ben has just said to her, and Ben."""
    ana, ben = come("ana", **DESK), come("ben")
    for person in (ana, ben):
        person.open("General")
    ben.say(text)
    ana.sees(text)
    keeps(ana, text)
    return ana, ben


def test_a_warm_start_shows_what_was_seen_without_an_answer(come: Come) -> None:
    ana, _ = talking(come, "Before the break")
    # From now on the server answers nothing.
    ana.page.route_web_socket("**/connection/websocket", lambda _: None)
    ana.page.route("**/auth/*", lambda route: route.abort("connectionrefused"))
    ana.page.reload()
    expect(ana.message("Before the break")).to_be_visible()
    expect(ana.channel("General")).to_contain_text("Before the break")


def test_what_was_missed_comes_by_the_stream(come: Come) -> None:
    ana, ben = talking(come, "Seen")
    url = ana.page.url
    ana.page.goto("about:blank")
    ben.say("Missed")
    sent: list[str] = []
    ana.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    ana.page.goto(url)
    ana.sees("Missed")
    expect(ana.page.get_by_text("Seen", exact=True).last).to_be_visible()
    assert any('"recover":true' in frame for frame in sent)
    assert [frame for frame in sent if '"channels.list"' in frame or '"messages.list"' in frame] == []
    assert ana.page.locator(".feed .bubble").all_text_contents()[-2:] == ["Seen", "Missed"]


def test_who_speaks_is_called_as_now(come: Come) -> None:
    ana, ben = talking(come, "Under the old name")
    url = ana.page.url
    ana.page.goto("about:blank")
    ben.call("users.update", {"nickname": "Benjamin"})
    ben.say("Under the new name")
    ana.page.goto(url)
    ana.sees("Under the new name")
    expect(ana.page.locator(".message-head").get_by_role("button").last).to_have_text("Benjamin")
    ben.call("users.update", {"nickname": "Ben Okafor"})
    ben.say("As before")
    expect(ana.page.locator(".message-head").get_by_role("button").last).to_have_text("Ben Okafor")


def test_who_was_renamed_meanwhile_is_called_as_now_without_a_word_of_theirs(come: Come) -> None:
    ana, ben = talking(come, "Nothing more from me")
    url = ana.page.url
    ana.page.goto("about:blank")
    try:
        ben.call("users.update", {"nickname": "Zed"})
        ana.page.goto(url)
        expect(ana.page.locator(".message-head").get_by_role("button").last).to_have_text("Zed")
        ana.page.get_by_role("button", name="Details", exact=True).click()
        ana.page.get_by_role("tab", name="Members").click()
        expect(ana.page.locator(".pane")).to_contain_text("Zed")
    finally:
        ben.call("users.update", {"nickname": "Ben Okafor"})
    expect(ana.page.locator(".pane")).to_contain_text("Ben Okafor")


def test_messages_outlive_the_page_and_are_sent_once(team: Team, come: Come) -> None:
    ana, ben = talking(come, "Ready")
    ana.page.route_web_socket("**/connection/websocket", lambda _: None)
    ana.page.reload()
    ana.message("Ready").wait_for()
    ana.say("Written without a connection")
    keeps(ana, "Written without a connection")
    other = ana.context.new_page()
    other.goto(ana.page.url)
    expect(other.locator(".feed .message", has_text="Ready").last).to_be_visible()
    expect(other.locator(".feed .message", has_text="Written without")).to_have_count(0)
    ana.page.close()
    # The other page was there all the time; whoever begins next takes over.
    other.reload()
    expect(other.locator(".feed .message", has_text="Written without")).to_have_count(1)
    ben.sees("Written without a connection")
    expect(ben.page.locator(".feed .message", has_text="Written without")).to_have_count(1)
    expect(other.locator(".message.pending")).to_have_count(0)
    assert team.served.process.poll() is None


def test_files_outlive_the_page_too(come: Come) -> None:
    ana, ben = talking(come, "Show me")
    ana.page.route("**/client/v1/files*", lambda route: route.abort("connectionrefused"))
    with ana.page.expect_file_chooser() as chooser:
        ana.page.get_by_role("button", name="Attach").click()
        ana.page.get_by_role("menuitem", name="Files").click()
    chooser.value.set_files([{"name": "plan.txt", "mimeType": "text/plain", "buffer": b"First the garden."}])
    ana.say("The plan")
    keeps(ana, "The plan")
    ana.page.unroute("**/client/v1/files*")
    ana.page.reload()
    ben.sees("The plan")
    link = ben.message("The plan").get_by_role("link", name="plan.txt")
    expect(link).to_have_count(1)
    expect(ana.page.locator(".message.pending")).to_have_count(0)
    assert ben.page.request.get(ben.url + str(link.get_attribute("href"))).text() == "First the garden."


def test_nothing_is_left_of_who_signs_out(team: Team, newcomer: Come) -> None:
    ben = newcomer(team.served.url, "ben")
    ben.sign_in()
    ben.open("General")
    ben.say("Mine")
    keeps(ben, "Mine")
    ben.page.get_by_role("button", name="Your account").click()
    ben.page.get_by_role("menuitem", name="Sign out").click()
    ben.page.get_by_label("Login").wait_for()
    keeps(ben, "")
    assert ben.page.evaluate("localStorage.getItem('chatd.person')") is None


def test_a_browser_that_keeps_nothing_will_do(team: Team, newcomer: Come) -> None:
    ben = newcomer(team.served.url, "ben")
    told: list[str] = []
    ben.page.on("console", lambda message: told.append(message.text))
    ben.page.add_init_script("indexedDB.open = () => { throw new Error('forbidden'); }")
    ben.sign_in()
    ben.open("General")
    ben.say("Nothing is kept")
    ben.sees("Nothing is kept")
    assert sum("nothing is kept in this browser" in text for text in told) == 1
