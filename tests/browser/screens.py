"""All that the page can show, one screen after the other, in any language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Locator

from scripts.translating.texts import catalogue
from tests.browser.person import Person

TITLE: Final = "Everything"


@dataclass
class Visitor:
    """A person who is signed in, at a page in `language`."""

    person: Person
    language: str = "en"

    def t(self, english: str) -> str:
        """A text as the page has it."""
        told = english if self.language == "en" else catalogue(self.language)[english]
        assert isinstance(told, str)
        return told

    def arrive(self, path: str = "/") -> None:
        self.person.page.goto(self.person.url + path)

    def converse(self) -> None:
        """Open the conversation that has everything, from the list."""
        self.arrive("/#/")
        self.person.page.locator(".channel a", has_text=TITLE).click()
        self.person.page.locator(".feed .message").first.wait_for()

    def button(self, english: str, within: Locator | None = None) -> Locator:
        return (within or self.person.page.locator("body")).get_by_role("button", name=self.t(english), exact=True)

    def press(self, english: str, within: Locator | None = None) -> None:
        self.button(english, within).first.click()

    def choose(self, english: str) -> None:
        """An entry of the menu that is open."""
        self.person.page.get_by_role("menuitem", name=self.t(english), exact=True).click()

    def key(self, text: str, key: str) -> None:
        """Focus a message and press a key."""
        self.person.message(text).focus()
        self.person.page.keyboard.press(key)

    def dialog(self) -> Locator:
        return self.person.page.locator("dialog[open]").last

    def shown(self, selector: str) -> None:
        self.person.page.locator(selector).first.wait_for()


def the_list(v: Visitor) -> None:
    v.arrive("/#/")
    v.shown(".channel .avatar")


def conversation(v: Visitor) -> None:
    v.converse()


def message_menu(v: Visitor) -> None:
    v.key("A plan", "m")
    v.shown(".menu")


def reactions(v: Visitor) -> None:
    v.key("A plan", "r")
    v.shown(".emoji-grid section:nth-child(3)")


def no_emoji(v: Visitor) -> None:
    reactions(v)
    v.person.page.get_by_label(v.t("Search emoji")).last.fill("zzzz")
    v.shown(".emoji-none")


def thread(v: Visitor) -> None:
    v.key("A plan", "t")
    v.shown(".thread .message")


def editor(v: Visitor) -> None:
    v.key("Mine", "e")
    v.shown(".editor")


def deletion(v: Visitor) -> None:
    v.key("Mine", "Delete")
    v.dialog().wait_for()


def days(v: Visitor) -> None:
    v.person.page.locator(".day button").first.click()
    v.shown(".day-form")


def completion(v: Visitor) -> None:
    v.person.field.fill("")
    v.person.field.press_sequentially("@b")
    v.shown(".completion [role=option]")


def tray(v: Visitor) -> None:
    with v.person.page.expect_file_chooser() as chooser:
        v.press("Attach")
        v.choose("Files")
    chooser.value.set_files({"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    v.person.field.fill("x" * 4_990)
    v.shown(".tray li")


def poll_dialog(v: Visitor) -> None:
    v.press("Attach")
    v.choose("Poll")
    v.shown("dialog .poll-fields")


def voters(v: Visitor) -> None:
    v.person.page.locator("[data-does=who]").click()
    v.shown("dialog .person")


def later(v: Visitor) -> None:
    v.person.field.fill("In a while")
    v.press("Send later")
    v.shown(".menu")


def later_day(v: Visitor) -> None:
    later(v)
    v.choose("Pick day and time…")
    v.dialog().wait_for()


def scheduled(v: Visitor) -> None:
    v.person.page.locator(".scheduled-line").click()
    v.shown(".scheduled-item")


def scheduled_editor(v: Visitor) -> None:
    scheduled(v)
    v.press("Edit", v.dialog())
    v.shown(".scheduled-input")


def vanishing(v: Visitor) -> None:
    v.press("Attach")
    v.choose("Disappearing message…")
    v.person.page.get_by_role("menuitem").first.click()
    v.shown(".vanishing span")


def details(v: Visitor, tab: str) -> None:
    v.press("Details")
    v.shown(".details")
    v.person.page.get_by_role("tab", name=v.t(tab)).click()


def about(v: Visitor) -> None:
    details(v, "About")


def renaming(v: Visitor) -> None:
    about(v)
    v.press("Rename")


def members(v: Visitor) -> None:
    details(v, "Members")


def member_menu(v: Visitor) -> None:
    members(v)
    v.person.page.locator(".members button[aria-haspopup=menu]").first.click()
    v.shown(".menu")


def ban(v: Visitor) -> None:
    member_menu(v)
    v.choose("Ban…")


def banned(v: Visitor) -> None:
    members(v)
    v.press("Banned people")


def adding(v: Visitor) -> None:
    members(v)
    v.press("Add people")


def files(v: Visitor) -> None:
    details(v, "Files")


def pins(v: Visitor) -> None:
    details(v, "Pins")


def gallery(v: Visitor) -> None:
    v.person.page.locator(".feed button.picture").first.click()
    v.shown("dialog.gallery[open]")


def account_menu(v: Visitor) -> None:
    v.arrive("/#/")
    v.press("Your account")
    v.shown(".menu")


def settings(v: Visitor) -> None:
    account_menu(v)
    v.choose("Settings")
    v.dialog().wait_for()


def pause(v: Visitor) -> None:
    account_menu(v)
    v.choose("Pause notifications")
    v.dialog().wait_for()


def quiet_week(v: Visitor) -> None:
    pause(v)
    v.dialog().get_by_label(v.t("Quiet times")).select_option("weekly")


def languages(v: Visitor) -> None:
    account_menu(v)
    v.person.page.locator(".menu-item", has_text=v.t("Language")).click()


def shortcuts(v: Visitor) -> None:
    account_menu(v)
    v.choose("Keyboard shortcuts")
    v.shown(".shortcuts")


def invite(v: Visitor) -> None:
    account_menu(v)
    v.choose("Invite people")
    v.dialog().locator("input").wait_for()


def new_conversation(v: Visitor) -> None:
    v.arrive("/#/")
    v.press("New conversation")
    v.shown("dialog .person")


def new_group(v: Visitor) -> None:
    new_conversation(v)
    v.press("New group")
    v.shown("dialog .person")


def card(v: Visitor) -> None:
    v.person.page.locator(".feed .person-link").first.click()
    v.shown(".profile-card")


def settings_of(page: str) -> Callable[[Visitor], None]:
    def screen(v: Visitor) -> None:
        settings(v)
        v.person.page.get_by_role("tab", name=v.t(page)).click()

    screen.__name__ = f"settings: {page}"
    return screen


def forwarding(v: Visitor) -> None:
    message_menu(v)
    v.choose("Forward…")
    v.shown(".forwarded")


def searching(v: Visitor) -> None:
    v.press("Search in this conversation")
    v.person.page.locator(".search .input").fill("plan")
    v.shown(".search mark")


def search_filter(v: Visitor) -> None:
    searching(v)
    v.press("From…")
    v.shown(".filter-choice .person")


def beside(v: Visitor, which: str) -> None:
    v.arrive("/#/")
    v.person.page.locator(".side-link").filter(has_text=v.t(which)).click()
    v.shown(".side-pane .entry, .side-pane .nothing")


def threads(v: Visitor) -> None:
    beside(v, "Threads")


def for_later(v: Visitor) -> None:
    beside(v, "For later")


def palette(v: Visitor) -> None:
    v.arrive("/#/")
    v.shown(".channel .avatar")
    v.person.page.keyboard.press("Control+k")
    v.shown("dialog.palette[open] [role=option]")


def browse(v: Visitor) -> None:
    v.arrive("/#/")
    v.press("New conversation")
    v.press("Browse channels", v.dialog())
    v.shown(".browse-row, .browse p")


def new_channel(v: Visitor) -> None:
    v.arrive("/#/")
    v.press("New conversation")
    v.press("New channel", v.dialog())
    v.shown("dialog form")


# Those that begin in the conversation, and those that find their way themselves.
INSIDE: Final[list[Callable[[Visitor], None]]] = [
    *(message_menu, reactions, no_emoji, thread, editor, deletion, days, completion, tray, gallery),
    card,
    *(poll_dialog, voters, later, later_day, scheduled, scheduled_editor, vanishing),
    *(about, renaming, members, member_menu, ban, banned, adding, files, pins),
    *(forwarding, searching, search_filter),
]
OUTSIDE: Final[list[Callable[[Visitor], None]]] = [
    *(the_list, conversation, account_menu, settings, pause, quiet_week, languages, shortcuts, invite),
    *(new_conversation, new_group),
    *(threads, for_later, palette, browse, new_channel),
    *(settings_of(page) for page in ("Notifications", "Privacy", "Devices", "Password", "Appearance")),
]
