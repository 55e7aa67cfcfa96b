"""Codes beside the password: turned on, needed, lost, turned off."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser.person import PASSWORD, Person
from tests.served import Served

pytestmark = pytest.mark.slow


def test_a_code_is_needed_from_when_it_was_confirmed(fresh: Served, newcomer: Callable[..., Person]) -> None:
    person = newcomer(fresh.url, "ana")
    person.join(fresh.link, "Ana Ribeiro")
    page = person.page
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Settings").click()
    page.get_by_role("tab", name="Privacy").click()
    part = page.locator(".settings-part").filter(has_text="Codes beside the password")
    part.get_by_label("Password").fill(PASSWORD)
    part.get_by_role("button", name="Turn on").click()
    expect(part.get_by_role("img")).to_be_visible()
    totp = pyotp.TOTP(part.locator(".secret").inner_text())
    part.get_by_label("Code").fill(totp.now())
    part.get_by_role("button", name="Confirm").click()
    codes = part.locator(".recovery-codes code")
    expect(codes).to_have_count(10)
    recovery = codes.all_inner_texts()
    other = newcomer(fresh.url, "ana")
    other.page.goto(fresh.url)
    other.page.get_by_label("Login").fill("ana")
    other.page.get_by_label("Password").fill(PASSWORD)
    expect(other.page.get_by_label("Code")).to_be_hidden()
    other.page.get_by_role("button", name="Sign in").click()
    other.page.get_by_label("Code").fill("000")
    other.page.get_by_role("button", name="Sign in").click()
    expect(other.page.get_by_role("alert")).to_contain_text("The code is wrong")
    other.page.get_by_label("Code").fill(recovery[0])
    other.page.get_by_role("button", name="Sign in").click()
    other.channel("General").wait_for()
    part.get_by_role("button", name="Done").click()
    part.get_by_label("Password").fill(PASSWORD)
    part.get_by_label("Code").fill(recovery[1])
    part.get_by_role("button", name="Turn off").click()
    expect(part.get_by_role("button", name="Turn on")).to_be_visible()
