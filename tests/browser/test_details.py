"""What is known of a conversation: what is pinned, who is in it and what they may do, what it is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.person import Person
from tests.browser.test_files import choose as choose_files
from tests.browser.test_files import payload, picture

pytestmark = pytest.mark.slow

Come = Callable[..., Person]

HOSTILE = "<img src=x onerror=\"document.title='owned'\">"


def choose(person: Person, text: str, what: str) -> None:
    """Take an entry of a message's menu."""
    person.use(person.message(text), "More")
    person.page.get_by_role("menuitem", name=what, exact=True).click()


def details(person: Person, tab: str) -> Locator:
    """The details beside the conversation, one of their tabs."""
    pane = person.page.get_by_role("complementary", name="Details")
    if not pane.is_visible():
        person.page.get_by_role("button", name="Details", exact=True).click()
    pane.get_by_role("tab", name=tab).click()
    return pane


@pytest.fixture
def both(come: Come, request: pytest.FixtureRequest) -> tuple[Person, Person]:
    """Ana and Ben in a channel of their own; Ana operates it."""
    ana, ben = come("ana"), come("ben")
    name = request.node.name.removeprefix("test_").replace("_", " ")
    asked = {"user_ids": ["ben"], "name": name, "operator_ids": ["ana"]}
    ana.call("channels.create", asked)
    ana.open(name)
    ben.open(name)
    return ana, ben


def test_pins_are_seen_by_both(both: tuple[Person, Person]) -> None:
    ana, ben = both
    ana.say(f"The plan {HOSTILE}")
    ben.sees("The plan")
    choose(ana, "The plan", "Pin")
    expect(ben.message("The plan").get_by_text("Pinned", exact=True)).to_be_visible()
    ben.page.get_by_role("button", name="1 pinned message").click()
    pinned = ben.page.get_by_role("list", name="Pinned messages")
    expect(pinned).to_contain_text(f"The plan {HOSTILE}")
    expect(pinned).to_contain_text("Pinned by Ana Ribeiro")
    expect(pinned.get_by_role("button", name="Unpin")).to_have_count(0)
    for number in range(30):
        ana.say(f"Line {number}")
    ben.sees("Line 29")
    ben.page.get_by_role("link", name="Go to the message of Ana").click()
    expect(ben.message("The plan")).to_be_focused()
    details(ana, "Pins").get_by_role("button", name="Unpin").click()
    expect(ben.page.get_by_text("Nothing is pinned")).to_be_visible()
    expect(ben.page.get_by_text("Pinned", exact=True)).to_have_count(0)
    assert "owned" not in ben.page.title()


def test_a_deleted_message_is_pinned_no_more(both: tuple[Person, Person]) -> None:
    ana, ben = both
    ana.say("Not for long")
    choose(ana, "Not for long", "Pin")
    expect(ben.page.get_by_role("button", name="1 pinned message")).to_be_visible()
    ana.call("messages.delete", {"channel_url": ana.page.url.split("#/")[1], "message_id": newest(ana)})
    expect(ben.page.get_by_role("button", name="1 pinned message")).to_be_hidden()
    expect(details(ben, "Pins")).to_contain_text("Nothing is pinned")


def newest(person: Person) -> int:
    return int(person.messages.last.get_attribute("data-message") or 0)


def test_what_operators_do_about_members(both: tuple[Person, Person]) -> None:
    ana, ben = both
    members = details(ana, "Members")
    others = details(ben, "Members")
    expect(others.get_by_role("button", name="What to do about")).to_have_count(0)

    def act(what: str) -> None:
        members.get_by_role("button", name="What to do about Ben Okafor").click()
        ana.page.get_by_role("menuitem", name=what).click()

    act("Mute")
    ana.page.get_by_label("For an hour").check()
    ana.page.get_by_role("dialog").get_by_role("button", name="Mute", exact=True).click()
    expect(others.get_by_text("Muted")).to_be_attached()
    act("Let write again")
    expect(others.get_by_text("Muted")).to_have_count(0)
    act("Make an admin")
    expect(others.locator(".role")).to_have_count(2)
    expect(others.get_by_role("button", name="What to do about Ana Ribeiro")).to_be_visible()
    act("Make a plain member")
    expect(others.locator(".role")).to_have_count(1)
    act("Ban")
    ana.page.get_by_role("dialog").get_by_role("button", name="Ban", exact=True).click()
    expect(members.locator(".person")).to_have_count(1)
    expect(ben.channel("what operators do about members")).to_have_count(0)
    members.get_by_role("button", name="Banned people").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Let back").click()
    expect(ana.page.get_by_text("Ben Okafor may come back")).to_be_visible()
    ana.page.keyboard.press("Escape")


def test_files_are_listed_as_they_come(both: tuple[Person, Person]) -> None:
    ana, ben = both
    files = details(ben, "Files")
    expect(files).to_contain_text("No files yet")
    attach(ana, "sky.png", "image/png", picture())
    attach(ana, f"{HOSTILE}.txt".replace("/", ""), "text/plain", b"words")
    expect(files.locator(".file-row")).to_have_count(2)
    expect(files.locator(".file-row").first).to_contain_text(HOSTILE)
    files.get_by_role("button", name="sky.png").click()
    expect(ben.page.get_by_role("dialog", name="Pictures")).to_be_visible()
    ben.page.keyboard.press("Escape")
    first = int(ana.messages.first.get_attribute("data-message") or 0)
    url = ana.page.url.split("#/")[1]
    reply = {"channel_url": url, "parent_message_id": first, "message": "Blue", "message_type": "MESG"}
    said = ana.call("messages.send", reply)["message_id"]
    files.get_by_role("link", name="Go to the message with sky.png").click()
    expect(ben.message("sky.png").or_(ben.messages.first)).to_be_focused()
    ana.call("messages.delete", {"channel_url": url, "message_id": newest(ana)})
    expect(files.locator(".file-row")).to_have_count(1)
    # The address of a reply leads into its thread.
    ben.page.evaluate("address => { location.hash = address }", f"#/{url}/{said}")
    thread = ben.page.get_by_role("complementary", name="Thread")
    expect(thread.locator(".message", has_text="Blue")).to_be_focused()


def attach(person: Person, name: str, kind: str, data: bytes) -> None:
    """Send a file."""
    choose_files(person, payload(name, kind, data))
    before = person.messages.count()
    person.field.press("Enter")
    expect(person.page.locator(".message:not(.pending)")).to_have_count(before + 1)


def test_the_topic_is_seen_by_both(both: tuple[Person, Person]) -> None:
    ana, ben = both
    about = details(ben, "About")
    expect(about.get_by_text("Topic", exact=True)).to_have_count(0)
    details(ana, "About").get_by_role("button", name="Add a topic").click()
    ana.page.get_by_role("dialog").get_by_label("Topic").fill(f"Roses {HOSTILE}")
    ana.page.get_by_role("button", name="Save").click()
    expect(about.get_by_text(f"Roses {HOSTILE}")).to_be_visible()
    expect(about.get_by_text("Private: only those who were added")).to_be_visible()
    expect(about.get_by_role("button", name="Rename")).to_have_count(0)
    ben.page.get_by_role("tab", name="About").press("ArrowRight")
    expect(ben.page.get_by_role("tab", name="Members")).to_be_focused()
    ben.page.keyboard.press("Escape")
    expect(about).to_have_count(0)
    expect(ben.page.get_by_role("button", name="Details", exact=True)).to_be_focused()
