"""The dashboard's frame and its overview."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.board import HOSTILE, Board
from tests.browser.conftest import PHONE, Team
from tests.browser.person import Person, until

pytestmark = pytest.mark.slow
CARDS = ["Daily active users", "Weekly active users", "Monthly active users", "Stickiness", "New users", "Messages"]
# More than is said in most channels of the other tests: the figures show those with most.
SAID = 60


@pytest.fixture
def board(come: Callable[..., Person]) -> Board:
    """Ana, who owns the server, at the dashboard."""
    return Board(come("ana", viewport={"width": 1280, "height": 800}))


def test_figures_are_shown_chosen_and_kept_as_a_file(board: Board) -> None:
    board.call("users.create", user_id="figured", nickname=HOSTILE)
    board.call("channels.create", channel_url="figures", name=HOSTILE, custom_type="=evil()", user_ids=["figured"])
    for _ in range(SAID):
        board.call("messages.send", channel_url="figures", user_id="figured", message="one", message_type="MESG")
    until(lambda: counted(board))
    board.go("overview?range=7&figure=messages&segment=custom_channel_type", "Overview")
    for name in CARDS:
        expect(board.page.locator(".figure-title", has_text=name).first).to_be_visible()
    expect(board.page.locator(".u-legend")).to_contain_text("=evil()")
    expect(board.page.get_by_role("region", name="Top senders")).to_contain_text(HOSTILE)
    with board.page.expect_download() as kept:
        board.page.get_by_role("button", name="Download as CSV: messages").click()
    text = Path(kept.value.path()).read_text("utf-8-sig")
    assert text.splitlines()[0].startswith("date,")
    assert "'=evil()" in text
    board.page.get_by_role("radio", name="12 months").click()
    expect(board.page.locator(".figure-title", has_text="Active in 30 days")).to_be_visible()
    assert "range=12m" in board.page.url


def counted(board: Board) -> bool:
    """Whether the messages are in the figures, which takes seconds."""
    top = board.call("statistics.top", kind="channels")["top"]
    return {"figures": SAID}.items() <= {each["channel_url"]: each["messages"] for each in top}.items()


def test_who_is_not_signed_in_signs_in_there(newcomer: Callable[..., Person], team: Team) -> None:
    page = newcomer(team.served.url, "ana").page
    page.goto(f"{team.served.url}/dashboard")
    page.get_by_label("Login").fill("ana")
    page.get_by_label("Password").fill("wrong, or so")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()


def test_who_is_on_no_team_is_told_so(team: Team, come: Callable[..., Person]) -> None:
    page = come("ben", viewport={"width": 1280, "height": 800}).page
    page.goto(f"{team.served.url}/dashboard")
    expect(page.get_by_role("heading", name="No application yet")).to_be_visible()


def test_applications_are_switched(board: Board) -> None:
    made = board.ask("POST", "/applications", {"app_name": HOSTILE})
    board.page.reload()
    board.page.get_by_role("button", name="Application: main").click()
    board.page.get_by_role("menuitemradio", name=HOSTILE).click()
    expect(board.page.get_by_role("button", name=f"Application: {HOSTILE}")).to_be_visible()
    assert made["app_id"] in board.page.url
    board.ask("DELETE", f"/applications/{made['app_id']}")


def test_it_fits_a_phone(come: Callable[..., Person]) -> None:
    board = Board(come("ana", **PHONE))
    page = board.page
    expect(page.locator(".chart .uplot")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("link", name="Overview").tap()
    expect(page.get_by_role("link", name="Overview")).to_be_hidden()
