"""The command table as JSON Schema: what SDKs and the documentation are made of."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec

from chatd.domain.command import Command, Right
from chatd.domain.resources.resource import Resource

Json = dict[str, Any]
_REF = "#/$defs/"


def schema(commands: dict[str, Command]) -> Json:
    """Every command with its parameters and its result, and the definitions that they share."""
    described = {name: _command(command) for name, command in commands.items()}
    results = {command.result for command in commands.values() if command.result is not Resource}
    _, shared = msgspec.json.schema_components(sorted(results, key=str), ref_template=_REF + "{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Commands of chatd",
        "commands": described,
        "$defs": dict(sorted(shared.items())),
    }


def callers(command: Command) -> list[str]:
    """Who may call it: `client`, `backend`."""
    return ["client", "backend"] if command.right is Right.BOTH else [command.right.value]


def parameters(command: Command) -> Json:
    """The schema of its parameters, without references."""
    (schema,), found = msgspec.json.schema_components([command.input], ref_template=_REF + "{name}")
    whole: Json = _inlined(schema, found)
    return whole


def _command(command: Command) -> Json:
    return {
        "description": command.function.__doc__,
        "callers": callers(command),
        "kind": command.kind.value,
        "roles": sorted(role.value for role in command.roles),
        "idempotent": command.is_idempotent,
        "parameters": parameters(command),
        "result": _result(command),
        "example": dict(command.example or {}),
    }


def _result(command: Command) -> Json:
    (schema,), _ = msgspec.json.schema_components([command.result], ref_template=_REF + "{name}")
    return schema


def _inlined(node: Any, found: Json) -> Any:
    """A schema with what it refers to in its place."""
    if isinstance(node, list):
        return [_inlined(each, found) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(found[node["$ref"].removeprefix(_REF)], found)
    return {key: _portable(key, _inlined(value, found)) for key, value in node.items()}


def _portable(key: str, value: Any) -> Any:
    """Python's end of a text in a pattern, as JSON Schema has it; the text of a docstring without its margin."""
    if key == "pattern":
        return value.replace(r"\Z", "$")
    return inspect.cleandoc(value) if key == "description" and isinstance(value, str) else value
