"""The web chat in Chromium: how soon it is usable, a channel of 100,000 messages, memory while a channel is busy."""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[2]))

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.long_channel import fill
from tests.browser.person import Person
from tests.conftest import CHROMIUM
from tests.served import Served
from tests.story.backend import Backend

STARTS = 5
SCREENS = 40
PER_SECOND = 20
# Until the page has kept what it shows, and its worker has the page (ms).
SETTLED_MS = 3_000
VIEW: Any = {"viewport": {"width": 1200, "height": 760}}
# Milliseconds since the navigation began, once the messages are there and the composer takes text.
USABLE = """() => {
    const field = document.querySelector(".composer textarea");
    const canWrite = field?.checkVisibility() && !field.disabled && !field.readOnly;
    return canWrite && document.querySelector(".feed .message") ? performance.now() : 0;
}"""
# So many screens down (1) or up (-1), each in twelve frames; the times of the frames, and the most that was there.
SCROLL = """async ([screens, direction]) => {
    const scroller = document.querySelector(".scroller");
    const frame = () => new Promise(requestAnimationFrame);
    const frames = [];
    let messages = 0, nodes = 0, last = await frame();
    for (let step = 0; step < screens * 12; step++) {
        scroller.scrollTop += (direction * scroller.clientHeight) / 12;
        const now = await frame();
        frames.push(now - last);
        last = now;
        if (step % 12) continue;
        messages = Math.max(messages, document.querySelectorAll(".feed .message").length);
        nodes = Math.max(nodes, document.getElementsByTagName("*").length);
    }
    return { frames, messages, nodes };
}"""
SIZE = """() => [
    performance.memory.usedJSHeapSize,
    document.getElementsByTagName("*").length,
    document.querySelectorAll(".feed .message").length,
]"""


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds, counts, and a row for each minute of the busy channel."""
    with tempfile.TemporaryDirectory(prefix="chatd-bench-") as directory, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--enable-precise-memory-info"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        served = Served(Path(directory))
        try:
            return _measured(served, browser, options)
        finally:
            browser.close()
            served.stop()


def _measured(served: Served, browser: Browser, options: argparse.Namespace) -> dict[str, Any]:
    context = browser.new_context(**VIEW)
    ana = Person(context, served.url, "ana")
    ana.join(served.link, "Ana Ribeiro")
    channel = ana.call("channels.create", {"name": "Endless"})["channel_url"]
    cookies = {"cookies": context.storage_state()["cookies"]}
    context.close()
    served.stop()
    began = time.monotonic()
    fill(served.directory / "data", channel, options.web_messages, "ana")
    figures: dict[str, Any] = {"seconds to write the messages": round(time.monotonic() - began, 1)}
    served.start()
    address = f"{served.url}/#/{channel}"
    figures["cold start, ms"] = round(statistics.median(_cold(browser, cookies, address) for _ in range(STARTS)))
    context = browser.new_context(**VIEW, storage_state=cookies)
    figures["warm start, ms"] = round(_warm(context, address))
    figures |= _long(context, address, options.web_messages)
    return figures | _busy(context, served, channel, options.web_minutes)


def _start(context: BrowserContext, address: str) -> tuple[Page, float]:
    page = context.new_page()
    page.goto(address, wait_until="commit")
    return page, float(page.wait_for_function(USABLE).json_value())


def _cold(browser: Browser, cookies: Any, address: str) -> float:
    """With a cookie, and nothing else."""
    context = browser.new_context(**VIEW, storage_state=cookies)
    taken = _start(context, address)[1]
    context.close()
    return taken


def _warm(context: BrowserContext, address: str) -> float:
    """The median of starts with what an earlier one has left."""
    taken = []
    for _ in range(STARTS + 1):
        page, milliseconds = _start(context, address)
        taken.append(milliseconds)
        page.wait_for_timeout(SETTLED_MS)
        page.close()
    return statistics.median(taken[1:])


def _long(context: BrowserContext, address: str, count: int) -> dict[str, Any]:
    """From the newest messages to the first ones, and some tens of screens down and up."""
    page, _ = _start(context, address)
    page.locator(".message", has_text=f"line {count - 1:06}").wait_for()
    page.get_by_role("button", name=re.compile("jump to another day")).first.click()
    began = time.monotonic()
    page.get_by_role("button", name="The beginning").click()
    page.locator(".message", has_text="line 000000").wait_for()
    figures: dict[str, Any] = {"jump to the first day, ms": round((time.monotonic() - began) * 1000)}
    scrolled = [page.evaluate(SCROLL, [SCREENS, direction]) for direction in (1, -1)]
    page.close()
    frames = sorted(frame for each in scrolled for frame in each["frames"])
    return figures | {
        "frames while scrolling": len(frames),
        "frame p50, ms": round(frames[len(frames) // 2], 1),
        "frame p99, ms": round(frames[len(frames) * 99 // 100], 1),
        "longest frame, ms": round(frames[-1], 1),
        "most messages held": max(each["messages"] for each in scrolled),
        "most DOM elements": max(each["nodes"] for each in scrolled),
    }


def _busy(context: BrowserContext, served: Served, channel: str, minutes: int) -> dict[str, Any]:
    """Size of the page after garbage was collected, at first and after each minute."""
    page, _ = _start(context, f"{served.url}/#/{channel}")
    session = context.new_cdp_session(page)
    rows: dict[str, Any] = {}
    with _sending(served, channel) as sent:
        began = time.monotonic()
        for minute in range(minutes + 1):
            page.wait_for_timeout(max(0.0, began + 60 * minute - time.monotonic()) * 1000)
            session.send("HeapProfiler.collectGarbage")
            heap, nodes, messages = page.evaluate(SIZE)
            size = {"heap MiB": round(heap / 2**20, 2), "elements": nodes, "messages": messages}
            rows[f"busy, minute {minute}"] = size | {"sent": len(sent)}
    return rows


@contextmanager
def _sending(served: Served, channel: str) -> Iterator[list[int]]:
    """Messages at an even rate from a thread; the numbers of those that were accepted."""
    backend, over, sent = Backend(served), threading.Event(), list[int]()
    path = f"/group_channels/{channel}/messages"

    def send() -> None:
        began = time.monotonic()
        while not over.wait(max(0.0, began + len(sent) / PER_SECOND - time.monotonic())):
            backend("POST", path, user_id="ana", message_type="MESG", message=f"busy {len(sent)}")
            sent.append(len(sent))

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield sent
    finally:
        over.set()
        thread.join()
