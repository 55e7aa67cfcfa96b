"""The description of the Platform API is valid, and a live server does what its examples say."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from chatd.domain import COMMANDS
from chatd.domain.raising import codes_of
from chatd.domain.tenants import tokens
from chatd.errors import ChatdError
from chatd.http.openapi.document import document_bytes
from chatd.http.openapi.examples import example
from chatd.http.openapi.operations import operation_id
from chatd.http.platform.routes import ROUTES
from chatd.http.platform.routes.route import Route
from chatd.jobs import erasure, exports
from chatd.model import Actor
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer
from tests.domain.scene import Scene
from tests.gateway.conftest import Start

DOCUMENT = json.loads(document_bytes())
ROOT = "urn:document"
# What others do for chatd is unavailable until the operator names them.
PROVIDED = {"messages.translate"}
OPERATIONS = {found["operationId"]: found for operations in DOCUMENT["paths"].values() for found in operations.values()}


@pytest.mark.slow
def test_it_is_valid() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_every_route_is_an_operation() -> None:
    assert set(OPERATIONS) == {operation_id(route) for route in ROUTES}
    assert len(OPERATIONS) == len(ROUTES)


def test_every_operation_lists_what_it_is_refused_for() -> None:
    """That the codes are all there are is tested where they come from: tests/domain/test_raising.py."""
    for route in ROUTES:
        described = OPERATIONS[operation_id(route)]["responses"]["400"]
        codes = described["content"]["application/json"]["schema"]["properties"]["code"]["enum"]
        assert set(codes) >= {code for code in codes_of(COMMANDS[route.command]) if code < 500_000}
        assert [f"`{code}`" in described["description"] for code in codes] == [True] * len(codes)


async def test_every_example_is_answered_as_described(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All by one server, which does what it is asked and undoes it, so that none is in the way of another.

    But for closed connections: that of one by its name comes first.
    """
    # What waits for a job in the scene waits for ever.
    monkeypatch.setattr(erasure, "PAUSE_SECONDS", math.inf)
    monkeypatch.setattr(exports, "PAUSE_SECONDS", math.inf)
    scene = Scene(tmp_path / "data")
    scene.open_too()
    token, _ = scene.store.write_now(0, tokens.create, scene.application, "")
    scene.close()
    running = await start()
    running.token = token
    await running.searchable()
    client = await running.client("owner")
    connections = (await running.api("GET", "/users/owner/connections"))["connections"]
    scene.things["$client"] = connections[0]["client_id"]
    longest_first = sorted(ROUTES, key=lambda route: -len(route.segments))
    monkeypatch.setattr(Writer, "run", undone(Writer.run))
    async with httpx.AsyncClient(base_url=f"{running.url}/v3", headers={"Api-Token": token}) as api:
        wrong = [each for route in longest_first for each in await problems(api, route, scene)]
    assert not wrong, "\n".join(["what is missing says chatd/http/openapi/examples.py or the table's example:", *wrong])
    await client.stream.aclose()


class Undone(ChatdError):
    """What is raised to undo a call; it has the result."""

    def __init__(self, result: Any) -> None:
        super().__init__("undone")
        self.result = result


def undone(run: Callable[..., Any]) -> Callable[..., Any]:
    """The writer's `run`; of what callers do nothing stays."""

    async def attempt(writer: Writer, application: int, function: Any, *args: Any) -> Any:
        def do(txn: Transaction, *args: Any) -> None:
            raise Undone(function(txn, *args))

        if not (args and isinstance(args[0], Actor)):
            return await run(writer, application, function, *args)
        try:
            return await run(writer, application, do, *args)
        except Undone as done:
            return done.result

    return attempt


async def problems(api: httpx.AsyncClient, route: Route, scene: Scene) -> list[str]:
    """What is wrong with the answer to the example of a route."""
    described = OPERATIONS[operation_id(route)]
    params = scene.filled(example(route))
    path = "/".join(quote(str(params.pop(each[1:-1])) if each[0] == "{" else each, safe="") for each in route.segments)
    if route.method in ("POST", "PUT"):
        answer = await api.request(route.method, path, json=params)
    else:
        answer = await api.request(route.method, path, params={name: in_query(value) for name, value in params.items()})
    where = f"{route.method} /{path} {params}"
    if answer.status_code != (503 if route.command in PROVIDED else 200):
        return [f"{where}: {answer.status_code} {answer.text}"]
    schema = described_answer(described, str(answer.status_code))
    return [
        f"{where}: {error.json_path} {error.message[:200]}" for error in validator(schema).iter_errors(answer.json())
    ]


def described_answer(operation: dict[str, Any], status: str) -> Any:
    """The schema of what an operation answers with a status."""
    response = operation["responses"][status]
    if "$ref" in response:
        response = DOCUMENT["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return response["content"]["application/json"]["schema"]


def in_query(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(in_query, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    whole = Resource.from_contents(DOCUMENT, default_specification=DRAFT202012)
    return Draft202012Validator(rooted(schema), registry=Registry().with_resource(ROOT, whole))


def rooted(node: Any) -> Any:
    """A schema whose references lead into the document."""
    if isinstance(node, list):
        return [rooted(each) for each in node]
    if isinstance(node, dict):
        return {key: ROOT + value if key == "$ref" else rooted(value) for key, value in node.items()}
    return node
