"""The server goes away and comes back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Team
from tests.browser.person import Person


def test_kill_and_restart_loses_and_doubles_nothing(team: Team, come: Callable[..., Person]) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ana.say("Before the crash")
    ben.sees("Before the crash")
    team.served.kill()
    notice = ana.page.locator(".state-notice")
    expect(notice).to_contain_text("Reconnecting")
    ana.say("While you were gone, one")
    ana.say("While you were gone, two")
    expect(ana.page.locator(".message.pending")).to_have_count(2)
    team.served.start()
    ana.page.get_by_role("button", name="Try now").click()
    ben.sees("While you were gone, two")
    ana.sees("While you were gone, two")
    expect(notice).to_be_hidden()
    for person in (ana, ben):
        texts = person.page.locator(".feed .bubble").all_text_contents()
        assert texts[-3:] == ["Before the crash", "While you were gone, one", "While you were gone, two"]
        assert texts.count("While you were gone, one") == 1
