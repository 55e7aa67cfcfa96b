"""The Python types of what clients are answered and told: `schema.py` of the client."""

from __future__ import annotations

import json
from textwrap import indent
from typing import Any

from reach import reached

Json = dict[str, Any]

_HEAD = '''"""What the server answers and tells. Made by scripts/reference of the command table. Do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict, final
'''
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def resources(described: Json) -> str:
    """A module with a class for each resource and each publication, and the union of these."""
    results = {name: each["result"] for name, each in described["commands"].items() if "client" in each["callers"]}
    told, definitions = described["publications"], described["$defs"]
    classes = [_class(name, definitions[name]) for name in sorted(reached([results, told], definitions))]
    return "".join([_HEAD, *classes, _publication(told)])


def _class(name: str, schema: Json) -> str:
    fields = "".join(f"\n    {field}: {_field(schema, field)}" for field in schema["properties"])
    words = indent(schema["description"], "    ").strip()
    end = "\n    " if "\n" in words else ""
    return f'\n\n@final\nclass {name}(TypedDict):\n    """{words}{end}"""\n{fields}\n'


def _field(schema: Json, name: str) -> str:
    kind = resource_name(schema["properties"][name])
    return kind if name in schema["required"] else f"NotRequired[{kind}]"


def resource_name(schema: Json, module: str = "") -> str:
    """The type of what is answered or told; `module` stands before the names of resources."""
    if "$ref" in schema:
        return module + str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return enumeration(schema)
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(resource_name(each, module) for each in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list[{resource_name(schema['items'], module)}]"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {resource_name(values, module) if isinstance(values, dict) else 'Any'}]"
    return plain(schema)


def enumeration(schema: Json) -> str:
    """The type of one of some values."""
    return f"Literal[{', '.join(json.dumps(value) for value in schema['enum'])}]"


def plain(schema: Json) -> str:
    """The type of a text, a number or the like."""
    return _PLAIN[schema["type"]] if "type" in schema else "Any"


def _publication(told: Json) -> str:
    kinds = dict.fromkeys(kind for each in told.values() for kind in resource_name(each).split(" | "))
    lines = "\n    | ".join(kinds)
    return f"\n\n# Anything that clients are told; `type` says which it is.\nPublication = (\n    {lines}\n)\n"
