"""The dashboard's users and channels: what is seen, and what is done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.board import HOSTILE, Board
from tests.browser.conftest import PHONE, Team
from tests.browser.person import Person, until

pytestmark = pytest.mark.slow


@pytest.fixture
def board(come: Callable[..., Person]) -> Board:
    """Ana, who owns the server, at the dashboard."""
    return Board(come("ana", viewport={"width": 1280, "height": 800}))


def test_a_user_is_made_found_changed_and_signed_out(board: Board) -> None:
    page = board.page
    board.go("users", "Users")
    board.button("New user").click()
    page.get_by_label("Id", exact=True).fill("zoe")
    board.dialog.get_by_label("Nickname").fill(HOSTILE)
    board.button("Make user").click()
    expect(page.get_by_role("heading", name=HOSTILE, level=1)).to_be_visible()
    board.button("Edit").click()
    board.dialog.get_by_label("Metadata").fill("[1]")
    board.button("Save").click()
    expect(board.dialog.get_by_text("This has to be a JSON object.").first).to_be_visible()
    board.dialog.get_by_label("Metadata").fill(json.dumps({"plan": HOSTILE}))
    board.dialog.get_by_label("Nickname").fill("Zoe Castillo")
    board.button("Save").click()
    expect(page.get_by_role("region", name="Metadata")).to_contain_text(HOSTILE)
    board.button("Deactivate").click()
    board.dialog.get_by_role("button", name="Deactivate").click()
    expect(page.get_by_text("deactivated", exact=True)).to_be_visible()
    board.button("Activate").click()
    expect(page.get_by_text("deactivated", exact=True)).to_be_hidden()
    token = board.call("sessions.issue", user_id="zoe")["token"]
    board.button("Sign out everywhere").click()
    board.dialog.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Signed out everywhere.")).to_be_visible()
    assert page.request.post(
        f"{board.person.url}/client/v1/rpc/users.me", data={}, headers={"Authorization": f"Bearer {token}"}
    ).status in (400, 401)
    board.go("users", "Users")
    page.get_by_label("Nickname begins with, or id").fill("zo")
    expect(page.get_by_role("row")).to_have_count(2)
    board.row("Zoe Castillo").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Zoe Castillo", level=1)).to_be_visible()


def test_lists_are_paged(board: Board) -> None:
    for number in range(30):
        board.call("users.create", user_id=f"paged-{number:02}", nickname=f"Paged {number:02}")
    board.go("users?search=Paged", "Users")
    expect(board.page.get_by_role("row")).to_have_count(26)
    board.button("Next page").click()
    expect(board.page.get_by_role("row")).to_have_count(6)
    board.button("Previous page").click()
    expect(board.page.get_by_role("row")).to_have_count(26)


def test_data_are_exported_and_a_user_is_erased_after_their_id_was_typed(board: Board) -> None:
    board.call("users.create", user_id="leaver", nickname="Leaver")
    board.go("users/leaver", "Leaver")
    board.button("Export data").click()
    with board.page.expect_download() as kept:
        board.page.get_by_role("link", name="Download").click()
    assert Path(kept.value.path()).stat().st_size > 0
    board.page.keyboard.press("Escape")
    board.button("Erase").click()
    board.button("Erase for ever").click()
    expect(board.dialog.get_by_role("alert")).to_contain_text("This is not “leaver”.")
    board.page.get_by_label("Type “leaver” to go on").fill("leaver")
    board.button("Erase for ever").click()
    expect(board.page.get_by_role("heading", name="Users", level=1)).to_be_visible()
    until(lambda: not board.call("users.list", active_mode="all", user_ids=["leaver"])["users"])


def test_a_conversation_is_followed_and_steered(board: Board) -> None:
    page = board.page
    for name in ("mona", "carl"):
        board.call("users.create", user_id=name, nickname=name.title())
    board.go("channels", "Channels")
    board.button("New channel").click()
    board.dialog.get_by_label("Name").fill(HOSTILE)
    board.dialog.get_by_label("URL").fill("steered")
    page.get_by_label("Members, or operators").fill("mona, carl")
    board.button("Make channel").click()
    expect(page.get_by_role("heading", name=HOSTILE, level=1)).to_be_visible()
    talk = page.get_by_role("log", name="Conversation")
    expect(talk).to_contain_text("No messages yet.")
    board.call("messages.send", channel_url="steered", user_id="mona", message=HOSTILE, message_type="MESG")
    expect(talk.get_by_role("listitem")).to_contain_text(HOSTILE)
    page.get_by_label("Admin message").fill("Be kind")
    board.button("Post").click()
    expect(talk.get_by_role("listitem").nth(1)).to_contain_text("Be kind")
    talk.get_by_role("button", name="Acts on this message").first.click()
    page.get_by_role("menuitem", name="Delete").click()
    board.dialog.get_by_role("button", name="Delete").click()
    expect(talk.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Acts on Mona").click()
    page.get_by_role("menuitem", name="Mute …").click()
    page.get_by_label("Reason").fill(HOSTILE)
    board.button("Mute").click()
    expect(board.row("Mona")).to_contain_text("muted")
    page.get_by_role("button", name="Acts on Carl").click()
    page.get_by_role("menuitem", name="Ban …").click()
    board.button("Ban").click()
    expect(board.row("Carl")).to_have_count(0)
    board.button("Freeze").click()
    board.dialog.get_by_role("button", name="Freeze").click()
    expect(page.get_by_text("frozen")).to_be_visible()
    board.button("Unfreeze").click()
    expect(page.get_by_text("frozen")).to_be_hidden()
    board.button("Delete").click()
    page.get_by_label("Type “steered” to go on").fill("steered")
    board.dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Channels", level=1)).to_be_visible()


def test_an_open_channel_is_edited(board: Board) -> None:
    board.call("open_channels.create", channel_url="stage", name="Stage")
    board.go("channels?kind=open&search=Sta", "Channels")
    board.row("stage").get_by_role("link").click()
    board.button("Edit").click()
    board.dialog.get_by_label("Name").fill("Town hall")
    board.button("Save").click()
    expect(board.page.get_by_role("heading", name="Town hall", level=1)).to_be_visible()
    expect(board.page.get_by_role("region", name="Participants")).to_contain_text("Nobody is there now.")


def test_what_a_role_may_not_do_is_absent(team: Team, board: Board, come: Callable[..., Person]) -> None:
    board.call("users.create", user_id="watched", nickname="Watched")
    board.ask("PUT", f"/applications/{board.app_id}/team", {"login": "ben", "role": "moderator"})
    ben = Board(come("ben", viewport={"width": 1280, "height": 800}))
    ben.go("users/watched", "Watched")
    expect(ben.page.get_by_role("region", name="Channels")).to_be_visible()
    for name in ("Edit", "Delete", "Erase", "Export data", "Sign out everywhere"):
        expect(ben.button(name)).to_have_count(0)
    board.ask("PUT", f"/applications/{board.app_id}/team", {"login": "ben", "role": "analyst"})
    ben.go("users", "Overview")
    assert ben.pages() == ["Overview", "API console"]
    board.ask("DELETE", f"/applications/{board.app_id}/team/ben")


def test_they_fit_a_phone(come: Callable[..., Person]) -> None:
    board = Board(come("ana", **PHONE))
    for path, title in (("users", "Users"), ("channels", "Channels"), ("channels/general", "General")):
        board.go(path, title)
        assert board.page.evaluate("document.documentElement.scrollWidth") <= 390
