"""The pages of the samples: what their visitors see."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.sample import Sample
from tests.sdk.backend import Backend
from tests.served import Served

pytestmark = pytest.mark.slow

SAMPLES = Path("chatd") / "samples"


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
    return found


@pytest.fixture(scope="module")
def backend(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """Of a server configured as the samples say, but for their port, and for what is a lot in an open channel."""
    directory = tmp_path_factory.mktemp("samples")
    config = directory / "server.toml"
    printed = (SAMPLES / "server.toml").read_text("utf-8").replace(":3000", f":{port}")
    config.write_text(f"{printed}\n[stream]\nopen_channel_messages_per_second = 1\n", "utf-8")
    served = Served(directory, config)
    yield Backend(served)
    served.stop()


@pytest.fixture
def start(backend: Backend, port: int, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts a sample; the address of its page."""
    started: list[Sample] = []

    def run(name: str, **environment: str) -> str:
        command = ["node", str(SAMPLES / name / "server.mjs")]
        started.append(Sample(tmp_path / "output", backend, command, r"http://\S+", PORT=str(port), **environment))
        return started[-1].said

    yield run
    for sample in started:
        sample.stop()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens a page in a browser of its own; at the end none may have complained."""
    contexts: list[BrowserContext] = []
    complaints: list[Any] = []

    def open_page(url: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1000, "height": 800}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(error.message))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def test_tokens(start: Callable[..., str], visit: Callable[[str], Page]) -> None:
    url = start("tokens")
    ann, bob = visit(url), visit(url)
    for page, name in ((ann, "Ann"), (bob, "Bob")):
        page.get_by_label("Your name").fill(name)
        page.get_by_role("button", name="Come in").click()
    ann.get_by_label("Message", exact=True).fill("Hello <b>there</b>")
    ann.get_by_role("button", name="Send").click()
    expect(bob.get_by_role("listitem").filter(has_text="Hello <b>there</b>")).to_contain_text("Ann")
    expect(ann.get_by_role("listitem").filter(has_text="Hello")).not_to_contain_text("Sending")
    bob.reload()
    expect(bob.get_by_role("listitem").filter(has_text="Hello <b>there</b>")).to_contain_text("Ann")
    assert violations(bob) == []


def test_support(start: Callable[..., str], visit: Callable[[str], Page], backend: Backend) -> None:
    page = visit(start("support"))
    button = page.get_by_role("button")
    expect(button).to_contain_text("1")
    button.click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Ask us anything")).to_be_visible()
    frame.get_by_role("textbox").fill("Do you have decaf?")
    frame.get_by_role("textbox").press("Enter")
    expect(frame.get_by_text("Do you have decaf?")).to_be_visible()
    (channel,) = backend.call("GET", "/users/support/my_group_channels")["channels"]
    path = f"/group_channels/{channel['channel_url']}/messages"
    backend.call("POST", path, message_type="MESG", user_id="support", message="Yes, the sencha.")
    expect(frame.get_by_text("Yes, the sencha.")).to_be_visible()


def test_live(start: Callable[..., str], visit: Callable[[str], Page], backend: Backend) -> None:
    url = start("live")
    ann, watching = visit(url), visit(url)
    expect(watching.get_by_text("2 watching")).to_be_visible()
    ann.get_by_label("Your name").fill("Ann")
    ann.get_by_role("button", name="Join in").click()
    ann.get_by_label("Message", exact=True).fill("What a song!")
    ann.get_by_role("button", name="Send").click()
    expect(watching.get_by_role("listitem")).to_have_text(re.compile("Ann.*What a song!"))
    path = "/open_channels/stage/messages"
    for number in range(12):
        backend.call("POST", path, message_type="MESG", user_id="host", message=f"Encore {number}")
    watching.get_by_role("button", name="more went by").click()
    expect(watching.get_by_role("listitem")).to_have_count(13)
    expect(watching.get_by_role("button", name="more went by")).to_be_hidden()
    assert violations(watching) == []
    backend.call("DELETE", "/open_channels/stage")
    expect(watching.get_by_text("This event is over.")).to_be_visible()
