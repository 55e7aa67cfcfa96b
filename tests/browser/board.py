"""Somebody at the dashboard: an account with a role, and what its pages call things."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.person import PASSWORD, Person

HOSTILE = "<img src=x onerror=alert(1)>"
_ASK = """async ([method, path, body]) => {
    const answer = await fetch(`/dashboard/api${path}`, {
        method, headers: { "Content-Type": "application/json" }, body: body === null ? undefined : JSON.stringify(body),
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${said.message}`);
    return said;
}"""


class Board:
    """The dashboard in somebody's browser, and its interface as they may use it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page: Page = person.page
        self.page.goto(f"{person.url}/dashboard")
        self.app_id = self.ask("GET", "/me")["applications"][0]["app_id"]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the interface."""
        return self.page.evaluate(_ASK, [method, path, body])

    def call(self, name: str, /, **params: Any) -> Any:
        """Run a command."""
        return self.ask("POST", f"/applications/{self.app_id}/rpc/{name}", params)

    def go(self, path: str, title: str) -> None:
        """Open a page, anew, and wait for its title."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.person.url}/dashboard#/{self.app_id}/{path}")
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()

    def row(self, text: str) -> Locator:
        """A row of a table with a text."""
        return self.page.get_by_role("row").filter(has_text=text)

    def button(self, name: str) -> Locator:
        """A button with exactly this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.get_by_role("dialog")

    def pages(self) -> list[str]:
        """The pages that the sidebar offers."""
        return self.page.get_by_role("navigation", name="Pages").get_by_role("link").all_inner_texts()

    def sign_in(self) -> None:
        """Sign in at the dashboard's own door."""
        self.page.get_by_label("Login").fill(self.person.login)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.button("Sign in").click()
