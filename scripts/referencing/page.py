"""The reference as a page, one block a command, so that two changes seldom meet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import words

from chatd.http.platform.routes import ROUTES

Json = dict[str, Any]

HEAD = """\
# Commands

Everything that can be done, and everything that is told. This page is written by `scripts/reference` from the command
table; [commands.json](commands.json) and [chatd.proto](chatd.proto) are the same [for programs](sdk-protobuf.md).

A client calls a command on its connection (`rpc("messages.view", {…})`, see [Real-time protocol](protocol.md#calls)) or
by `POST /client/v1/rpc/{command}`. A backend calls those that have a path of the [Platform API](platform-api.md).
Parameters are those of a JSON object: null is the same as to leave one out, and one that a command does not know is
passed over. Times are milliseconds since 1970 where nothing else is said.

Users are meant as they are seen from the channel and the message in question; in public channels, and in channels
without operators, some commands allow more. The [errors](#errors) are at the end.
"""


def page(described: Json) -> str:
    """All of it."""
    parts = [HEAD, *_contents(described), *_commands(described["commands"])]
    parts += ["## Publications\n\n" + PUBLICATIONS, *_publications(described)]
    parts += ["## Shapes\n\nWhat results and publications are made of.\n", *_shapes(described)]
    parts += ["## Errors\n\n" + ERRORS + "\n" + _errors(described["errors"])]
    return "\n".join(parts)


PUBLICATIONS = """\
What clients are told on their stream `~` and on those of open channels: see [The stream](protocol.md#the-stream).
Unless it says otherwise, a publication goes to the members of its channel, and who was away recovers it.
"""

ERRORS = """\
Every command answers an error when a parameter is absent, of another type, or outside its limits, when the caller may
not do this, and when what it names does not exist. Over HTTP the body is
`{"error": true, "message": "…", "code": 400201}`; on a connection the error has the RPC code.
"""


def _contents(described: Json) -> Iterator[str]:
    for noun, names in _nouns(described["commands"]):
        yield f"- [{_title(noun)}](#{_anchor(_title(noun))})"
        for name in names:
            yield f"  - [{name}](#{_anchor(name)}): {_first_sentence(described['commands'][name]['description'])}"
    yield "- [Publications](#publications), [Shapes](#shapes), [Errors](#errors)\n"


def _first_sentence(text: str) -> str:
    return " ".join(re.split(r"(?<=[.:;]) ", text.partition("\n\n")[0], maxsplit=1)[0].split()).rstrip(".:;")


def _nouns(commands: Json) -> list[tuple[str, list[str]]]:
    return [(noun, list(names)) for noun, names in groupby(sorted(commands), key=lambda name: name.partition(".")[0])]


def _title(noun: str) -> str:
    return noun.replace("_", " ").capitalize()


def _anchor(heading: str) -> str:
    return heading.lower().replace(".", "").replace(" ", "-")


def _commands(commands: Json) -> Iterator[str]:
    for noun, names in _nouns(commands):
        yield f"## {_title(noun)}\n"
        for name in names:
            yield _command(name, commands[name])


def _command(name: str, command: Json) -> str:
    parts = [f"### {name}", command["description"], words.callers(command) + _again(command)]
    if command["parameters"]["properties"]:
        parts += [command["parameters"]["description"], _table(command["parameters"])]
    example = json.dumps(command["example"], ensure_ascii=False)
    parts += [f"```json\n{example}\n```", f"Answers {words.kind(command['result'])}.", *_paths(name)]
    return "\n\n".join(parts) + "\n"


def _again(command: Json) -> str:
    if command["kind"] != "write" or command["idempotent"]:
        return ""
    return " Not idempotent: called again it does more."


def _paths(name: str) -> list[str]:
    paths = [f"`{route.method} /v3/{'/'.join(route.segments)}`" for route in ROUTES if route.command == name]
    return [f"Platform API: {', '.join(paths)}."] if paths else []


def flat(schema: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Every parameter by its path, and behind a list the fields of its items."""
    for name, each in schema["properties"].items():
        yield f"{path}{name}", each | {"required": name in schema.get("required", ())}
        for inner in (each, *each.get("anyOf", ())):
            if "properties" in inner.get("items", {}):
                yield from flat(inner["items"], f"{path}{name}[].")


def _table(parameters: Json) -> str:
    rows = ["| parameter | type | default | meaning |", "|---|---|---|---|"]
    for path, each in flat(parameters):
        default = "**required**" if each["required"] else words.default(each)
        rows.append(f"| `{path}` | {words.kind(words.without_null(each))} | {default} | {each['description']} |")
    return "\n".join(rows)


def _publications(described: Json) -> Iterator[str]:
    for name, publication in described["publications"].items():
        shapes = [_named(each, described) for each in publication.get("anyOf", [publication])]
        yield "\n\n".join([f"### {name}", *(f"{shape['description']}\n\n{_fields(shape)}" for shape in shapes)]) + "\n"


def _named(reference: Json, described: Json) -> Json:
    found: Json = described["$defs"][reference["$ref"].rpartition("/")[2]]
    return found


def _shapes(described: Json) -> Iterator[str]:
    told = {each["$ref"] for shape in described["publications"].values() for each in shape.get("anyOf", [shape])}
    for name, shape in described["$defs"].items():
        if f"#/$defs/{name}" not in told:
            yield f"### {name} (shape)\n\n{shape.get('description', '')}\n\n{_fields(shape)}\n"


def _fields(shape: Json) -> str:
    rows = [
        f"| `{name}` | {words.kind(each)} | {'' if name in shape.get('required', ()) else 'may be absent'} |"
        for name, each in shape["properties"].items()
        if name != "type" or "enum" not in each
    ]
    return "\n".join(["| field | type | |", "|---|---|---|", *rows]) if rows else "No fields."


def _errors(errors: list[Json]) -> str:
    rows = ["| error | code | HTTP | RPC | meaning |", "|---|---|---|---|---|"]
    for error in errors:
        codes, rpc = (", ".join(map(str, error[key])) for key in ("codes", "rpc_codes"))
        again = " Try again." if error["temporary"] else ""
        row = f"| {error['name']} | {codes} | {error['status']} | {rpc} | {error['description']}{again} |"
        rows.append(row.replace("\n", " "))
    return "\n".join(rows) + "\n"
