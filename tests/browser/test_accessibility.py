"""Every screen is for everybody: axe-core finds nothing serious, and what it cannot find is tried by hand here."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Team
from tests.browser.person import Person
from tests.browser.screens import INSIDE, OUTSIDE, TITLE, Visitor
from tests.browser.test_files import choose, payload, picture

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
MARKDOWN = """A plan for `everybody`, see https://example.org:

| When | What |
|---|---|
| Monday | ~~Rest~~ **work** |

- [x] begin
- [ ] end

> quoted

```js
const one = 1;
```"""


# Two frames, and the end of what moves.
SETTLED = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(
    () => Promise.allSettled(document.getAnimations().map((each) => each.finished)))"""
# Whatever one can use has to be within the window, unless what it is in scrolls sideways or is out of sight by intent.
CUT = """() => [...document.querySelectorAll("button, a[href], input, textarea, select, h1, h2, h3")].filter((node) => {
    const { left, right, width } = node.getBoundingClientRect();
    if (width === 0 || !node.checkVisibility({ visibilityProperty: true })) return false;
    return !node.closest(".unseen, .table, .code pre, .skip, [role=tablist]") && (left < -1 || right > innerWidth + 1);
}).map((node) => node.outerHTML.slice(0, 120)).concat(
    document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [])"""


@pytest.fixture(scope="module")
def scene(team: Team) -> Iterator[Team]:
    """A conversation with all kinds of messages."""
    ana, ben = team.people["ana"], team.people["ben"]
    for person in (ana, ben):
        person.arrive()
    channel = ana.call("channels.create", {"user_ids": ["ben"], "name": TITLE, "operator_ids": ["ana"]})
    where = {"channel_url": channel["channel_url"]}
    plan = ben.call("messages.send", {**where, "message": MARKDOWN})
    for message in ("Mine", "🎉", "Later, @ben"):
        ana.call("messages.send", {**where, "message": message})
    ben.call("messages.send", {**where, "message": "An answer", "parent_message_id": plan["message_id"]})
    ana.call("reactions.add", {**where, "message_id": plan["message_id"], "reaction": "👍"})
    poll = ben.call("polls.create", {"title": "Lunch?", "options": ["Noodles", "Soup"]})["id"]
    ben.call("messages.send", {**where, "message": "Lunch?", "poll_id": poll})
    ana.call("polls.vote", {"poll_id": poll, "option_ids": [1]})
    tomorrow = int((time.time() + 86_400) * 1000)
    ana.call("scheduled_messages.create", {**where, "message": "Good morning", "scheduled_at": tomorrow})
    ana.call("pins.add", {**where, "message_id": plan["message_id"]})
    ben.open(TITLE)
    choose(
        ben, payload("view.png", "image/png", picture(300, 200)), payload("plan.pdf", "application/pdf", b"%PDF-1.7")
    )
    ben.field.press("Enter")
    ben.message("plan.pdf").locator("a.file").wait_for()
    yield team
    for person in (ana, ben):
        person.page.goto("about:blank")


def look(page: Page, name: str) -> list[str]:
    """What axe-core finds on a screen, in light and in dark."""
    found = []
    for scheme in ("light", "dark"):
        page.evaluate("scheme => (document.documentElement.dataset.appearance = scheme)", scheme)
        page.evaluate(SETTLED)
        found += [f"{name}, {scheme}: {each}" for each in violations(page)]
    return found


def tour(visitor: Visitor, look: Callable[[Page, str], list[str]]) -> list[str]:
    """What `look` finds on every screen."""
    found = []
    for screen in [*OUTSIDE, *INSIDE]:
        if screen in INSIDE:
            visitor.converse()
        screen(visitor)
        found += look(visitor.person.page, screen.__name__)
        visitor.person.page.goto("about:blank")
    return found


@pytest.fixture
def visit(scene: Team, newcomer: Come) -> Callable[..., Visitor]:
    """Ana at another device, with nothing kept there."""

    def bring(language: str = "en", **options: Any) -> Visitor:
        ana = scene.people["ana"]
        kept = {**ana.context.storage_state(), "origins": []}
        return Visitor(
            newcomer(ana.url, "ana", storage_state=kept, locale=language, reduced_motion="reduce", **options), language
        )

    return bring


@pytest.mark.parametrize(
    ("language", "device"), [("en", DESK), ("en", PHONE), ("ar", DESK)], ids=["desk", "phone", "arabic"]
)
def test_no_screen_keeps_anybody_out(visit: Callable[..., Visitor], language: str, device: dict[str, Any]) -> None:
    found = tour(visit(language, **device), look)
    assert not found, "\n".join(found)


def test_the_door_keeps_nobody_out(scene: Team, newcomer: Come) -> None:
    ana = scene.people["ana"]
    found = []
    link = invited(ana)
    for device in (DESK, PHONE):
        visitor = newcomer(ana.url, "new", reduced_motion="reduce", **device)
        page = visitor.page
        for path, button in (("/", "Sign in"), (link, "Create account"), ("/join/used-long-ago", "")):
            page.goto(path if path.startswith("http") else ana.url + path)
            page.get_by_role("heading", level=1).wait_for()
            if button:
                page.get_by_role("button", name=button).click()
                page.locator("[aria-invalid=true]").wait_for()
            found += look(page, path)
        # The browser tells of the invite that is not there.
        visitor.complaints.clear()
    assert not found, "\n".join(found)


def invited(person: Person) -> str:
    person.arrive()
    return person.invite()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (600, 380)], ids=["narrow", "zoomed"])
def test_nothing_is_cut_off(visit: Callable[..., Visitor], width: int, height: int) -> None:
    """At 320 pixels, and at twice the size on a desk."""

    def cut(page: Page, name: str) -> list[str]:
        found: list[str] = page.evaluate(CUT)
        return [f"{name}: {each}" for each in found]

    found = tour(visit(viewport={"width": width, "height": height}), cut)
    assert not found, "\n".join(found)


def test_a_conversation_with_the_keyboard_alone(scene: Team, visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    ana, page = visitor.person, visitor.person.page
    keys = page.keyboard
    visitor.arrive()
    ana.channel(TITLE).wait_for()
    expect(ana.field).to_be_focused()
    skip = page.get_by_role("button", name="Skip to the conversation")
    assert page.locator("button, a, input, textarea, [tabindex]").first.inner_text() == skip.inner_text()
    skip.focus()
    keys.press("Enter")
    expect(ana.field).to_be_focused()
    ana.field.fill("")
    keys.type("By hand")
    keys.press("Enter")
    ana.sees("By hand")
    keys.press("Alt+ArrowUp")
    expect(ana.message("By hand")).to_be_focused()
    keys.press("r")
    expect(page.get_by_label("Search emoji")).to_be_focused()
    keys.type("tada")
    expect(page.get_by_role("button", name="party popper")).to_be_visible()
    keys.press("Enter")
    expect(ana.message("By hand").get_by_role("button", name="🎉")).to_be_visible()
    ana.message("By hand").focus()
    keys.press("t")
    reply = page.get_by_role("textbox", name="Reply")
    expect(reply).to_be_focused()
    keys.type("By hand too")
    keys.press("Enter")
    expect(page.locator(".thread-link")).to_have_count(2)
    keys.press("Escape")
    expect(ana.field).to_be_focused()


def test_a_message_is_changed_and_deleted_with_the_keyboard_alone(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.converse()
    ana, page, keys = visitor.person, visitor.person.page, visitor.person.page.keyboard
    ana.field.fill("")
    ana.say("Typed")
    ana.sees("Typed")
    keys.press("Alt+ArrowUp")
    keys.press("e")
    keys.type(", changed")
    keys.press("Enter")
    expect(ana.message("Typed, changed")).to_contain_text("edited")
    ana.message("Typed, changed").focus()
    keys.press("m")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    keys.press("End")
    expect(page.get_by_role("menuitem", name="Delete")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("button", name="Delete")).to_be_focused()
    keys.press("Enter")
    expect(page.locator(".message", has_text="Typed, changed")).to_have_count(0)
    expect(ana.field).to_be_focused()


def test_the_keys_are_told(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.converse()
    page, keys = visitor.person.page, visitor.person.page.keyboard
    visitor.person.field.fill("")
    keys.press("Control+/")
    help = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(help).to_be_visible()
    keys.press("Escape")
    expect(visitor.person.field).to_be_focused()
    keys.type("?")
    expect(visitor.person.field).to_have_value("?")
    visitor.person.messages.last.focus()
    keys.press("?")
    expect(help).to_be_visible()
    keys.press("Escape")
    expect(visitor.person.messages.last).to_be_focused()


@pytest.mark.parametrize("choice", ["Settings", "Pause notifications", "Invite people", "Keyboard shortcuts"])
def test_a_dialog_from_a_menu_gives_the_focus_back(visit: Callable[..., Visitor], choice: str) -> None:
    visitor = visit()
    visitor.arrive()
    expect(visitor.person.field).to_be_focused()
    button = visitor.button("Your account")
    button.focus()
    visitor.person.page.keyboard.press("Enter")
    visitor.choose(choice)
    visitor.dialog().wait_for()
    visitor.person.page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_new_messages_are_said_politely_once_and_not_in_a_flood(scene: Team, visit: Callable[..., Visitor]) -> None:
    visitor, ben = visit(), scene.people["ben"]
    visitor.converse()
    ben.arrive()
    ben.open(TITLE)
    log = visitor.person.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    visitor.person.say("My own words")
    ben.say("Words of another")
    expect(log.locator("p")).to_have_text([f"Ben Okafor in {TITLE}: Words of another"])
    channel = visitor.person.page.url.split("#/")[1]
    for number in range(40):
        ben.call("messages.send", {"channel_url": channel, "message": f"Flood {number}"})
    expect(log.locator("p", has_text="new messages").first).to_be_attached()
