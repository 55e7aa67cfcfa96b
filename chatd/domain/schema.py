"""The command table as JSON Schema: what SDKs and the documentation are made of."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from chatd.domain.command import Command, Right
from chatd.domain.errors import described_errors
from chatd.domain.examples import shown
from chatd.domain.meanings import meaning
from chatd.domain.shapes.publications import PUBLICATIONS

Json = dict[str, Any]
_REF = "#/$defs/"


def schema(commands: dict[str, Command]) -> Json:
    """Every command with its parameters and its result, every publication, every error, and the shapes they share."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Commands of chatd",
        "commands": {name: _command(command) for name, command in sorted(commands.items())},
        "publications": {name: _publication(shapes) for name, shapes in sorted(PUBLICATIONS.items())},
        "errors": described_errors(),
        "$defs": definitions([*(command.result for command in commands.values()), *_told()], _REF),
    }


def callers(command: Command) -> list[str]:
    """Who may call it: `client`, `backend`."""
    return ["client", "backend"] if command.right is Right.BOTH else [command.right.value]


def parameters(command: Command) -> Json:
    """The schema of its parameters, each with what it means, without references."""
    (schema,), found = msgspec.json.schema_components([command.input], ref_template=_REF + "{name}")
    whole: Json = _inlined(schema, found)
    whole["properties"] = {name: _said(command.name, name, each) for name, each in whole["properties"].items()}
    return whole


def result(shape: Any, reference: str = _REF) -> Json:
    """The schema of a result or a publication, which refers to the definitions."""
    (schema,), _ = msgspec.json.schema_components([shape], ref_template=reference + "{name}")
    return schema


def definitions(shapes: Iterable[Any], reference: str) -> Json:
    """The shapes themselves and those inside them, by name."""
    _, found = msgspec.json.schema_components(sorted(set(shapes), key=str), ref_template=reference + "{name}")
    return {name: _tidy(each) for name, each in sorted(found.items())}


def _command(command: Command) -> Json:
    return {
        "description": inspect.getdoc(command.function),
        "callers": callers(command),
        "kind": command.kind.value,
        "roles": [] if command.right is Right.BACKEND else sorted(role.value for role in command.roles),
        "idempotent": command.is_idempotent,
        "parameters": parameters(command),
        "result": result(command.result),
        "example": shown(command.example),
    }


def _publication(shapes: tuple[Any, ...]) -> Json:
    found = [result(shape) for shape in shapes]
    return found[0] if len(found) == 1 else {"anyOf": found}


def _told() -> set[Any]:
    return {shape for shapes in PUBLICATIONS.values() for shape in shapes}


def _said(command: str, path: str, schema: Json) -> Json:
    """A parameter with its meaning, and so those of the objects in a list."""
    described = {"description": meaning(command, path)} | schema
    for each in (described, *described.get("anyOf", ())):
        items = each.get("items", {})
        if "properties" in items:
            each["items"] = items | {
                "properties": {n: _said(command, f"{path}[].{n}", inner) for n, inner in items["properties"].items()}
            }
    return described


def _inlined(node: Any, found: Json) -> Any:
    """A schema with what it refers to in its place."""
    if isinstance(node, dict) and "$ref" in node:
        return _inlined(found[node["$ref"].removeprefix(_REF)], found)
    return _each(node, lambda value: _inlined(value, found))


def _tidy(node: Any) -> Any:
    return _each(node, _tidy)


def _each(node: Any, change: Callable[[Any], Any]) -> Any:
    """A schema with its parts changed, and its texts as JSON Schema has them."""
    if isinstance(node, list):
        return [change(each) for each in node]
    if isinstance(node, dict):
        return {key: _portable(key, change(value)) for key, value in node.items()}
    return node


def _portable(key: str, value: Any) -> Any:
    """Python's end of a text in a pattern, as JSON Schema has it; the text of a docstring without its margin."""
    if key == "pattern" and isinstance(value, str):
        return value.replace(r"\Z", "$")
    return inspect.cleandoc(value) if key == "description" and isinstance(value, str) else value
