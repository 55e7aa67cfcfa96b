"""The Python types of what clients call: `commands.py` of the client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

from reach import for_clients
from resources_of import enumeration, plain, resource_name

Json = dict[str, Any]

_HEAD = '''"""What clients call, and what that takes. Made by scripts/reference of the command table. Do not edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, Protocol, TypedDict, TypeVar, Unpack, overload

from chatd.client import schema

T = TypeVar("T")
Many = list[T] | tuple[T, ...]
'''
# What methods of the client take beside what they say themselves of a command.
_REST = {
    "SendOptions": ("messages.send", {"channel_url", "message", "files", "parent_message_id", "req_id"}),
    "ReplyOptions": ("messages.send", {"channel_url", "message", "req_id"}),
    "EditOptions": ("messages.update", {"channel_url", "message_id", "message"}),
    "ChannelOptions": ("channels.create", {"name", "user_ids", "req_id"}),
    "ScheduleOptions": (
        "scheduled_messages.create",
        {"channel_url", "message", "scheduled_at", "files", "req_id"},
    ),
    "ScheduledChange": ("scheduled_messages.update", {"scheduled_message_id"}),
    "SearchFilters": ("messages.search", {"query", "token"}),
}
_CALL = '''

class Call(Protocol):
    """Runs a command of the server: what it takes and what it answers, by its name."""
'''
_WIDTH = 116


def commands(described: Json) -> str:
    """A module with a class for the parameters of each command, those of objects in them, and what `call` is."""
    taken = called_by_clients(described)
    classes = [parameter_class(title, schema) for title, schema in sorted(inner_objects(taken.values()).items())]
    classes += [parameter_class(_name(name), each) for name, each in taken.items() if each["properties"]]
    classes += [_rest(name, command, taken[command]) for name, (command, _) in _REST.items()]
    overloads = [_overload(name, described["commands"][name], each) for name, each in taken.items()]
    return "".join([_HEAD, *classes, _CALL, *overloads])


def called_by_clients(described: Json) -> Json:
    """The parameters of each command that clients call, by its name."""
    called = {name: each for name, each in described["commands"].items() if "client" in each["callers"]}
    return {name: for_clients(each["parameters"]) for name, each in called.items()}


def inner_objects(taken: Iterable[Json]) -> Json:
    """The objects with fields of their own inside of parameters, by their titles."""
    return {each["title"]: each for parameters in taken for each in _objects(parameters)}


def parameter_class(name: str, schema: Json, base: str = "TypedDict") -> str:
    """A class with a field for each parameter, beside those of its base."""
    words = f'\n    """{schema["description"]}"""\n' if schema.get("description") else ""
    lines = [line for field in schema["properties"] for line in _field(schema, field)]
    return f"\n\nclass {name}({base}):{words}\n" + "\n".join(lines) + "\n"


def _name(command: str) -> str:
    """ "mutes.list_channels" as MutesListChannels."""
    return "".join(word.capitalize() for word in command.replace(".", "_").split("_"))


def _rest(name: str, command: str, parameters: Json) -> str:
    """A class for those parameters that nothing else says."""
    said = _REST[name][1]
    words = f"Parameters of `{command}`, but for what a method of the client says by itself."
    properties = {field: each for field, each in parameters["properties"].items() if field not in said}
    return parameter_class(name, parameters | {"properties": properties, "description": words})


def _objects(schema: Any) -> Iterator[Json]:
    below = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for each in below:
        if isinstance(each, dict) and each.get("properties") and "title" in each:
            yield each
        yield from _objects(each)


def _field(schema: Json, name: str) -> Iterator[str]:
    field = schema["properties"][name]
    yield from (f"    # {line}" for line in wrap(field.get("description", ""), _WIDTH - 6))
    kind = _type(field)
    yield f"    {name}: {kind if name in schema['required'] else f'NotRequired[{kind}]'}"


def _type(schema: Json) -> str:
    """What is taken: of a list any that is one, of an object any that has its fields."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return enumeration(schema)
    if schema.get("type") == "array":
        return f"Many[{_type(schema['items'])}]"
    if schema.get("type") == "object":
        return str(schema["title"]) if schema.get("properties") else _mapping(schema)
    return plain(schema)


def _mapping(schema: Json) -> str:
    values = schema.get("additionalProperties")
    return f"Mapping[str, {_type(values) if isinstance(values, dict) else 'Any'}]"


def _overload(name: str, command: Json, parameters: Json) -> str:
    taken = f", **params: Unpack[{_name(name)}]" if parameters["properties"] else ""
    head = f'async def __call__(self, method: Literal["{name}"], *, deadline: float = ...{taken})'
    return f"\n    @overload\n    {head} -> {resource_name(command['result'], 'schema.')}: ...\n"
