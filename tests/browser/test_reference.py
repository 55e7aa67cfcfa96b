"""The page about the Platform API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chatd.http.platform.routes import ROUTES
from tests.browser.conftest import PHONE, Team
from tests.browser.person import Person

pytestmark = pytest.mark.slow

SEND = "post_group_channels_channel_url_messages"


def test_every_operation_is_shown_and_found(newcomer: Callable[..., Person], team: Team) -> None:
    page = newcomer(team.served.url, "reader").page
    page.goto(f"{team.served.url}/docs/api#{SEND}")
    expect(page.locator(f"#{SEND}")).to_be_in_viewport()
    assert page.locator("article:not(.shape)").count() == len(ROUTES)
    assert "[object" not in page.locator("body").inner_text()
    page.get_by_label("Find an operation").fill("pin message post")
    links = page.get_by_role("navigation").locator("li a:visible")
    expect(links).to_have_count(1)
    links.click()
    expect(page.locator("#post_group_channels_channel_url_messages_message_id_pin")).to_be_in_viewport()


def test_it_fits_a_phone(newcomer: Callable[..., Person], team: Team) -> None:
    page = newcomer(team.served.url, "reader", **PHONE).page
    page.goto(f"{team.served.url}/docs/api")
    page.get_by_role("button", name="Contents").tap()
    page.get_by_role("link", name="Send a message", exact=False).first.tap()
    expect(page.get_by_label("Find an operation")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
