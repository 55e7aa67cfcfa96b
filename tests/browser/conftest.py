"""A server, a browser, and two people who have accounts: Ana, the owner, and Ben."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.person import Person
from tests.conftest import CHROMIUM
from tests.served import Served

# Pages without their worker, which would fetch all of a page each time somebody comes with a browser of their own.
DESK = {"viewport": {"width": 1200, "height": 760}, "service_workers": "block"}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


@dataclass
class Team:
    """The shared server, and those who have accounts there at their desks."""

    served: Served
    people: dict[str, Person]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[Callable[..., Person]]:
    """Makes people without a cookie; at the end none of their pages may have complained."""
    people: list[Person] = []

    def make(url: str, login: str, **options: Any) -> Person:
        people.append(Person(browser.new_context(**(DESK | options)), url, login))
        return people[-1]

    yield make
    for person in people:
        person.context.close()
    assert [person.complaints for person in people] == [[] for _ in people]


@pytest.fixture(scope="session")
def team(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """Ana and Ben have signed up."""
    served = Served(tmp_path_factory.mktemp("team"))
    people = {}
    link = served.link
    for login, name in (("ana", "Ana Ribeiro"), ("ben", "Ben Okafor")):
        person = people[login] = Person(browser.new_context(**DESK), served.url, login)
        person.join(link, name)
        link = person.invite()
    yield Team(served, people)
    for person in people.values():
        person.context.close()
    served.stop()


@pytest.fixture
def come(team: Team, newcomer: Callable[..., Person]) -> Iterator[Callable[..., Person]]:
    """Brings Ana or Ben to the page, signed in: at their desk, or with options in a browser of its own."""

    def bring(login: str, **options: Any) -> Person:
        desk = team.people[login]
        cookies = desk.context.storage_state()
        person = newcomer(team.served.url, login, storage_state=cookies, **options) if options else desk
        person.arrive()
        return person

    yield bring
    complaints = [person.complaints.copy() for person in team.people.values()]
    for person in team.people.values():
        person.page.goto("about:blank")
        person.complaints.clear()
    assert complaints == [[], []]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A server nobody has used."""
    served = Served(tmp_path)
    yield served
    served.stop()
