"""The widget in a page of another site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.sdk.backend import CHANNEL, Backend
from tests.served import Served

pytestmark = pytest.mark.slow

PAGE = """<!doctype html><html lang="{language}"><head><title>A shop</title></head><body><main><h1>A shop</h1></main>
<script src="{chat}/widget.js" {kind}></script></body></html>"""
HOSTILE = "<img src=x onerror=alert(1)>"
WELCOME = "Hello! We answer soon."
MEMBERS = 'data-token-endpoint="/token" data-channel="{channel}"'


@dataclass
class Site:
    """A site with the widget, where everybody is Ann."""

    backend: Backend
    port: int = 0
    language: str = "en"
    channel: str = CHANNEL

    def url(self, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}/"


class Handler(BaseHTTPRequestHandler):
    def __init__(self, site: Site, *arguments: Any) -> None:
        self.site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        site = self.site
        kind = "data-visitors" if self.path == "/visitors" else MEMBERS.format(channel=site.channel)
        text = PAGE.format(chat=site.backend.served.url, language=site.language, kind=kind)
        self._answer("text/html", "" if self.path == "/favicon.ico" else text)

    def do_POST(self) -> None:
        self._answer("application/json", json.dumps({"token": self.site.backend.session("ann")}))

    def _answer(self, kind: str, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    directory = tmp_path_factory.mktemp("widget")
    holder: list[Site] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *arguments: Handler(holder[0], *arguments))
    Thread(target=server.serve_forever, daemon=True).start()
    config = directory / "config.toml"
    config.write_text(
        f'[server]\nembedding_origins = ["http://127.0.0.1:{server.server_port}"]\n'
        f'[visitors]\nhosts = ["help"]\nwelcome = "{WELCOME}"\n'
    )
    served = Served(directory, config)
    backend = Backend(served)
    backend.people("ann", "help")
    holder.append(Site(backend, server.server_port))
    yield holder[0]
    server.shutdown()
    served.stop()


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[title]")


def test_a_visitor_talks_with_support(site: Site, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.url())
        button = page.get_by_role("button", name="Open the chat")
        expect(button).to_be_visible()
        site.backend.say("help", "Hello <img src=x onerror=alert(1)>")
        expect(button).to_contain_text("1")
        button.click()
        expect(frame(page).locator(".message").last).to_contain_text("Hello <img src=x")
        expect(button).not_to_be_visible()
        field = frame(page).locator(".composer textarea")
        expect(field).to_be_focused()
        field.fill("I need help")
        field.press("Enter")
        expect(frame(page).locator(".message.own").last).to_contain_text("I need help")
        frame(page).get_by_role("button", name="Close the chat").click()
        expect(button).to_be_focused()


def test_a_visitor_without_an_account_talks_with_support_and_comes_back(site: Site, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.url() + "visitors")
        page.get_by_role("button", name="Open the chat").click()
        name = frame(page).get_by_label("Your name")
        expect(name).to_be_focused()
        assert violations(page) == []
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        name.press("Enter")
        expect(frame(page).get_by_text("Enter the name that others will see.")).to_be_visible()
        name.fill(HOSTILE)
        name.press("Enter")
        expect(frame(page).locator(".feed")).to_contain_text(WELCOME)
        field = frame(page).locator(".composer textarea")
        field.fill("Do you have tea?")
        field.press("Enter")
        expect(frame(page).locator(".message.own").last).to_contain_text("Do you have tea?")
        expect(frame(page).locator(".message.pending")).to_have_count(0)
        (found,) = site.backend.call("GET", "/users/help/my_group_channels?custom_types=visitor")["channels"]
        assert found["name"] == HOSTILE
        page.reload()
        button = page.get_by_role("button", name="Open the chat")
        expect(button).to_be_visible()
        site.backend.say("help", "We have", found["channel_url"])
        expect(button).to_contain_text("1")
        button.click()
        expect(frame(page).locator(".message").last).to_contain_text("We have")
        expect(frame(page).locator(".message.own").last).to_contain_text("Do you have tea?")
        # Nothing was asked that a visitor may not know, such as who is online.
        assert said == []


def test_other_sites_show_nothing(site: Site, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(site.url("localhost"))
        page.wait_for_function("document.querySelector('div').shadowRoot.querySelector('iframe')")
        page.wait_for_load_state("networkidle")
        assert any("frame-ancestors" in text for text in refused)
        expect(page.get_by_role("button")).to_have_count(0)


def test_only_the_page_around_it_is_heard(site: Site, browser: Browser) -> None:
    """A frame beside it, of another origin, tries to be the page."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.url())
        button = page.get_by_role("button", name="Open the chat")
        expect(button).to_be_visible()
        page.evaluate(
            """async (url) => {
                const other = document.createElement("iframe");
                other.src = url;
                await new Promise((done) => { other.onload = done; document.body.append(other); });
                window.spoken = 0;
                window.addEventListener("message", ({ data }) => (window.spoken += data === "done"));
            }""",
            site.url("localhost"),
        )
        other = next(each for each in page.frames if each.url == site.url("localhost"))
        other.evaluate(
            """() => {
                parent.postMessage({ chatd: "unread", count: 66 }, "*");
                parent.frames[0].postMessage({ chatd: "token", token: "stolen", channel: "elsewhere" }, "*");
                parent.postMessage("done", "*");
            }"""
        )
        page.wait_for_function("window.spoken === 1")
        expect(button).not_to_contain_text("66")
        button.click()
        expect(frame(page).get_by_role("heading", name="Kitchen", level=1)).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_for_everybody(site: Site, browser: Browser, language: str) -> None:
    site.language = language
    with browser.new_context(**PHONE, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(site.url())
        page.get_by_role("button").click()
        expect(frame(page).locator("html")).to_have_attribute("lang", language)
        frame(page).locator(".feed .message, .beginning").first.wait_for()
        assert violations(page) == []
        assert frame(page).locator("html").evaluate("node => node.scrollWidth <= innerWidth")
    site.language = "en"
