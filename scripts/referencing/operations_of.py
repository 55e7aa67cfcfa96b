"""The Python types of what operations of the Platform API take: `operations.py` of the client."""

from __future__ import annotations

from typing import Any

from parameters_of import called_by_clients, inner_objects, parameter_class

Json = dict[str, Any]

_HEAD = '''"""What operations of the Platform API take. Made by scripts/reference of its description. Do not edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

'''
_USER = "/users/{user_id}"
_CHANNEL = "/group_channels/{channel_url}"
_MESSAGES = f"{_CHANNEL}/messages"
_MESSAGE = f"{_MESSAGES}/{{message_id}}"
_PAGE = {"token"}
# A single file may stand beside the text; `files` may have it too.
_SAID = {"message_type", "user_id", "message", "req_id", "url", "file_name", "file_type", "file_size"}
_OF_SENDERS = {"parent_message_id", "reply_to_channel", "files", "apply_filters", "poll_id", "mark_as_read"}
_NOT_OFFERED = {"issue_access_token"}
# Who sends a message may say what may be said of nobody's, and more.
_BASES = {"MessageOptions": "AdminMessageOptions"}
# What methods of `Backend` take beside what they say themselves. Request ids are of users: for a channel that a backend
# makes, and a message in nobody's name, they mean nothing.
_OPTIONS = {
    "UserOptions": ("post", "/users", {"user_id", "nickname", "profile_url"} | _NOT_OFFERED),
    "UserChange": ("put", _USER, _NOT_OFFERED),
    "UserFilters": ("get", "/users", _PAGE),
    "GroupChannelOptions": ("post", "/group_channels", {"user_ids", "name", "req_id"}),
    "GroupChannelDetails": ("get", _CHANNEL, set()),
    "GroupChannelChange": ("put", _CHANNEL, set()),
    "GroupChannelFilters": ("get", "/group_channels", _PAGE),
    "MemberFilters": ("get", f"{_CHANNEL}/members", _PAGE),
    "AdminMessageOptions": ("post", _MESSAGES, _SAID | _OF_SENDERS),
    "MessageOptions": ("post", _MESSAGES, _SAID),
    "MessageDetails": ("get", _MESSAGE, set()),
    "MessageChange": ("put", _MESSAGE, {"message_type", "message"}),
    "MessageFilters": ("get", _MESSAGES, set()),
}


def operations(document: Json, described: Json) -> str:
    """A module with a class for what each method takes; objects in them that clients know too are those of commands."""
    taken = {
        name: _options(document["paths"][path], method, path, own) for name, (method, path, own) in _OPTIONS.items()
    }
    inner = inner_objects(taken.values())
    known = inner_objects(called_by_clients(described).values())
    names = ", ".join(sorted({"Many", *(inner.keys() & known.keys())}))
    classes = [parameter_class(title, each) for title, each in sorted(inner.items()) if title not in known]
    classes += [_class(name, taken) for name in taken]
    return "".join([_HEAD, f"from chatd.client.commands import {names}\n", *classes])


def _class(name: str, taken: dict[str, Json]) -> str:
    base = _BASES.get(name, "TypedDict")
    inherited = taken[base]["properties"] if base in taken else {}
    properties = {each: what for each, what in taken[name]["properties"].items() if each not in inherited}
    return parameter_class(name, taken[name] | {"properties": properties}, base)


def _options(operations: Json, method: str, path: str, own: set[str]) -> Json:
    """The schema of what is in the query or the body of an operation, but for what a method says by itself."""
    whole = _body(operations[method]) if "requestBody" in operations[method] else _query(operations[method])
    properties = {name: each for name, each in whole["properties"].items() if name not in own}
    words = f"What `{method.upper()} {path}` takes beside what its method says."
    return {"description": words, "properties": properties, "required": whole.get("required", [])}


def _body(operation: Json) -> Json:
    schema: Json = operation["requestBody"]["content"]["application/json"]["schema"]
    return schema


def _query(operation: Json) -> Json:
    asked = [each for each in operation["parameters"] if each["in"] == "query"]
    properties = {each["name"]: each["schema"] | {"description": each["description"]} for each in asked}
    return {"properties": properties, "required": [each["name"] for each in asked if each["required"]]}
