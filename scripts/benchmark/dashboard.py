"""What an open dashboard costs the server: processor time and stalls with and without, under the same load."""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any, Final, NamedTuple

import httpx
from backend import Backend
from beside import Beside
from server import Server
from stalls import lag, longest
from steady import Steady, writers
from swarm import Swarm

LOGIN, PASSWORD = "owner", "correct horse battery"
# What the pages ask again and again while they are looked at, and after how many seconds: see chatd/web/dashboard.
LIVE: Final = (2.0, "GET", "/server/live?brief=true", {})
LIVE_TABLES: Final = (10.0, "GET", "/server/live", {})
LOG: Final = (3.0, "GET", "/server/log?after={after}", {})
CONNECTIONS: Final = (10.0, "POST", "/applications/{app_id}/rpc/statistics.ccu", {})
CONVERSATION: Final = (
    3.0,
    "POST",
    "/applications/{app_id}/rpc/messages.list",
    {"channel_url": "notes-user0", "next_limit": 0, "prev_limit": 50, "message_ts": 2**53 - 1},
)
PAGES: Final = (LIVE, LIVE_TABLES, LOG, CONNECTIONS, CONVERSATION)


class Window(NamedTuple):
    """A time of load: processor seconds per second, milliseconds to acknowledgements, and late wake-ups by bound."""

    cpu: float
    p99: float
    late: dict[str, int]


class Dashboard(Beside):
    """Somebody who has every page open that follows what happens, each in a tab, while the block runs."""

    def __init__(self, port: int) -> None:
        super().__init__()
        url = f"http://127.0.0.1:{port}"
        self._client = httpx.Client(base_url=url, headers={"Origin": url})
        self._client.post("/auth/sign_in", json={"login": LOGIN, "password": PASSWORD}).raise_for_status()
        self._app_id = self._ask("GET", "/me")["applications"][0]["app_id"]
        self._after = 0
        self.requests = 0

    def work(self) -> None:
        """Ask for each page when it is due."""
        due = {page: time.monotonic() for page in range(len(PAGES))}
        while not self.over.wait(max(0.0, min(due.values()) - time.monotonic())):
            page = min(due, key=lambda each: due[each])
            seconds, method, path, params = PAGES[page]
            due[page] += seconds
            found = self._ask(method, path.format(app_id=self._app_id, after=self._after), params)
            self._after = max((line["number"] for line in found.get("lines", ())), default=self._after)
            self.requests += 1

    def _ask(self, method: str, path: str, params: dict[str, Any] | None = None) -> Any:
        answer = self._client.request(method, f"/dashboard/api{path}", json=params or None)
        answer.raise_for_status()
        return answer.json()


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Windows without and with an open dashboard in turn, beside idle connections and messages at a steady rate."""
    with Server() as server:
        server.run("account", "create", LOGIN, "--role", "owner", typed=PASSWORD)
        backend = Backend(server.port, server.token)
        idle = Swarm(server.port, b"none")
        idle.connect(backend.make_users([f"idle{number}" for number in range(options.connections)]), {})
        steady = writers(server.port, backend)
        steady.run(options.rate, options.window_seconds)
        dashboard = Dashboard(server.port)
        closed, opened = _windows(server, steady, dashboard, options)
        steady.close()
        idle.close()
    asked = {"connections": options.connections, "requests of the dashboard": dashboard.requests}
    return asked | _figures(closed, opened)


def _windows(
    server: Server, steady: Steady, dashboard: Dashboard, options: argparse.Namespace
) -> tuple[list[Window], list[Window]]:
    closed, opened = [], []
    for number in range(options.windows):
        # Whatever grows while it runs falls on both alike.
        for is_open in (False, True) if number % 2 else (True, False):
            if is_open:
                with dashboard:
                    opened.append(_window(server, steady, options))
            else:
                closed.append(_window(server, steady, options))
        print(f"  processor {closed[-1].cpu:.3f} without, {opened[-1].cpu:.3f} with the dashboard", flush=True)
    return closed, opened


def _window(server: Server, steady: Steady, options: argparse.Namespace) -> Window:
    late, cpu, began = lag(server.port), server.cpu_seconds, time.perf_counter()
    waits = steady.run(options.rate, options.window_seconds)
    cpu, seconds = server.cpu_seconds - cpu, time.perf_counter() - began
    after = lag(server.port)
    return Window(cpu / seconds, waits.p99, {bound: count - late[bound] for bound, count in after.items()})


def _figures(closed: list[Window], opened: list[Window]) -> dict[str, Any]:
    costs = [(opened_.cpu - without.cpu) * 100 for without, opened_ in zip(closed, opened, strict=True)]
    found: dict[str, Any] = {
        "percent of a processor that it costs, median": round(statistics.median(costs), 2),
        "least": round(min(costs), 2),
        "most": round(max(costs), 2),
    }
    for name, windows in (("without", closed), ("with", opened)):
        late = {bound: sum(each.late[bound] for each in windows) for bound in windows[0].late}
        found[f"processor share {name}, median"] = round(statistics.median(each.cpu for each in windows), 3)
        found[f"p99 ms of sends {name}, median"] = round(statistics.median(each.p99 for each in windows), 2)
        found[f"longest stall {name} was under, ms"] = longest(late)
        found[f"wake-ups more than 10 ms late {name}"] = late["+Inf"] - late["0.01"]
    return found
