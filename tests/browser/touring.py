"""A tour of all screens: who goes on it, and what is looked at on each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.conftest import Team
from tests.browser.person import Person
from tests.browser.screens import INSIDE, OUTSIDE, TITLE, Visitor
from tests.browser.test_files import choose, payload, picture

Come = Callable[..., Person]
MARKDOWN = """A plan for `everybody`, see https://example.org:

| When | What |
|---|---|
| Monday | ~~Rest~~ **work** |

- [x] begin
- [ ] end

> quoted

```js
const one = 1;
```"""


# Two frames, and the end of what moves.
SETTLED = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(
    () => Promise.allSettled(document.getAnimations().map((each) => each.finished)))"""


@pytest.fixture(scope="module")
def scene(team: Team) -> Iterator[Team]:
    """A conversation with all kinds of messages."""
    ana, ben = team.people["ana"], team.people["ben"]
    for person in (ana, ben):
        person.arrive()
    channel = ana.call("channels.create", {"user_ids": ["ben"], "name": TITLE, "operator_ids": ["ana"]})
    where = {"channel_url": channel["channel_url"]}
    plan = ben.call("messages.send", {**where, "message": MARKDOWN})
    for message in ("Mine", "🎉", "Later, @ben"):
        ana.call("messages.send", {**where, "message": message})
    ben.call("messages.send", {**where, "message": "An answer", "parent_message_id": plan["message_id"]})
    ana.call("reactions.add", {**where, "message_id": plan["message_id"], "reaction": "👍"})
    poll = ben.call("polls.create", {"title": "Lunch?", "options": ["Noodles", "Soup"]})["id"]
    ben.call("messages.send", {**where, "message": "Lunch?", "poll_id": poll})
    ana.call("polls.vote", {"poll_id": poll, "option_ids": [1]})
    tomorrow = int((time.time() + 86_400) * 1000)
    planned = {**where, "message": "Good morning", "scheduled_at": tomorrow}
    scheduled = ana.call("scheduled_messages.create", planned)["scheduled_message_id"]
    ana.call("pins.add", {**where, "message_id": plan["message_id"]})
    ben.open(TITLE)
    choose(
        ben, payload("view.png", "image/png", picture(300, 200)), payload("plan.pdf", "application/pdf", b"%PDF-1.7")
    )
    ben.field.press("Enter")
    ben.message("plan.pdf").locator("a.file").wait_for()
    yield team
    # Others on this server have conversations and scheduled messages of their own.
    ana.arrive()
    ana.call("scheduled_messages.cancel", {"scheduled_message_id": scheduled})
    ana.call("channels.delete", where)
    for person in (ana, ben):
        person.page.goto("about:blank")


def look(page: Page, name: str) -> list[str]:
    """What axe-core finds on a screen, in light and in dark."""
    found = []
    for scheme in ("light", "dark"):
        page.evaluate("scheme => (document.documentElement.dataset.appearance = scheme)", scheme)
        page.evaluate(SETTLED)
        found += [f"{name}, {scheme}: {each}" for each in violations(page)]
    return found


def tour(visitor: Visitor, look: Callable[[Page, str], list[str]]) -> list[str]:
    """What `look` finds on every screen."""
    found = []
    for screen in [*OUTSIDE, *INSIDE]:
        if screen in INSIDE:
            visitor.converse()
        screen(visitor)
        found += look(visitor.person.page, screen.__name__)
        visitor.person.page.goto("about:blank")
    return found


@pytest.fixture
def visit(scene: Team, newcomer: Come) -> Callable[..., Visitor]:
    """Ana at another device, with nothing kept there."""

    def bring(language: str = "en", **options: Any) -> Visitor:
        ana = scene.people["ana"]
        kept = {**ana.context.storage_state(), "origins": []}
        return Visitor(
            newcomer(ana.url, "ana", storage_state=kept, locale=language, reduced_motion="reduce", **options), language
        )

    return bring
