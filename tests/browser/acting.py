"""Acts of the dashboard's pages: how a person does them, and what the server says of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from playwright.sync_api import Locator, Page, expect

from tests.browser.board import Board

PATIENCE_MS = 30_000


class Button(NamedTuple):
    """Press a button of the page, in a part of it: by "region", "row", "article" or "listitem" and a text."""

    name: str
    role: Any = ""
    text: str = ""


class Item(NamedTuple):
    """Choose from a menu, which a button of this name opens, in the part of the page that has a text."""

    menu: str
    name: str
    text: str = ""


class Link(NamedTuple):
    """Follow a link of the page."""

    name: str


class Fill(NamedTuple):
    """Write into a field of the dialog, or of the page."""

    label: str
    text: str


class Choose(NamedTuple):
    """Choose from a list in the dialog, or in the page."""

    label: str
    value: str


class Confirm(NamedTuple):
    """Press a button of the dialog."""

    name: str


class Shown(NamedTuple):
    """Wait for a dialog of this name, which shows what cannot be seen again."""

    name: str


Begin = Button | Item | Link | Choose
Step = Begin | Fill | Confirm | Shown


class Court:
    """An application with something to act upon, as the owner of the server sees it, who asks beside the pages."""

    def __init__(self, owner: Board, name: str) -> None:
        self._owner = owner
        self.app_id = self.ask("POST", "/applications", {"app_name": name})["app_id"]
        self.tokens: dict[str, str] = {}

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """What the interface answers. Raises AssertionError for a refusal."""
        page = self._owner.page
        answer = page.request.fetch(f"{self._owner.person.url}/dashboard/api{path}", method=method, data=body)
        said = answer.json()
        assert answer.ok, f"{path}: {said}"
        return said

    def call(self, name: str, /, **params: Any) -> Any:
        """What a command answers."""
        return self.ask("POST", f"/applications/{self.app_id}/rpc/{name}", params)

    def fails(self, name: str, /, **params: Any) -> bool:
        """Whether a command finds nothing to do."""
        try:
            self.call(name, **params)
        except AssertionError:
            return True
        return False

    def sign_in(self, user_id: str) -> None:
        """Give a user a session."""
        self.tokens[user_id] = self.call("sessions.issue", user_id=user_id)["token"]

    def is_signed_in(self, user_id: str) -> bool:
        """Whether it still counts."""
        headers = {"Authorization": f"Bearer {self.tokens[user_id]}"}
        return self._owner.page.request.post(
            f"{self._owner.person.url}/client/v1/rpc/users.me", data={}, headers=headers
        ).ok

    def connect(self, user_id: str) -> None:
        """Connect a user, and wait until they are."""
        self.sign_in(user_id)
        connect = """token => {
            const socket = new WebSocket(`ws://${location.host}/connection/websocket`);
            socket.onopen = () => socket.send(JSON.stringify({ id: 1, connect: { token } }));
        }"""
        self._owner.page.evaluate(connect, self.tokens[user_id])
        self.wait(lambda court: bool(court.call("connections.list", user_id=user_id)["connections"]), "connected")

    def wait(self, seen: Callable[[Court], bool], what: str) -> None:
        """Until something is seen. Raises AssertionError when it is not."""
        waited = 0
        while not seen(self):
            assert waited < PATIENCE_MS, what
            self._owner.page.wait_for_timeout(50)
            waited += 50

    def noted(self, login: str) -> set[str]:
        """Which commands somebody called from the dashboard, by the audit log."""
        acts = self.call("audit.list", kind="dashboard.called", limit=100)["acts"]
        return {act["detail"].split(" ")[0] for act in acts if act["login"] == login}


class Act(NamedTuple):
    """What can be done on a page: by which steps, the command that they call, who may, and how the server shows it."""

    path: str
    title: str
    command: str
    roles: frozenset[str]
    steps: tuple[Step, ...]
    seen: Callable[[Court], bool]
    before: Callable[[Court], object] = lambda court: None

    @property
    def begin(self) -> Begin:
        """What has to be there for who may do it, and for nobody else."""
        first = self.steps[0]
        return first if isinstance(first, Begin) else next(step for step in self.steps if isinstance(step, Begin))


def is_there(page: Page, begin: Begin) -> bool:
    """Whether the page has what an act begins with."""
    if not isinstance(begin, Item):
        return found(page, begin).count() > 0
    if not (menu := _menu(page, begin)).count():
        return False
    menu.first.click()
    is_listed = found(page, begin).count() > 0
    page.keyboard.press("Escape")
    return is_listed


def do(page: Page, step: Step) -> None:
    """What a person does."""
    match step:
        case Item():
            _menu(page, step).first.click()
            found(page, step).click()
        case Button() | Link():
            found(page, step).first.click()
        case Fill(label, text):
            _form(page).get_by_label(label, exact=True).first.fill(text)
        case Choose(_, value):
            found(page, step).select_option(value)
        case Shown(name):
            expect(page.get_by_role("dialog", name=name, exact=True)).to_be_visible()
        case Confirm(name):
            page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def found(page: Page, begin: Begin) -> Locator:
    """What an act begins with, wherever the page shows it."""
    main = page.locator("main")
    match begin:
        case Item(_, name):
            return page.get_by_role("menuitem", name=name, exact=True)
        case Link(name):
            return main.get_by_role("link", name=name, exact=True)
        case Choose(label):
            return _form(page).get_by_label(label, exact=True)
        case Button(name, "region", text):
            main = main.get_by_role("region", name=text, exact=True)
        case Button(name, role, text) if role:
            main = main.get_by_role(role).filter(has_text=text)
    return main.get_by_role("button", name=name, exact=True)


def _menu(page: Page, item: Item) -> Locator:
    part = page.locator("main")
    if item.text:
        part = part.get_by_role("listitem").filter(has_text=item.text)
    return part.get_by_role("button", name=item.menu, exact=True)


def _form(page: Page) -> Locator:
    """The dialog when one is open, else the page."""
    return page.locator("main, dialog[open]").last
