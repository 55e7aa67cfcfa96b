"""One operation as OpenAPI describes it."""

from __future__ import annotations

import inspect
from typing import Any, Final

from chatd.domain import COMMANDS, shapes
from chatd.domain.command import Command
from chatd.domain.examples import shown
from chatd.domain.meanings import meaning
from chatd.domain.schema import parameters, result
from chatd.http.openapi.bodies import request_body, without_null
from chatd.http.openapi.errors import STATUSES, of_command
from chatd.http.openapi.examples import example
from chatd.http.platform.routes.route import Route

Json = dict[str, Any]
SCHEMAS: Final = "#/components/schemas/"
_WITH_BODY: Final = frozenset({"POST", "PUT"})


def operation(route: Route) -> Json:
    """The operation of a route. Parameters are in the path, and else in the query or, of POST and PUT, in the body."""
    command = COMMANDS[route.command]
    taken = _taken(route, command)
    examples = shown(example(route))
    described: Json = {
        "operationId": operation_id(route),
        "tags": [tag(route)],
        "summary": _summary(command),
        "description": _description(command),
        "x-command": command.name,
        "parameters": [
            _parameter(route, name, taken[name], examples)
            for name in sorted(taken, key=lambda each: each not in route.parameters)
            if _is_outside(route, name)
        ],
        "responses": {"200": _success(route)} | STATUSES | {"400": of_command(command)},
    }
    body = {name: each for name, each in taken.items() if not _is_outside(route, name)}
    return described | ({"requestBody": request_body(command, body, examples)} if body else {})


def operation_id(route: Route) -> str:
    """A name for it: stable, whatever other routes there are."""
    return "_".join([route.method.lower(), *(segment.strip("{}") for segment in route.segments)])


def tag(route: Route) -> str:
    """The noun that it is about."""
    return route.command.partition(".")[0].replace("_", " ").capitalize()


def _taken(route: Route, command: Command) -> Json:
    """All parameters by name: the schema of each, and whether it is required."""
    schema = parameters(command)
    found = {name: (each, name in schema["required"]) for name, each in schema["properties"].items()}
    if route.item:
        values, _ = found.pop(route.item)
        found["key"] = values["propertyNames"] | {"type": "string", "description": "The key."}, True
        found["value"] = values["additionalProperties"] | {"description": "Its value."}, True
    for name in route.parameters:
        if name not in found:
            found[name] = {"type": "string", "minLength": 1, "description": meaning(command.name, name)}, True
    return {name: each for name, each in found.items() if name not in route.fixed}


def _is_outside(route: Route, name: str) -> bool:
    """Whether a parameter is outside the body."""
    return route.method not in _WITH_BODY or name in route.parameters


def _parameter(route: Route, name: str, taken: tuple[Json, bool], examples: Json) -> Json:
    schema = without_null(taken[0])
    is_in_path = name in route.parameters
    described: Json = {
        "name": name,
        "in": "path" if is_in_path else "query",
        "required": is_in_path or taken[1],
        "description": schema.pop("description", ""),
        "schema": schema,
    }
    if schema.get("type") == "array":
        described |= {"style": "form", "explode": False}
    return described | ({"example": examples[name]} if name in examples else {})


def answer_shape(route: Route) -> Any:
    """The type of what is answered."""
    return shapes.Empty if route.is_void else COMMANDS[route.shown_by or route.command].result


def _success(route: Route) -> Json:
    return {"description": "Done.", "content": {"application/json": {"schema": result(answer_shape(route), SCHEMAS)}}}


def _summary(command: Command) -> str:
    return (inspect.getdoc(command.function) or "").partition("\n\n")[0].partition(". ")[0].rstrip(".")


def _description(command: Command) -> str:
    """What it does, and what it takes, when it takes something."""
    parts = [command.function, *([command.input] if command.input.__struct_fields__ else [])]
    return "\n\n".join(inspect.getdoc(part) or "" for part in parts)
