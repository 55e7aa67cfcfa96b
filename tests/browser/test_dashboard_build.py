"""The dashboard's tools for those who build: tokens, webhooks, bots, push, the console; and the team."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.board import HOSTILE, Board
from tests.browser.person import Person, until

pytestmark = pytest.mark.slow


@pytest.fixture
def board(come: Callable[..., Person]) -> Board:
    """Ana, who owns the server, at the dashboard."""
    return Board(come("ana", viewport={"width": 1280, "height": 800}))


def test_a_token_is_shown_once_and_ended(board: Board) -> None:
    page = board.page
    board.go("tokens", "API tokens")
    board.button("New token").click()
    page.get_by_label("What it is for").fill(HOSTILE)
    board.button("Make token").click()
    token = page.get_by_role("textbox", name="API token").input_value()
    users = f"{board.person.url}/v3/users"
    assert page.request.get(users, headers={"Api-Token": token}).ok
    page.keyboard.press("Escape")
    board.row(HOSTILE).get_by_role("button", name="End").click()
    board.button("End token").click()
    expect(board.row(HOSTILE)).to_have_count(0)
    assert not page.request.get(users, headers={"Api-Token": token}).ok


def test_a_webhook_is_set_and_what_failed_is_seen(board: Board) -> None:
    page = board.page
    board.go("webhooks", "Webhooks")
    page.get_by_label("Tell this address what happens").check()
    page.get_by_role("textbox", name="Address").fill("https://chatd.invalid/hook")
    page.get_by_label("Categories").fill("*")
    board.button("Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    board.button("Send a test").click()
    expect(page.get_by_text("A test is on its way.")).to_be_visible()
    attempts = page.get_by_role("region", name="Attempts")
    until(lambda: board.call("deliveries.list_attempts")["attempts"])
    attempts.get_by_role("button", name="Reload").click()
    expect(attempts.get_by_text("failed").first).to_be_visible()
    board.call("webhooks.update", enabled=False)


def test_a_bot_is_made_and_deleted(board: Board) -> None:
    page = board.page
    board.go("bots", "Bots")
    board.button("New bot").click()
    page.get_by_label("Id", exact=True).fill("robo")
    page.get_by_label("Nickname").fill(HOSTILE)
    board.button("Make bot").click()
    expect(page.get_by_role("textbox", name="Bot token")).not_to_have_value("")
    page.keyboard.press("Escape")
    board.row("robo").get_by_role("link").click()
    expect(page.get_by_role("heading", name="robo", level=1)).to_be_visible()
    board.go("bots", "Bots")
    page.get_by_role("button", name="Acts on robo").click()
    page.get_by_role("menuitem", name="Delete …").click()
    page.get_by_label("Type “robo” to go on").fill("robo")
    board.button("Delete").click()
    expect(page.get_by_text("No bots.")).to_be_visible()


def test_notifications_are_turned_off_and_on(board: Board) -> None:
    board.go("push", "Push notifications")
    board.button("Turn off").click()
    board.dialog.get_by_role("button", name="Turn off").click()
    board.button("Turn on").click()
    expect(board.button("Turn off")).to_be_visible()
    board.button("Send a test").click()
    board.page.get_by_label("User (id)").fill("ana")
    board.button("Send").click()
    expect(board.dialog.get_by_role("alert")).to_contain_text("no device")
    board.page.keyboard.press("Escape")


def test_the_console_runs_a_command_and_says_it_for_the_shell(board: Board) -> None:
    page = board.page
    board.go("console", "API console")
    page.get_by_label("Find a command").fill("users.create")
    page.get_by_role("complementary", name="Commands").get_by_role("link", name="users.create", exact=True).click()
    page.get_by_label("user_id *").fill("typed")
    page.get_by_label("nickname *").fill("It's <b>")
    shell = page.get_by_role("region", name="Shell")
    expect(shell).to_contain_text("curl -X POST")
    expect(shell).to_contain_text("""It'\\''s <b>""")
    board.button("Run").click()
    expect(page.get_by_role("region", name="Answer")).to_contain_text('"user_id": "typed"')
    board.button("Run").click()
    expect(page.get_by_role("region", name="Answer")).to_contain_text("400202")


def test_a_role_is_given_changed_and_taken(board: Board, come: Callable[..., Person]) -> None:
    page = board.page
    board.go("team", "Team")
    board.button("Add somebody").click()
    page.get_by_label("Login").fill("ben")
    page.get_by_label("Role", exact=True).select_option("developer")
    board.button("Add").click()
    expect(board.row("ben")).to_be_visible()
    ben = Board(come("ben", viewport={"width": 1280, "height": 800}))
    ben.go("tokens", "API tokens")
    assert "Team" not in ben.pages()
    assert "Reports" in ben.pages()
    page.get_by_label("Role of ben").select_option("moderator")
    expect(page.get_by_text("ben is moderator now.")).to_be_visible()
    ben.go("reports", "Reports")
    assert {"API tokens", "Webhooks", "Bots", "Push"}.isdisjoint(ben.pages())
    board.row("ben").get_by_role("button", name="Remove").click()
    board.dialog.get_by_role("button", name="Remove").click()
    expect(board.row("ben")).to_have_count(0)


def test_lines_to_begin_with_are_of_this_server(board: Board) -> None:
    board.go("start", "Get started")
    snippets = board.page.get_by_role("region", name="Snippets")
    expect(snippets).to_contain_text(f'import {{ Chat }} from "{board.person.url}/sdk/chatd.js";')
    expect(snippets).to_contain_text(f"{board.person.url}/v3/")
    expect(board.page.get_by_role("region", name="This application")).to_contain_text(board.app_id)


def test_limits_and_retention_are_changed(board: Board) -> None:
    page = board.page
    before = board.call("retention.view")
    board.go("limits", "Limits and retention")
    page.get_by_label("Hours that messages are kept").fill("876000")
    board.button("Save retention").click()
    board.dialog.get_by_role("button", name="Change").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert board.call("retention.view") == before | {"message_retention_hours": 876000}
    page.get_by_label("Messages that a user may send").fill("20")
    page.get_by_role("region", name="Pace").get_by_label("Within so many seconds").first.fill("1")
    board.button("Save pace").click()
    expect(page.get_by_text("Saved. It holds from the next message on.")).to_be_visible()
    assert (board.call("pace.view")["messages"], board.call("pace.view")["seconds"]) == (20, 1)
    board.call("pace.update", messages=0, seconds=0)
    page.get_by_label("Calls a second that read").fill("900")
    board.button("Save backends").click()
    expect(page.get_by_text("Saved. It holds from the next call on.")).to_be_visible()
    limits = board.ask("GET", f"/applications/{board.app_id}/limits")
    assert (limits["reads_per_second"], limits["writes_per_second"]) == (900, None)
    page.get_by_label("MiB that files of all users may take").fill("1.5")
    board.button("Save files").click()
    expect(page.get_by_text("Saved. It holds from the next upload on.")).to_be_visible()
    limits = board.ask("GET", f"/applications/{board.app_id}/limits")
    assert (limits["max_file_bytes"], limits["max_file_bytes_per_user"]) == (3 * 2**19, None)
    none = {"max_file_bytes": None, "max_file_bytes_per_user": None}
    board.ask("PUT", f"/applications/{board.app_id}/limits/files", none)
    board.ask("PUT", f"/applications/{board.app_id}/limits", {"reads_per_second": None, "writes_per_second": None})
    board.call("retention.update", **before)
