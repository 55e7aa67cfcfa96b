"""The same as Protocol Buffers, for generators of typed clients."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]

PACKAGE = "chatd.v1"
INT32 = 2**31 - 1
WIDTH = 117
SCALARS = {"string": "string", "boolean": "bool", "number": "double"}
ANYTHING, OBJECT, LIST = (f"google.protobuf.{name}" for name in ("Value", "Struct", "ListValue"))

HEAD = """\
// Commands of chatd, what they take and answer, and what clients are told. Written by `scripts/reference` from the
// command table; commands.md says what each is for, sdk-protobuf.md how a typed client is made of this.
//
// On the wire these messages are JSON: what the proto3 JSON mapping of every Protobuf library writes and reads. The
// numbers of the fields are not on the wire, and change when fields are added.
syntax = "proto3";

package chatd.v1;

import "google/protobuf/descriptor.proto";
import "google/protobuf/struct.proto";

option csharp_namespace = "Chatd.V1";
option java_multiple_files = true;
option java_package = "chatd.v1";

extend google.protobuf.MethodOptions {
  // What the command is called on the wire.
  optional string command = 50700;
}

extend google.protobuf.MessageOptions {
  // The values of `type` in the publications that are this message.
  repeated string publication = 50700;
}
"""


def protobuf(described: Json) -> str:
    """All of it."""
    commands, shapes = described["commands"], described["$defs"]
    parts = [HEAD, _service(commands)]
    parts += [_message(camel(name) + "Parameters", each["parameters"]) for name, each in commands.items()]
    told = _told(described["publications"])
    parts += [_message(name, shape, told.get(name, [])) for name, shape in shapes.items()]
    return "\n".join(parts)


def camel(name: str) -> str:
    """`messages.list_threads` is MessagesListThreads."""
    return "".join(word.capitalize() for word in re.split(r"[._]", name))


def _service(commands: Json) -> str:
    methods = [line for name, each in commands.items() for line in _method(name, each)]
    return "\n".join(["service Commands {", *_indented(methods), "}", ""])


def _method(name: str, command: Json) -> Iterator[str]:
    method, answer = camel(name), _result(command["result"])
    yield from _comment(command["description"].partition("\n\n")[0])
    yield f"rpc {method}({method}Parameters) returns ({answer}) {{"
    yield f'  option (command) = "{name}";'
    yield "}"


def _result(result: Json) -> str:
    """A result that is no object of named fields is whatever JSON it is."""
    if "$ref" in result:
        return f"{PACKAGE}.{_named(result)}"
    return LIST if result["type"] == "array" else OBJECT


def _told(publications: Json) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, publication in publications.items():
        for shape in publication.get("anyOf", [publication]):
            found.setdefault(_named(shape), []).append(name)
    return found


def _message(name: str, schema: Json, told: Iterable[str] = ()) -> str:
    lines = [*_comment(schema.get("description", "").partition("\n\n")[0]), *_body(name, schema, told)]
    return "\n".join(lines) + "\n"


def _body(name: str, schema: Json, told: Iterable[str] = ()) -> Iterator[str]:
    yield f"message {name} {{"
    yield from (f'  option (publication) = "{each}";' for each in told)
    for inner, nested in sorted(_nested(schema).items()):
        yield from _indented(_body(inner, nested))
    for number, (field, each) in enumerate(schema["properties"].items(), 1):
        yield from _indented(_field(number, field, each))
    yield "}"


def _nested(schema: Json) -> Json:
    """The objects that are written inside this one, by the names that they get."""
    kinds = [_plain(each) for each in schema["properties"].values()]
    items = [_plain(kind["items"]) if "items" in kind else kind for kind in kinds]
    return {each["title"]: each for each in items if "properties" in each}


def _field(number: int, name: str, schema: Json) -> Iterator[str]:
    yield from _comment(_words(schema))
    spelled = f' [json_name = "{name}"]' if "_" in name else ""
    yield f"{_kind(_plain(schema))} {name} = {number}{spelled};"


def _words(schema: Json) -> str:
    """What a field means, and the words that it may be."""
    plain = _plain(schema)
    words = [word for word in plain.get("enum", ()) if word]
    said = schema.get("description", "")
    return " ".join([said, f"One of: {', '.join(words)}."]).strip() if words and words != [said] else said


def _plain(schema: Json) -> Json:
    """What a value is when it is not null; without a type when it may be several things."""
    kinds = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    return kinds[0] if len(kinds) == 1 else {}


def _kind(schema: Json) -> str:
    """The type of a field. Every single value says whether it is there: 0 is not the same as absent."""
    if schema.get("type") == "array":
        return f"repeated {_one(schema['items'])}"
    values = schema.get("additionalProperties")
    if isinstance(values, dict):
        return f"map<string, {_one(values)}>"
    return f"optional {_one(schema)}"


def _one(schema: Json) -> str:
    """The type of one value. A null in a list or a map needs a type that has it."""
    if "anyOf" in schema or not schema:
        return ANYTHING
    if "$ref" in schema:
        return _named(schema)
    if "properties" in schema:
        return str(schema["title"])
    if "enum" in schema:
        return "string"
    return _single(schema)


def _single(schema: Json) -> str:
    kind = schema["type"]
    if kind == "integer":
        return "int32" if -INT32 <= schema.get("minimum", -INT32) <= schema.get("maximum", 2**53) <= INT32 else "int64"
    return SCALARS.get(kind) or (LIST if kind == "array" else OBJECT)


def _named(reference: Json) -> str:
    return str(reference["$ref"].rpartition("/")[2])


def _comment(text: str) -> Iterator[str]:
    for line in textwrap.wrap(" ".join(text.split()), WIDTH - 6):
        yield f"// {line}"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
