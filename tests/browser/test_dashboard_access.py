"""Each act of the dashboard's pages as each role: who may does it, and the server shows that it was done.

What a role may not do is absent from the page, and refused by the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.acting import Button, Confirm, Court, Fill, Shown, Step, do, is_there
from tests.browser.acts import ACTS, ALL, BUILD, OWNER, READ, ROLES, furnish
from tests.browser.board import Board
from tests.browser.person import Person

pytestmark = pytest.mark.slow

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
    "Team": OWNER,
    "Whole server": NOBODY,
    "Live": NOBODY,
    "Log": NOBODY,
    "Storage and backups": NOBODY,
    "Configuration": NOBODY,
}
# What only owners of the server ask for.
SERVER: Final = (
    ("POST", "/applications"),
    ("DELETE", "/applications/{}"),
    ("PUT", "/applications/{}/limits"),
    ("PUT", "/applications/{}/limits/files"),
    ("POST", "/server/backups"),
    ("GET", "/server"),
    ("GET", "/server/live"),
    ("GET", "/server/log"),
    ("GET", "/server/settings"),
    ("GET", "/server/diagnostics"),
    ("POST", "/server/statistics"),
)
# What changes nothing is in no audit log.
READING: Final = {"moderation.test", "statistics.ccu"}
# What pages of one thing are called in the sidebar.
_SIDEBAR: Final = {"users": "Users", "channels": "Channels", "push": "Push"}
_CALL = """async ([method, path, body]) => {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`/dashboard/api${path}`, { method, headers, body: body && JSON.stringify(body) });
    return answer.ok ? 0 : (await answer.json()).code;
}"""
_GO = """hash => {
    for (const each of document.querySelectorAll("main > *")) each.dataset.isOld = "true";
    location.hash = hash;
}"""


class Player:
    """Somebody with a role, whose page stays open all the time."""

    def __init__(self, person: Person, app_id: str) -> None:
        self.board = Board(person)
        self.page = self.board.page
        self._app_id = self.board.app_id = app_id
        self._turn = 0
        self.go("overview", "Overview")

    def go(self, path: str, title: str) -> None:
        """Open a page without loading everything anew."""
        self._turn += 1
        mark = "&" if "?" in path else "?"
        self.page.evaluate(_GO, f"#/{self._app_id}/{path}{mark}turn={self._turn}")
        expect(self.page.locator("main > [data-is-old]")).to_have_count(0)
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()
        expect(self.page.locator("main [aria-busy=true]")).to_have_count(0)

    def do(self, *steps: Step) -> None:
        """What a person does on the page that is open."""
        for step in steps:
            do(self.page, step)

    def close(self) -> None:
        """Wait for a form that is being answered, and close what an act left open, such as a secret shown once."""
        expect(self.page.locator("dialog[open] form")).to_have_count(0)
        for _ in range(self.page.locator("dialog[open]").count()):
            self.page.keyboard.press("Escape")

    def refused(self, method: str, path: str, body: object = None) -> bool:
        """Whether the server refuses a request for their role."""
        return bool(self.page.evaluate(_CALL, [method, path, body]) == FORBIDDEN)


@pytest.fixture
def courts(come: Callable[..., Person]) -> Iterator[Callable[[str], Court]]:
    """Makes applications with something to act upon, by Ana, who owns the server."""
    owner, made = Board(come("ana", viewport={"width": 1280, "height": 900})), list[Court]()

    def make(name: str) -> Court:
        made.append(Court(owner, name))
        return made[-1]

    yield make
    for court in made:
        owner.ask("DELETE", f"/applications/{court.app_id}")


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_what_it_may_and_is_refused_the_rest(
    courts: Callable[[str], Court], come: Callable[..., Person], role: str
) -> None:
    court = courts(f"Court of {role}")
    furnish(court)
    court.ask("PUT", f"/applications/{court.app_id}/team", {"login": "ben", "role": role})
    player = Player(come("ben", viewport={"width": 1280, "height": 900}), court.app_id)
    pages = [title for title, roles in PAGES.items() if role in roles]
    assert player.board.pages() == pages
    for act in ACTS:
        if role in act.roles:
            act.before(court)
        if _SIDEBAR.get(act.path.split("/")[0].split("?")[0], act.title) in pages:
            player.go(act.path, act.title)
            assert is_there(player.page, act.begin) == (role in act.roles), f"{role}: {act}"
        if role in act.roles:
            player.do(*act.steps)
            court.wait(act.seen, f"{role}: {act}")
            player.close()
        else:
            assert player.refused("POST", f"/applications/{court.app_id}/rpc/{act.command}", {}), f"{role}: {act}"
    done = {act.command for act in ACTS if role in act.roles} - READING
    assert court.noted("ben") == done


def test_who_owns_an_application_chooses_its_team(courts: Callable[[str], Court], come: Callable[..., Person]) -> None:
    court = courts("Team")
    path = f"/applications/{court.app_id}/team"
    court.ask("PUT", path, {"login": "ben", "role": "owner"})
    player = Player(come("ben", viewport={"width": 1280, "height": 900}), court.app_id)

    def roles() -> dict[str, str]:
        return {each["login"]: each["role"] for each in court.ask("GET", path)["members"]}

    player.go("team", "Team")
    player.do(Button("Add somebody"), Fill("Login", "ana"), Confirm("Add"))
    court.wait(lambda _: roles() == {"ana": "analyst", "ben": "owner"}, "added")
    player.page.get_by_label("Role of ana").select_option("moderator")
    court.wait(lambda _: roles()["ana"] == "moderator", "changed")
    player.do(Button("Remove", "row", "ana"), Confirm("Remove"))
    court.wait(lambda _: roles() == {"ben": "owner"}, "removed")
    assert not is_there(player.page, Button("Delete this application"))
    player.go("limits", "Limits and retention")
    assert not is_there(player.page, Button("Save backends"))
    for method, asked in SERVER:
        assert player.refused(method, asked.format(court.app_id), {"app_name": "x"} if method == "POST" else None)
    for role in ROLES[1:]:
        court.ask("PUT", path, {"login": "ben", "role": role})
        assert player.refused("PUT", path, {"login": "ana", "role": "owner"})
        assert player.refused("DELETE", f"{path}/ana")


def test_who_owns_the_server_makes_and_deletes_applications(
    courts: Callable[[str], Court], come: Callable[..., Person]
) -> None:
    court = courts("First")
    player = Player(come("ana", viewport={"width": 1280, "height": 900}), court.app_id)

    def names() -> list[str]:
        return [each["app_name"] for each in court.ask("GET", "/me")["applications"]]

    player.go("team", "Team")
    player.do(Button("New application"), Fill("Name", "Second"), Confirm("Make application"), Shown("API token"))
    court.wait(lambda _: "Second" in names(), "made")
    player.close()
    made = next(each for each in court.ask("GET", "/me")["applications"] if each["app_name"] == "Second")
    second = Player(player.board.person, made["app_id"])
    second.go("team", "Team")
    second.do(Button("Delete this application"), Fill(f"Type “{made['app_name']}” to go on", made["app_name"]))
    second.do(Confirm("Delete application"))
    court.wait(lambda _: "Second" not in names(), "deleted")
