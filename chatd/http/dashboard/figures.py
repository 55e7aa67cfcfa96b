"""Figures of all applications together, for those who own the server."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from chatd.domain import COMMANDS
from chatd.domain.statistics.ranges import Range
from chatd.domain.tenants import applications
from chatd.errors import InvalidValue
from chatd.gateway import service
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.body import read_json
from chatd.http.dashboard.access import owner_of
from chatd.model import Actor

RANGE: Final = COMMANDS["statistics.range"]
# A user is of one application, so whatever counts users or what they do adds up. Parts, and peaks that were at
# different times, do not.
APART: Final = frozenset({"stickiness", "messages_per_user", "peak_connections"})

Values = dict[str, dict[str, float]]


async def figures(request: Request, services: Services) -> Response:
    """`POST /dashboard/api/server/statistics`: what `statistics.range` takes, without segments.

    Answers its figures of all applications summed, and of each application the sum, the mean and the last value.
    Raises InvalidValue for figures that do not add up.
    """
    owner_of(request, services)
    params = await read_json(request, services.config.http.max_body_bytes)
    asked = RANGE.parse(params)
    assert isinstance(asked, Range)
    if asked.segments or APART.intersection(asked.metrics):
        raise InvalidValue(f'"metrics" that add up are all but {", ".join(sorted(APART))}; there are no segments.')
    whole: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(int))
    parts = []
    for application in services.store.read(0, applications.every):
        found = await service.run(services, Actor(application.number, None, None), RANGE, params)
        named = {each["metric_type"]: each["values"] for each in found["metrics"]}
        for metric, values in named.items():
            for each in values:
                whole[metric][each["date"]] += each["value"]
        folded = {metric: _folded([each["value"] for each in values]) for metric, values in named.items()}
        parts.append(
            {"app_id": application.application_id, "app_name": application.title or application.name, "figures": folded}
        )
    return json_answer({"metrics": [_metric(name, values) for name, values in whole.items()], "applications": parts})


def _metric(name: str, values: dict[str, float]) -> dict[str, Any]:
    return {"metric_type": name, "values": [{"date": date, "value": value} for date, value in values.items()]}


def _folded(values: list[float]) -> dict[str, float]:
    return {"sum": sum(values), "mean": sum(values) / max(1, len(values)), "last": values[-1] if values else 0}
