"""The TypeScript types of what clients call and are told: `schema.d.ts` of the SDK."""

from __future__ import annotations

import json
import re
from typing import Any

from reach import for_clients, reached

_HEAD = "// Made by scripts/reference of the command table, as docs/commands.json is. Do not edit.\n"
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


def types(described: dict[str, Any]) -> str:
    """The text of the file, of what commands.json says."""
    commands = {name: each for name, each in described["commands"].items() if "client" in each["callers"]}
    publications = described["publications"]
    names = reached([commands, publications], described["$defs"])
    defined = [_definition(name, described["$defs"][name]) for name in sorted(names)]
    parts = [_commands(commands), _publications(publications), _errors(described["errors"]), *defined]
    return _HEAD + "".join("\n" + part for part in parts)


def error_names(described: dict[str, Any]) -> str:
    """A module that says which codes mean which error, on the stream and over HTTP."""
    lines = [f"  {each['name']}: {json.dumps(each['rpc_codes'] + each['codes'])}," for each in described["errors"]]
    comment = "/** The codes of each error, on the stream and over HTTP. */\n"
    return _HEAD + comment + "export const ERRORS = {\n" + "\n".join(lines) + "\n};\n"


def _commands(commands: dict[str, Any]) -> str:
    lines = ["/** What clients call: by its name what it takes and what it answers. */", "export interface Commands {"]
    for name, each in commands.items():
        lines += _comment(each["description"], "  ")
        params = _object(for_clients(each["parameters"]), "  ", is_input=True)
        lines.append(f"  {json.dumps(name)}: {{ params: {params}; result: {_type(each['result'], '  ')} }};")
    return "\n".join([*lines, "}"]) + "\n"


def _publications(publications: dict[str, Any]) -> str:
    lines = ["/** What clients are told: by its `type` what it holds. */", "export interface Publications {"]
    lines += [f"  {json.dumps(name)}: {_type(each, '  ')};" for name, each in publications.items()]
    lines += ["}", "", "/** Anything that clients are told; `type` says which it is. */"]
    return "\n".join([*lines, "export type Publication = Publications[keyof Publications];"]) + "\n"


def _errors(errors: list[dict[str, Any]]) -> str:
    lines = ["/** The errors of the server, by name. */", "export interface Errors {"]
    for each in errors:
        lines += _comment(each["description"], "  ")
        lines.append(f"  {each['name']}: {' | '.join(str(code) for code in each['rpc_codes'] + each['codes'])};")
    return "\n".join([*lines, "}"]) + "\n"


def _definition(name: str, schema: dict[str, Any]) -> str:
    comment = "\n".join(_comment(schema.get("description", ""), ""))
    return (comment + "\n" if comment else "") + f"export type {name} = {_type(schema, '')};\n"


def _type(schema: dict[str, Any], margin: str, *, is_input: bool = False) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(each, margin, is_input=is_input) for each in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"Array<{_type(schema['items'], margin, is_input=is_input)}>"
    if schema.get("type") == "object":
        return _object(schema, margin, is_input=is_input)
    return _PLAIN[schema["type"]] if "type" in schema else "unknown"


def _object(schema: dict[str, Any], margin: str, *, is_input: bool) -> str:
    """What is taken may lack what has a default."""
    if "properties" not in schema:
        values = schema.get("additionalProperties")
        return f"Record<string, {_type(values, margin, is_input=is_input) if isinstance(values, dict) else 'unknown'}>"
    inner = margin + "  "
    lines: list[str] = []
    for name, each in schema["properties"].items():
        lines += _comment(each.get("description", ""), inner)
        optional = "" if name in schema["required"] else "?"
        said = name if _NAME.fullmatch(name) else json.dumps(name)
        lines.append(f"{inner}{said}{optional}: {_type(each, inner, is_input=is_input)};")
    return "\n".join(["{", *lines, margin + "}"]) if lines else "{}"


def _comment(text: str, margin: str) -> list[str]:
    lines = text.replace("*/", "*\\/").splitlines()
    if len(lines) <= 1:
        return [f"{margin}/** {line} */" for line in lines]
    return [f"{margin}/**", *(f"{margin} * {line}".rstrip() for line in lines), f"{margin} */"]
