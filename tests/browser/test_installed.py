"""The chat as an app: it opens without the server, tells of new versions, and notifies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chatd.http.worker import WEB, shell
from tests.browser.conftest import Team
from tests.browser.person import Person, until

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
_KEPT = """async () => {
  const names = await caches.keys();
  const found = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys())));
  return found.flat().map(({ url }) => new URL(url).pathname).sort();
}"""
# What of the page its worker was asked for, or the server; and whether the worker has the page all the same.
_ASKED = """() => {
  const loaded = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const texts = loaded.filter(({ name }) => new URL(name).pathname === "/" || /\\.(js|css)$/.test(name));
  const asked = texts.filter((each) => each.workerFinalSourceType !== "cache").map(({ name }) => name);
  return { asked, count: texts.length, isItsPage: navigator.serviceWorker.controller !== null };
}"""


@pytest.fixture
def added() -> Iterator[Path]:
    """A file that a later version of the page has."""
    path = WEB / "app" / "of_a_later_version.js"
    yield path
    path.unlink(missing_ok=True)


def installed(person: Person) -> Person:
    """Wait until the worker has taken over."""
    person.open("General")
    person.page.evaluate("() => navigator.serviceWorker.ready")
    person.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return person


def test_the_page_opens_without_the_server_and_keeps_only_its_files(team: Team, come: Come) -> None:
    ana = installed(come("ana", service_workers="allow"))
    ana.say("On board")
    ana.sees("On board")
    kept = ana.page.evaluate(_KEPT)
    assert set(shell()) <= set(kept)
    assert all(path == "/" or path.startswith("/web/") for path in kept)
    ana.page.wait_for_timeout(2_500)
    team.served.kill()
    try:
        ana.page.reload()
        expect(ana.message("On board")).to_be_visible()
        expect(ana.page.locator(".state-notice")).to_contain_text("Reconnecting")
    finally:
        team.served.start()
    expect(ana.page.locator(".state-notice")).to_be_hidden()


def test_what_every_visit_needs_comes_without_the_worker(come: Come) -> None:
    ana = installed(come("ana", service_workers="allow"))
    ana.page.reload()
    expect(ana.channel("General")).to_be_visible()
    loaded = ana.page.evaluate(_ASKED)
    assert loaded["asked"] == []
    assert loaded["count"] > 100
    assert loaded["isItsPage"]


def test_a_new_version_reaches_the_page(come: Come, added: Path) -> None:
    ana = installed(come("ana", service_workers="allow"))
    added.write_text("// A file.\n")
    ana.page.evaluate("() => navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    notice = ana.page.locator(".update-notice")
    expect(notice).to_contain_text("There is a new version")
    with ana.page.expect_navigation():
        notice.get_by_role("button", name="Reload").click()
    expect(ana.channel("General")).to_be_visible()
    expect(notice).to_have_count(0)
    assert f"/web/app/{added.name}" in ana.page.evaluate(_KEPT)


def test_notifications_are_asked_for_in_the_settings_and_shown_in_the_background(come: Come) -> None:
    ana, ben = come("ana", service_workers="allow", permissions=["notifications"]), come("ben")
    installed(ana)
    ben.open("General")
    shown = """() => navigator.serviceWorker.ready.then((worker) => worker.getNotifications())
      .then((all) => all.map(({ title, body, tag }) => [title, body, tag]))"""
    ana.page.evaluate("() => { document.hasFocus = () => false; }")
    ben.say("Not asked for")
    expect(ana.channel("General")).to_contain_text("Not asked for")
    assert ana.page.evaluate(shown) == []
    ana.page.get_by_role("button", name="Your account").click()
    ana.page.get_by_role("menuitem", name="Settings").click()
    ana.page.get_by_role("tab", name="Notifications").click()
    ana.page.get_by_role("button", name="Turn on here").click()
    expect(ana.page.get_by_role("button", name="Turn off here")).to_be_visible()
    ana.page.keyboard.press("Escape")
    ben.say("<img src=x onerror=alert(1)>")
    expect(ana.channel("General")).to_contain_text("onerror")
    until(lambda: ana.page.evaluate(shown) != [])
    assert ana.page.evaluate(shown) == [["General", "Ben Okafor: <img src=x onerror=alert(1)>", "general"]]
