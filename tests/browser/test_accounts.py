"""From the owner's link to two people who talk, and out again."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import DESK
from tests.browser.person import PASSWORD, Person, until
from tests.served import Served

pytestmark = pytest.mark.slow

Newcomer = Callable[..., Person]


def test_owner_invites_second_person(fresh: Served, newcomer: Newcomer) -> None:
    ana = newcomer(fresh.url, "ana")
    ana.join(fresh.link, "Ana Ribeiro")
    link = ana.invite()
    ben = newcomer(fresh.url, "ben")
    ben.join(link, "Ben Okafor")
    expect(ana.page.get_by_text("2 members")).to_be_visible()
    ben.open("General")
    ben.say("Hello Ana")
    ana.sees("Hello Ana")
    late = newcomer(fresh.url, "late")
    late.page.goto(link)
    expect(late.page.get_by_role("heading", name="This link is no longer valid")).to_be_visible()
    # The browser itself reports the invite's 404.
    assert [complaint for complaint in late.complaints if "status of 404" not in complaint] == []
    late.complaints.clear()


@pytest.mark.slow
def test_sign_out_and_in_again(fresh: Served, newcomer: Newcomer) -> None:
    ana = newcomer(fresh.url, "ana")
    ana.join(fresh.link, "Ana Ribeiro")
    page = ana.page
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.get_by_label("Login").fill("ana")
    page.get_by_label("Password").fill("not my password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    ana.channel("General").wait_for()


@pytest.mark.slow
def test_revoked_session_is_renewed_while_signed_in(fresh: Served, newcomer: Newcomer) -> None:
    ana = newcomer(fresh.url, "ana")
    ana.join(fresh.link, "Ana Ribeiro")
    ana.open("General")
    backend = httpx.Client(base_url=fresh.url, headers={"Api-Token": fresh.command("token", "create", "main")})
    # A running server notices what another process has written within about a second.
    until(lambda: backend.get("/v3/users/ana").is_success)
    for _ in range(2):
        with ana.page.expect_websocket():
            backend.delete("/v3/users/ana/token").raise_for_status()
    ana.say("Still here")
    ana.sees("Still here")
    ana.context.clear_cookies()
    backend.delete("/v3/users/ana/token").raise_for_status()
    expect(ana.page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_sign_up_says_what_is_wrong(fresh: Served, newcomer: Newcomer) -> None:
    page = newcomer(fresh.url, "ana").page
    page.goto(fresh.link)
    page.get_by_label("Your name").fill("Zoë Müller")
    expect(page.get_by_label("Login")).to_have_value("zoe")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("Use at least 8 characters.")).to_be_visible()
    expect(page.get_by_label("Password")).to_be_focused()


def test_another_role_comes_to_a_page_that_is_open(come: Callable[..., Person]) -> None:
    ana = come("ana", **DESK)
    # As if she had become the owner since this browser was here last.
    ana.page.evaluate(
        "localStorage.setItem('chatd.person', localStorage.getItem('chatd.person').replace('owner', 'member'))"
    )
    release: list[Route] = []
    ana.page.route("**/auth/me", lambda route: release.append(route))
    ana.arrive()
    ana.open("General")
    ana.field.fill("Half a sentence")
    ana.page.evaluate("window.isTheSame = true")
    release[0].continue_()
    ana.page.wait_for_function("() => JSON.parse(localStorage.getItem('chatd.person')).role === 'owner'")
    expect(ana.field).to_have_value("Half a sentence")
    assert ana.page.evaluate("window.isTheSame") is True
    ana.field.fill("")
