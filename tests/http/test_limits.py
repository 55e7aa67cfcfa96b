"""How fast backends may call: laws of the bucket, and what a backend is told."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.config import Http
from chatd.domain.tenants import applications
from chatd.errors import RateLimited
from chatd.http.platform.limits import Bucket, Limits
from chatd.model import Application
from chatd.store.store import Store
from tests.gateway.conftest import MAP_GIB, Running, Start

RATE = 10
Pauses = st.lists(st.integers(0, 300), max_size=80)  # milliseconds


def taken(bucket: Bucket, pauses: list[int]) -> tuple[list[float], list[float]]:
    """When calls were made, and when refused."""
    now, made, refused = 0.0, [], []
    for pause in pauses:
        now += pause / 1000
        try:
            bucket.take(now)
        except RateLimited:
            refused.append(now)
        else:
            made.append(now)
    return made, refused


@given(Pauses)
def test_no_span_has_more_than_its_rate_and_a_burst(pauses: list[int]) -> None:
    made, _ = taken(Bucket(RATE, 0), pauses)
    for first, begin in enumerate(made):
        for last, end in enumerate(made[first:], first):
            assert last - first + 1 <= RATE + (end - begin) * RATE + 1e-6


@given(Pauses)
def test_who_waits_as_long_as_told_is_served(pauses: list[int]) -> None:
    bucket = Bucket(RATE, 0)
    _, refused = taken(bucket, [*pauses, *[0] * (RATE + 1)])
    with pytest.raises(RateLimited) as told:
        bucket.take(refused[-1])
    bucket.take(refused[-1] + told.value.retry_after + 1e-6)


def test_what_an_application_says_goes_before_what_the_server_says() -> None:
    limits = Limits(Http(reads_per_second=1, writes_per_second=1))
    free = Application(1, "a", "free", 0, reads_per_second=0)
    for _ in range(5):
        limits.judge(free, "GET", 0)
    limits.judge(free, "PUT", 0)
    for application, method in ((free, "POST"), (Application(2, "b", "b", 0, writes_per_second=0), "GET")):
        if application is not free:
            limits.judge(application, method, 0)
        with pytest.raises(RateLimited):
            limits.judge(application, method, 0)


async def test_a_backend_is_told_when_to_come_back(start: Start) -> None:
    running: Running = await start(http={"reads_per_second": 2, "writes_per_second": 100})
    async with httpx.AsyncClient(base_url=f"{running.url}/v3", headers={"Api-Token": running.token}) as client:
        answers = [await client.get("/users") for _ in range(6)]
        refused = answers[-1]
        assert (refused.status_code, refused.json()["code"]) == (429, 500910)
        assert refused.headers["x-ratelimit-limit"] == "2;w=1"
        assert refused.headers["x-ratelimit-remaining"] == "0"
        assert (refused.headers["x-ratelimit-retryafter"], refused.headers["retry-after"]) == ("1", "1")
        assert refused.headers["x-ratelimit-reset"] in ("1", "2")
        assert (await client.post("/users", json={"user_id": "ann", "nickname": ""})).status_code == 200


async def test_an_application_may_have_limits_of_its_own(start: Start, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data", int(MAP_GIB * 2**30))
    store.write_now(0, applications.ensure_main)
    store.write_now(0, applications.limit, "main", {"reads_per_second": 0})
    store.close()
    running: Running = await start(http={"reads_per_second": 1})
    for _ in range(5):
        assert (await running.api("GET", "/users"))["users"] == []
