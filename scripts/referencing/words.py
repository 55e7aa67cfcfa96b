"""Schemas in words."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]

ROLES = {
    "stranger": "strangers",
    "invited": "invited users",
    "member": "members",
    "muted": "muted members",
    "banned": "banned users",
    "operator": "operators",
    "owner": "the owner",
}
# Patterns that only keep out characters which no identifier has.
PLAIN = {r"^[^\x00]+$", r"^[^\x00]*$", r"^[^\x00-\x1f\x7f]*$"}


def callers(command: Json) -> str:
    """Who may call a command."""
    users = _users(command["roles"])
    if command["callers"] == ["backend"] or not command["roles"]:
        return "Backends only."
    if command["callers"] == ["client"]:
        return f"Clients only: {users}."
    return f"Clients: {users}. Backends."


def _users(roles: list[str]) -> str:
    if set(roles) == set(ROLES):
        return "every user who is active"
    return ", ".join(words for role, words in ROLES.items() if role in roles)


def kind(schema: Json) -> str:
    """What a value is, with its limits; shapes as links."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()}-shape)"
    if "anyOf" in schema:
        return " or ".join(kind(each) for each in schema["anyOf"] if each.get("type") != "null") + _or_null(schema)
    if "enum" in schema:
        return ", ".join(f"`{value}`" if value != "" else '`""`' for value in schema["enum"])
    return _TYPES[schema["type"]](schema) if "type" in schema else "anything"


def without_null(schema: Json) -> Json:
    """A parameter's schema: there, null is the same as to leave it out."""
    kept = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return schema | {"anyOf": kept} if kept else schema


def default(schema: Json) -> str:
    """What a parameter is when it is left out; empty for what says nothing."""
    value = schema.get("default")
    return "" if value in (None, "", [], {}, ()) else f"`{json.dumps(value, ensure_ascii=False)}`"


def _or_null(schema: Json) -> str:
    return " or null" if {"type": "null"} in schema["anyOf"] else ""


def _text(schema: Json) -> str:
    pattern = schema.get("pattern", "")
    like = "" if not pattern or pattern in PLAIN else f", like `{pattern}`".replace("|", "\\|")
    return "text" + _bounds(schema.get("minLength"), schema.get("maxLength"), " characters") + like


def _number(schema: Json) -> str:
    top = schema.get("maximum")
    # Ids and times have a bound only since JSON has.
    shown = None if top is not None and top >= 2**53 - 1 else top
    return "number" + _bounds(schema.get("minimum"), shown, "", least="from")


def _bounds(low: int | None, high: int | None, unit: str, least: str = "at least") -> str:
    if high is None:
        return f", {least} {low}{unit}" if low else ""
    return f", {low} to {high}{unit}" if low is not None else f", up to {high}{unit}"


def _list(schema: Json) -> str:
    most = f"up to {schema['maxItems']} " if "maxItems" in schema else ""
    items = schema.get("items", {})
    return f"list of {most}{'objects, see below' if 'properties' in items else _plural(kind(items))}"


def _plural(words: str) -> str:
    for one, many in (("text", "texts"), ("number", "numbers"), ("object", "objects"), ("list", "lists")):
        if words == one or words.startswith((one + ",", one + " ")):
            return many + words.removeprefix(one)
    return words


def _object(schema: Json) -> str:
    values = schema.get("additionalProperties")
    if not isinstance(values, dict):
        return "object"
    most = f"up to {schema['maxProperties']} " if "maxProperties" in schema else ""
    keys = _bounds(None, schema.get("propertyNames", {}).get("maxLength"), " characters")
    return f"object: {most}keys{keys.replace(',', ' of')}, each with {kind(values)}"


_TYPES = {
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda _: "boolean",
    "array": _list,
    "object": _object,
    "null": lambda _: "null",
}
