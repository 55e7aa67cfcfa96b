"""A server, a browser, and two people who have accounts: Ana, the owner, and Ben."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.browser.person import Person
from tests.browser.served import Served
from tests.conftest import CHROMIUM

DESK = {"viewport": {"width": 1200, "height": 760}}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


@dataclass
class Team:
    """The shared server and the cookies of those who have accounts there."""

    served: Served
    cookies: dict[str, StorageState]


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
    cookies = {}
    link = served.link
    for login, name in (("ana", "Ana Ribeiro"), ("ben", "Ben Okafor")):
        person = Person(browser.new_context(**DESK), served.url, login)
        person.join(link, name)
        link = person.invite()
        cookies[login] = person.context.storage_state()
        person.context.close()
    yield Team(served, cookies)
    served.stop()


@pytest.fixture
def come(team: Team, newcomer: Callable[..., Person]) -> Callable[..., Person]:
    """Brings Ana or Ben to the page, signed in."""

    def bring(login: str, **options: Any) -> Person:
        person = newcomer(team.served.url, login, storage_state=team.cookies[login], **options)
        person.arrive()
        return person

    return bring


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A server nobody has used."""
    served = Served(tmp_path)
    yield served
    served.stop()
