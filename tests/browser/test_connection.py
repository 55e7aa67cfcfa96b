"""The server goes away and comes back, and the stream cannot always be continued."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import DESK, Team
from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]


@pytest.mark.slow
def test_kill_and_restart_loses_and_doubles_nothing(team: Team, come: Come) -> None:
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
    ana.page.get_by_role("button", name="Try now").click()
    team.served.start()
    ben.sees("While you were gone, two")
    ana.sees("While you were gone, two")
    expect(notice).to_be_hidden()
    for person in (ana, ben):
        texts = person.page.locator(".feed .bubble").all_text_contents()
        assert texts[-3:] == ["Before the crash", "While you were gone, one", "While you were gone, two"]
        assert texts.count("While you were gone, one") == 1


class Line:
    """Stands between a page and the server: it can be deaf, and it spoils the place from which to continue."""

    def __init__(self) -> None:
        self.deaf = False
        self.recovers = 0
        self.route: WebSocketRoute | None = None

    def connect(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        self.route = route
        route.on_message(lambda message: server.send(self._spoiled(str(message))))
        server.on_message(lambda message: None if self.deaf else route.send(message))

    def _spoiled(self, message: str) -> str:
        commands = [json.loads(line) for line in message.split("\n")]
        for command in commands:
            if command.get("subscribe", {}).get("recover"):
                command["subscribe"]["epoch"] = "gone"
                self.recovers += 1
        return "\n".join(json.dumps(command) for command in commands)


@pytest.mark.slow
def test_what_was_missed_for_good_is_loaded_again(come: Come) -> None:
    ana, ben = come("ana", **DESK), come("ben")
    line = Line()
    ana.page.route_web_socket("**/connection/websocket", line.connect)
    ana.arrive()
    ana.open("General")
    ben.open("General")
    ben.say("Heard")
    ana.sees("Heard")
    line.deaf = True
    ben.say("Missed one")
    ben.say("Missed two")
    ben.sees("Missed two")
    assert line.route is not None
    line.route.close()
    line.deaf = False
    ana.sees("Missed two")
    assert line.recovers > 0
    texts = ana.page.locator(".feed .bubble").all_text_contents()
    assert texts[-3:] == ["Heard", "Missed one", "Missed two"]
