"""How the server does at this moment, for those who own it."""

from __future__ import annotations

import re
from typing import Any

import trio
from starlette.requests import Request
from starlette.responses import Response

from chatd import ids, logs
from chatd.errors import InvalidValue
from chatd.gateway.lag import BOUNDS
from chatd.gateway.latencies import Latency
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.dashboard.access import owner_of
from chatd.http.dashboard.problems import problems

LEVELS = ("debug", "info", "warning", "error")
MAX_LINES = 200
MOST_SOFTWARE = 50
MOST_COMMANDS = 50
_NUMBER = re.compile(r"[0-9]{1,15}")


async def live(request: Request, services: Services) -> Response:
    """`GET /dashboard/api/server/live`: what is now, totals since the start, and problems in plain words.

    Who asks again gets rates from the difference of two totals. Times are milliseconds. With `brief` it leaves out what
    takes longer to find than to read, and changes little from one second to the next.
    """
    owner_of(request, services)
    return json_answer(_moment(services) if "brief" in request.query_params else snapshot(services))


async def log(request: Request, services: Services) -> Response:
    """`GET /dashboard/api/server/log`: the last lines after the number `after`, the oldest first.

    Only those of a `level` or worse, and those that have `text` in them. Raises InvalidValue.
    """
    owner_of(request, services)
    query = request.query_params
    level = query.get("level", "debug")
    if level not in LEVELS or not _NUMBER.fullmatch(query.get("after", "0")):
        raise InvalidValue(f'"level" is one of {", ".join(LEVELS)}, and "after" a number.')
    lines = logs.recent.after(int(query.get("after", "0")), level, query.get("text", ""))
    return json_answer({"lines": lines[-MAX_LINES:]})


def snapshot(services: Services) -> dict[str, Any]:
    """All of it."""
    counters = services.counters
    return _moment(services) | {
        "closed": {str(code): count for code, count in sorted(counters.closed.items())},
        "loop_lag": {"bounds": [bound * 1000 for bound in BOUNDS], "counts": counters.lag.counts},
        "software": [{"name": name, "connections": count} for name, count in services.hub.software.most(MOST_SOFTWARE)],
        "commands": [_command(each) for each in services.latencies.all(trio.current_time())[:MOST_COMMANDS]],
        "slowest": [each._asdict() for each in services.slowest.list()],
    }


def _moment(services: Services) -> dict[str, Any]:
    """What changes from second to second."""
    counters, writer, store = services.counters, services.writer, services.store
    return {
        "time": ids.now_ms(),
        "now": {
            "connections": counters.connections,
            "users": services.hub.users(),
            "backlog_bytes": counters.backlog_bytes,
            "writes_waiting": writer.depth,
            "loop_lag": round(counters.lag.now * 1000, 1),
            "loop_lag_longest": round(counters.lag.longest * 1000, 1),
            "commit_p50": _milliseconds(writer.durations.part(0.5)),
            "commit_p99": _milliseconds(writer.durations.part(0.99)),
            "search_behind": store.search.behind,
        },
        "totals": {
            "accepted": counters.accepted,
            "refused": counters.refused,
            "frames": counters.frames_in,
            "deliveries": counters.deliveries,
            "writes": writer.jobs,
            "commits": writer.commits,
            "writes_refused": writer.refused,
            "recovered": counters.recovered,
            "unrecovered": counters.unrecovered,
        },
        "problems": [each._asdict() for each in problems(services)],
    }


def _command(latency: Latency) -> dict[str, Any]:
    """How long a command took in the last minutes."""
    parts = {name: _milliseconds(getattr(latency, name)) for name in ("p50", "p90", "p99")}
    return {"name": latency.name, "calls": latency.calls} | parts


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)
