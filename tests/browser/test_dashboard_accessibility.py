"""axe-core finds nothing on any page of the dashboard: at a desk and on a phone, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.board import Board
from tests.browser.conftest import PHONE
from tests.browser.person import Person
from tests.browser.touring import SETTLED

pytestmark = pytest.mark.slow

PAGES = {
    "overview": "Overview",
    "users": "Users",
    "users/axel": "Axel",
    "channels": "Channels",
    "channels/forum": "Forum",
    "reports": "Reports",
    "banned": "Banned and muted",
    "messages": "Messages",
    "filters": "Filters",
    "audit": "Audit log",
    "start": "Get started",
    "tokens": "API tokens",
    "webhooks": "Webhooks",
    "bots": "Bots",
    "push": "Push notifications",
    "console/users.list": "API console",
    "limits": "Limits and retention",
    "team": "Team",
    "whole": "Whole server",
    "live": "Live",
    "log": "Log",
    "storage": "Storage and backups",
    "configuration": "Configuration",
}
DESK = {"viewport": {"width": 1280, "height": 860}}
SCHEMES: Final[list[Literal["light", "dark"]]] = ["light", "dark"]


@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(come: Callable[..., Person], device: dict[str, Any]) -> None:
    board = Board(come("ana", reduced_motion="reduce", **device))
    board.app_id = board.ask("POST", "/applications", {"app_name": "Axe"})["app_id"]
    fill(board)
    found: list[str] = []
    for path, title in PAGES.items():
        board.go(path, title)
        expect(board.page.locator("main [aria-busy=true]")).to_have_count(0)
        for scheme in SCHEMES:
            board.page.emulate_media(color_scheme=scheme)
            board.page.evaluate(SETTLED)
            found += [f"{path}, {scheme}: {each}" for each in violations(board.page)]
    board.ask("DELETE", f"/applications/{board.app_id}")
    # axe-core sets styles that the policy of the pages does not let through.
    board.person.complaints.clear()
    assert not found, "\n".join(found)


def fill(board: Board) -> None:
    """Something of everything that is in tables and lists."""
    for user_id in ("axel", "axelle"):
        board.call("users.create", user_id=user_id, nickname=user_id.title())
    board.call("channels.create", channel_url="forum", name="Forum", user_ids=["axel", "axelle"])
    sent = board.call("messages.send", channel_url="forum", user_id="axelle", message="Hm", message_type="MESG")
    board.call("messages.report", channel_url="forum", message_id=sent["message_id"], report_category="spam")
    board.call("mutes.add", channel_url="forum", user_id="axelle")
    board.call("users.create", user_id="gone", nickname="Gone")
    board.call("bans.add", channel_url="forum", user_id="gone", description="Loud")
    board.call("moderation.update", custom_type="shop", max_message_length=100)
    bot = {"bot_userid": "robo", "bot_nickname": "Robo", "bot_callback_url": "", "bot_profile_url": ""}
    board.call("bots.create", **bot, is_privacy_mode=False, bot_type="t")
