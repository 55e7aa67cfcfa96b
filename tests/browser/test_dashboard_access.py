"""Each act of the dashboard's pages as each role: what a role may not do is absent, and refused by the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.board import Board
from tests.browser.person import Person

pytestmark = pytest.mark.slow

ROLES: Final = ("owner", "admin", "moderator", "developer", "analyst")
ALL: Final = frozenset(ROLES)
LEAD: Final = frozenset({"owner", "admin"})
KEEP: Final = LEAD | {"moderator"}
BUILD: Final = LEAD | {"developer"}
READ: Final = KEEP | BUILD
NOBODY: Final = frozenset[str]()
FORBIDDEN: Final = 400108

# The pages of the sidebar, and who has them. Those of the server are for its owners alone.
PAGES: Final = {
    "Overview": ALL,
    "Users": READ,
    "Channels": READ,
    "Reports": READ,
    "Banned and muted": READ,
    "Messages": READ,
    "Filters": READ,
    "Audit log": READ,
    "Get started": BUILD,
    "API tokens": BUILD,
    "Webhooks": BUILD,
    "Bots": BUILD,
    "Push": BUILD,
    "API console": ALL,
    "Limits and retention": READ,
    "Team": frozenset({"owner"}),
    "Whole server": NOBODY,
    "Live": NOBODY,
    "Log": NOBODY,
    "Storage and backups": NOBODY,
    "Configuration": NOBODY,
}


class Act(NamedTuple):
    """A button of a page, or an item of a menu there: who has it, and the command that it calls."""

    name: str
    command: str
    roles: frozenset[str]
    is_in_menu: bool = False


# What is on each page, by its address and title.
ACTS: Final[dict[tuple[str, str], tuple[Act, ...]]] = {
    ("users", "Users"): (Act("New user", "users.create", BUILD),),
    ("users/troy", "Troy"): (
        Act("Edit", "users.update", BUILD),
        Act("Deactivate", "users.update", BUILD),
        Act("Sign out everywhere", "sessions.revoke", BUILD),
        Act("Export data", "privacy.create", LEAD),
        Act("Delete", "users.delete", LEAD),
        Act("Erase", "users.erase", LEAD),
        Act("Lift", "bans.remove", KEEP),
    ),
    ("channels", "Channels"): (Act("New channel", "channels.create", BUILD),),
    ("channels/court", "Court"): (
        Act("Edit", "channels.update", BUILD),
        Act("Freeze", "channels.freeze", KEEP | BUILD),
        Act("Delete", "channels.delete", LEAD),
        Act("Add", "channels.invite", BUILD),
        Act("Post", "messages.send", BUILD),
        Act("Lift", "bans.remove", KEEP),
        Act("Mute …", "mutes.add", KEEP, is_in_menu=True),
        Act("Ban …", "bans.add", KEEP, is_in_menu=True),
        Act("Delete", "messages.delete", KEEP | BUILD, is_in_menu=True),
        Act("Make operator", "operators.add", LEAD, is_in_menu=True),
        Act("Mute the sender …", "mutes.add", KEEP, is_in_menu=True),
        Act("Ban the sender …", "bans.add", KEEP, is_in_menu=True),
    ),
    ("reports", "Reports"): (
        Act("Dismiss", "reports.update", KEEP),
        Act("Resolve", "reports.update", KEEP),
        Act("Mute …", "mutes.add", KEEP),
        Act("Ban …", "bans.add", KEEP),
        Act("Delete message", "messages.delete", KEEP | BUILD),
    ),
    ("banned", "Banned and muted"): (Act("Lift", "bans.remove", KEEP),),
    ("filters", "Filters"): (
        Act("Save", "moderation.update", KEEP),
        Act("Remove", "moderation.remove", LEAD),
        Act("Try", "moderation.test", READ),
    ),
    ("tokens", "API tokens"): (
        Act("New token", "api_tokens.create", BUILD),
        Act("End", "api_tokens.delete", BUILD),
    ),
    ("webhooks", "Webhooks"): (
        Act("Send a test", "webhooks.test", BUILD),
        Act("Save", "webhooks.update", BUILD),
        Act("Send all again", "deliveries.resend", BUILD),
        Act("Forget all", "deliveries.drop", BUILD),
    ),
    ("bots", "Bots"): (
        Act("New bot", "bots.create", BUILD),
        Act("Edit …", "bots.update", BUILD, is_in_menu=True),
        Act("Delete …", "bots.delete", BUILD, is_in_menu=True),
    ),
    ("limits", "Limits and retention"): (
        Act("Save retention", "retention.update", LEAD),
        Act("Save pace", "pace.update", KEEP),
    ),
    ("push", "Push notifications"): (
        Act("Send a test", "push.test", BUILD),
        Act("Turn off", "push.update_settings", BUILD),
        Act("Key for browsers", "push.web_key", BUILD),
    ),
}
_CALL = """async ([path, body]) => {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`/dashboard/api${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return answer.ok ? 0 : (await answer.json()).code;
}"""


@pytest.fixture
def court(come: Callable[..., Person]) -> Iterator[Board]:
    """Ana, who owns the server, in an application with something to act upon; Ben has an account."""
    board = Board(come("ana", viewport={"width": 1280, "height": 900}))
    board.app_id = board.ask("POST", "/applications", {"app_name": "Court"})["app_id"]
    for user_id in ("tess", "troy"):
        board.call("users.create", user_id=user_id, nickname=user_id.title())
    board.call("channels.create", channel_url="court", name="Court", user_ids=["tess", "troy"])
    board.call("channels.create", channel_url="cell", name="Cell", user_ids=["tess"])
    sent = board.call("messages.send", channel_url="court", user_id="troy", message="Rude", message_type="MESG")
    board.call("messages.report", channel_url="court", message_id=sent["message_id"], report_category="spam")
    board.call("bans.add", channel_url="cell", user_id="troy")
    board.call("users.create", user_id="gone", nickname="Gone")
    board.call("bans.add", channel_url="court", user_id="gone")
    board.call("moderation.update", custom_type="shop", max_message_length=100)
    bot = {"bot_userid": "robo", "bot_nickname": "Robo", "bot_callback_url": "", "bot_profile_url": ""}
    board.call("bots.create", **bot, is_privacy_mode=False, bot_type="t")
    board.call("push.update_settings", push_enabled=True)
    yield board
    board.ask("DELETE", f"/applications/{board.app_id}")


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_what_it_may_and_is_refused_the_rest(court: Board, come: Callable[..., Person], role: str) -> None:
    court.ask("PUT", f"/applications/{court.app_id}/team", {"login": "ben", "role": role})
    person = come("ben", viewport={"width": 1280, "height": 900})
    person.page.goto(f"{person.url}/dashboard")
    board = Board(person)
    board.app_id = court.app_id
    board.go("overview", "Overview")
    assert board.pages() == [title for title, roles in PAGES.items() if role in roles]
    for (path, title), acts in ACTS.items():
        page = {"Troy": "Users", "Court": "Channels", "Push notifications": "Push"}.get(title, title)
        if role in PAGES[page]:
            check_page(board, role, path, title, acts)
        for act in acts:
            code = board.page.evaluate(_CALL, [f"/applications/{board.app_id}/rpc/{act.command}", {}])
            assert (code == FORBIDDEN) == (role not in act.roles), f"{role}: {act.command}: {code}"


def check_page(board: Board, role: str, path: str, title: str, acts: tuple[Act, ...]) -> None:
    """A page has exactly those of its acts that a role may do."""
    board.go(path, title)
    expect(board.page.locator("main [aria-busy=true]")).to_have_count(0)
    seen = items(board) if any(act.is_in_menu for act in acts) else set()
    for act in acts:
        button = board.page.locator("main").get_by_role("button", name=act.name, exact=True)
        is_there = act.name in seen if act.is_in_menu else button.count() > 0
        assert is_there == (role in act.roles), f"{role} at {path}: {act.name}"


def items(board: Board) -> set[str]:
    """What the menus of the page offer."""
    found: set[str] = set()
    for menu in board.page.locator("main button[aria-haspopup=menu]").all():
        menu.click()
        found.update(board.page.get_by_role("menuitem").all_inner_texts())
        board.page.keyboard.press("Escape")
    return found
