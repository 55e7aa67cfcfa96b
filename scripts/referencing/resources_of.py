"""The Python types of what clients are answered and told: `schema.py` of the client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import indent
from typing import Any

from reach import reached

Json = dict[str, Any]

_HEAD = '''"""What the server answers and tells. Made by scripts/reference of the command table. Do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, Protocol, TypedDict, final, overload
'''
_CALL = '''

class Call(Protocol):
    """Runs a command of the server: what it answers, by its name. One that is not here may answer anything."""
'''
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def resources(described: Json) -> str:
    """A module with a class for each resource and each publication, the union of these, and what commands answer."""
    results = {name: each["result"] for name, each in described["commands"].items() if "client" in each["callers"]}
    told, definitions = described["publications"], described["$defs"]
    classes = [_class(name, definitions[name]) for name in sorted(reached([results, told], definitions))]
    return "".join([_HEAD, *classes, _publication(told), _CALL, *_overloads(results)])


def _class(name: str, schema: Json) -> str:
    fields = "".join(f"\n    {field}: {_field(schema, field)}" for field in schema["properties"])
    words = indent(schema["description"], "    ").strip()
    end = "\n    " if "\n" in words else ""
    return f'\n\n@final\nclass {name}(TypedDict):\n    """{words}{end}"""\n{fields}\n'


def _field(schema: Json, name: str) -> str:
    kind = _type(schema["properties"][name])
    return kind if name in schema["required"] else f"NotRequired[{kind}]"


def _type(schema: Json) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return f"Literal[{', '.join(json.dumps(value) for value in schema['enum'])}]"
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list[{_type(schema['items'])}]"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {_type(values) if isinstance(values, dict) else 'Any'}]"
    return _PLAIN[schema["type"]] if "type" in schema else "Any"


def _publication(told: Json) -> str:
    kinds = dict.fromkeys(kind for each in told.values() for kind in _type(each).split(" | "))
    lines = "\n    | ".join(kinds)
    return f"\n\n# Anything that clients are told; `type` says which it is.\nPublication = (\n    {lines}\n)\n"


def _overloads(results: Json) -> Iterator[str]:
    by_result: dict[str, list[str]] = {}
    for name, result in results.items():
        by_result.setdefault(_type(result), []).append(json.dumps(name))
    for result, names in by_result.items():
        yield _overload(f"Literal[{', '.join(names)}]", result)
    yield _overload("str", "Any")


def _overload(method: str, result: str) -> str:
    params = f"self, method: {method}, *, deadline: float = ..., **params: Any"
    return f"\n    @overload\n    async def __call__({params}) -> {result}: ...\n"
