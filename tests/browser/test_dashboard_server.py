"""The dashboard's pages about the server itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.board import HOSTILE, Board
from tests.browser.conftest import PHONE
from tests.browser.person import Person, until
from tests.served import Served

pytestmark = pytest.mark.slow
SERVER_PAGES = {"Live", "Log", "Storage and backups", "Configuration"}


@pytest.fixture
def board(come: Callable[..., Person]) -> Board:
    """Ana, who owns the server, at the dashboard."""
    return Board(come("ana", viewport={"width": 1280, "height": 800}))


def test_live_figures_move_and_problems_say_what_helps(board: Board) -> None:
    board.go("live", "Live")
    expect(board.page.get_by_role("status")).to_contain_text("There are no backups on a schedule.")
    # Others may be there too.
    here = board.ask("GET", "/server/live")["now"]["connections"]
    for _ in range(3):
        board.person.context.new_page().goto(board.person.url)
    connections = board.page.locator(".figure").filter(has_text="Connections").locator("strong")
    expect(connections).not_to_have_text(str(here))
    expect(board.page.locator(".figure").filter(has_text="Frames per second").locator("polyline")).to_be_visible()


def test_the_log_is_narrowed(board: Board) -> None:
    board.go("log", "Log")
    lines = board.page.get_by_role("list", name="Log").get_by_role("listitem")
    expect(lines.filter(has_text="listening")).to_have_count(1)
    field = board.page.get_by_label("Find in the log")
    field.fill(HOSTILE)
    field.press("Enter")
    expect(board.page.get_by_text("No such lines.")).to_be_visible()
    board.page.get_by_label("Level").select_option("error")
    field.fill("")
    field.press("Enter")
    expect(board.page.get_by_text("No such lines.")).to_be_visible()
    board.page.reload()
    expect(board.page.get_by_label("Level")).to_have_value("error")


def test_what_is_stored_is_listed_and_the_bundle_kept(board: Board) -> None:
    board.go("storage", "Storage and backups")
    expect(board.row("accounts").first).to_be_visible()
    expect(board.page.get_by_text("There is no schedule")).to_be_visible()
    upgrade = board.page.get_by_role("region", name="Upgrade")
    expect(upgrade).to_contain_text("backups-before-upgrade")
    upgrade.get_by_text("What is new in").click()
    expect(upgrade.get_by_role("listitem").filter(has_text="Real-time gateway")).to_be_visible()
    expect(board.button("Back up now")).to_have_count(0)
    with board.page.expect_download() as kept:
        board.page.get_by_role("link", name="Diagnostics").click()
    assert json.loads(Path(kept.value.path()).read_text("utf-8")).keys() >= {"server", "live", "settings", "log"}


def test_settings_are_found(board: Board) -> None:
    board.go("configuration", "Configuration")
    board.page.get_by_label("Find a setting").fill("ping")
    expect(board.page.get_by_text("ping_seconds").first).to_be_visible()
    expect(board.page.get_by_text("max_body_bytes")).to_have_count(0)
    board.page.get_by_label("Find a setting").fill("no such thing")
    expect(board.page.get_by_text("No setting is called so.")).to_be_visible()


def test_others_do_not_see_it(board: Board, come: Callable[..., Person]) -> None:
    board.go("overview", "Overview")
    assert set(board.pages()) >= SERVER_PAGES | {"Whole server"}
    board.ask("PUT", f"/applications/{board.app_id}/team", {"login": "ben", "role": "admin"})
    ben = Board(come("ben", viewport={"width": 1280, "height": 800}))
    expect(ben.page.get_by_role("heading", name="Overview", level=1)).to_be_visible()
    assert not set(ben.pages()) & SERVER_PAGES
    board.ask("DELETE", f"/applications/{board.app_id}/team/ben")


def test_it_fits_a_phone(come: Callable[..., Person]) -> None:
    board = Board(come("ana", **PHONE))
    for path, title in (
        ("live", "Live"),
        ("log", "Log"),
        ("storage", "Storage and backups"),
        ("configuration", "Configuration"),
    ):
        board.go(path, title)
        expect(board.page.locator("[aria-busy]")).to_have_count(0)
        assert board.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_backup_is_written_when_it_is_asked_for(newcomer: Callable[..., Person], tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[backup]\ndirectory = "{tmp_path / "backups"}"\n')
    served = Served(tmp_path, config)
    try:
        ana = newcomer(served.url, "ana")
        ana.join(served.link, "Ana")
        board = Board(ana)
        until(lambda: backups(board) > 0)
        before = backups(board)
        board.go("storage", "Storage and backups")
        expect(board.page.get_by_text("To go back to one, stop chatd")).to_be_visible()
        board.button("Back up now").click()
        expect(board.page.get_by_text("A backup is being written.")).to_be_visible()
        until(lambda: backups(board) > before)
    finally:
        served.stop()


def backups(board: Board) -> int:
    """How many there are."""
    return len(board.ask("GET", "/server")["backups"]["list"])
