"""What is documented for the Platform API, called on a running server."""

from __future__ import annotations

import time
from typing import Any

import httpx

from tests.gateway.conftest import Running
from tests.http.documented.coverage import CHAPTERS, LACKING, answered, shape_of, table, written
from tests.http.documented.operation import Operation, filled
from tests.http.documented.own import ELSEWHERE, OWN
from tests.http.documented.shapes import VOID, problems

DOCUMENTED = [each for _, operations in CHAPTERS for each in operations]


def test_the_table_says_what_there_is() -> None:
    assert written() == table(), "python -m tests.http.documented.coverage writes it anew"


def test_every_route_is_documented_or_our_own() -> None:
    ours = {each.name for each in OWN} | ELSEWHERE
    assert answered() - {shape_of(each.name) for each in DOCUMENTED} <= {shape_of(name) for name in ours}


async def test_answers_are_as_documented(translating: Running) -> None:
    """Every operation in turn, and what is our own. What is not there yet says so."""
    await translating.searchable()
    kept = {"later": str(int(time.time() * 1000) + 3_600_000)}
    known, wrong = answered(), []
    async with httpx.AsyncClient(base_url=f"{translating.url}/v3", headers={"Api-Token": translating.token}) as client:
        for operation in (*DOCUMENTED, *OWN):
            answer = await call(client, operation, kept)
            if shape_of(operation.name) not in known:
                assert answer.json()["code"] in (400404, 400101), operation.name
                continue
            lacking = {f".{field} is missing" for field in LACKING.get(operation.name, ())}
            wrong += [f"{operation.name}: {each}" for each in lacking ^ set(differences(operation, answer))]
            kept |= {name: str(answer.json().get(field, "")) for name, field in operation.keep.items()}
    assert not wrong, "\n".join(wrong)


async def call(client: httpx.AsyncClient, operation: Operation, kept: dict[str, str]) -> httpx.Response:
    body: Any = None if operation.body is None else filled(operation.body, kept)
    return await client.request(operation.method, operation.url(kept), json=body)


def differences(operation: Operation, answer: httpx.Response) -> list[str]:
    """How an answer differs from what is documented."""
    if answer.status_code != httpx.codes.OK:
        return [answer.text]
    value = answer.json()
    if operation.answer is VOID:
        return [] if value == {} else [f"{value} is not empty"]
    return problems(value, operation.answer)


def test_a_difference_is_found() -> None:
    assert problems({"a": 1, "b": [{"c": "x"}]}, {"a": int, "b": [{"c": str, "d?": int}]}) == []
    assert problems({"a": True}, {"a": int}) == [".a is True, no int"]
    assert problems({}, {"a": int}) == [".a is missing"]
    assert problems({"b": [{"c": 1.5}]}, {"b": [{"c": int}]}) == [".b[0].c is 1.5, no int"]
