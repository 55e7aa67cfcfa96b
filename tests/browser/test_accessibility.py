"""Every screen is for everybody: axe-core finds nothing serious, and what it cannot find is tried by hand here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Team
from tests.browser.person import Person
from tests.browser.screens import INSIDE, OUTSIDE, TITLE, Visitor
from tests.browser.test_files import choose, payload, picture

pytestmark = pytest.mark.slow

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


# Colours change by way of transitions, however short.
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
    ana.call("pins.add", {**where, "message_id": plan["message_id"]})
    ben.open(TITLE)
    choose(ben, payload("view.png", "image/png", picture(300, 200)), payload("plan.pdf", "application/pdf", b"%PDF-1.7"))
    ben.field.press("Enter")
    ben.message("plan.pdf").locator("a.file").wait_for()
    yield team
    for person in (ana, ben):
        person.page.goto("about:blank")


def look(page: Page, name: str) -> list[str]:
    """What axe-core finds on a screen, in light and in dark."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate(SETTLED)
        found += [f"{name}, {scheme}: {each}" for each in violations(page)]
    return found


@pytest.mark.parametrize(
    ("language", "device"), [("en", DESK), ("en", PHONE), ("ar", DESK)], ids=["desk", "phone", "arabic"]
)
def test_no_screen_keeps_anybody_out(scene: Team, newcomer: Come, language: str, device: dict[str, Any]) -> None:
    ana = scene.people["ana"]
    cookies = ana.context.storage_state()
    options = {"storage_state": {**cookies, "origins": []}, "locale": language, "reduced_motion": "reduce", **device}
    visitor = Visitor(newcomer(ana.url, "ana", **options), language)
    found = []
    for screen in OUTSIDE:
        screen(visitor)
        found += look(visitor.person.page, screen.__name__)
        visitor.person.page.goto("about:blank")
    for screen in INSIDE:
        visitor.converse()
        screen(visitor)
        found += look(visitor.person.page, screen.__name__)
        visitor.person.page.goto("about:blank")
    assert not found, "\n".join(found)
