"""A person at a browser: what they can do and see, by the names that the page gives to things."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect
from playwright.sync_api import TimeoutError as Late

PASSWORD = "correct horse"
# Milliseconds until what does not come is a failure: no measure of speed, so long enough for a machine that is busy.
BOUND = 30_000
expect.set_options(timeout=BOUND)
# A browser reports each refusal (nobody is signed in, a wrong password), each lost connection and what was to go over
# it, as an error, and on a busy machine that the page came to use its font late.
_EXPECTED = (
    "status of 400",
    "status of 401",
    "ERR_CONNECTION",
    "WebSocket connection to",
    "WebSocket is already in CLOSING",
    "but not used within a few",
    "Service Worker registration blocked",
    "Push API in incognito",
)


class Person:
    """One page in a browser context of its own. `complaints` collects console errors and CSP violations."""

    def __init__(self, context: BrowserContext, url: str, login: str) -> None:
        self.context = context
        self.url = url
        self.login = login
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(BOUND)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(text in message.text for text in _EXPECTED):
            self.complaints.append(message.text)

    def join(self, link: str, name: str) -> None:
        """Make an account with an invite link."""
        self.page.goto(link)
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_label("Login").fill(self.login)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Create account").click()
        self.channel("General").wait_for()

    def sign_in(self) -> None:
        """Sign in with the password that everybody here has."""
        self.page.goto(self.url)
        self.page.get_by_label("Login").fill(self.login)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.channel("General").wait_for()

    def arrive(self, path: str = "/") -> None:
        """Open the page with the cookie that the context already has."""
        self.page.goto(self.url + path)
        self.channel("General").wait_for()

    def channel(self, title: str) -> Locator:
        """A conversation in the list."""
        titled = self.page.locator(".channel-title", has_text=title)
        return self.page.get_by_role("list", name="Conversations").get_by_role("link").filter(has=titled)

    def open(self, title: str) -> None:
        """Open a conversation from the list."""
        self.channel(title).click()
        expect(self.page.get_by_role("heading", name=title, level=2)).to_be_visible()
        self.page.locator(".scroller[tabindex], .beginning").first.wait_for()

    @property
    def field(self) -> Locator:
        """Where a message is written."""
        return self.page.locator(".composer textarea")

    def say(self, text: str) -> None:
        """Send a message; it is there when this returns, acknowledged or not."""
        self.field.fill(text)
        self.field.press("Enter")
        self.page.locator(".message.own", has_text=text).last.wait_for()

    @property
    def messages(self) -> Locator:
        """All messages in the open conversation, oldest first."""
        return self.page.locator(".feed .message")

    def message(self, text: str) -> Locator:
        """The newest message with a text."""
        return self.page.locator(".feed .message", has_text=text).last

    def sees(self, text: str) -> None:
        """The newest message has this text, and is no longer on its way."""
        expect(self.messages.last).to_contain_text(text)
        expect(self.page.locator(".message.pending")).to_have_count(0)

    def use(self, message: Locator, tool: str) -> None:
        """Press a tool of a message. One that moves away from under the pointer meanwhile is pointed at again."""
        for _ in range(10):
            message.hover()
            try:
                return message.get_by_role("button", name=tool).click(timeout=BOUND / 10)
            except Late:
                continue
        raise AssertionError(f"{tool} cannot be pressed")

    def call(self, method: str, params: dict[str, Any]) -> Any:
        """Run a command over HTTP, as this person."""
        script = """async ([method, params]) => {
            const post = (path, body, headers = {}) => fetch(path, {
                method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...headers },
            }).then((response) => response.json());
            window.testToken ??= (await post("/auth/token", {})).token;
            return post(`/client/v1/rpc/${method}`, params, { Authorization: `Bearer ${window.testToken}` });
        }"""
        return self.page.evaluate(script, [method, params])

    def invite(self) -> str:
        """Make an invite link through the dialog."""
        self.page.get_by_role("button", name="Invite people").click()
        link = self.page.get_by_label("Invite link").input_value()
        self.page.keyboard.press("Escape")
        return link


def until(holds: Callable[[], bool]) -> None:
    """Wait for what no element of a page shows."""
    deadline = time.monotonic() + BOUND / 1000
    while not holds():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.05)
