"""Bodies of requests: JSON, and where files may come with them, forms."""

from __future__ import annotations

from typing import Any, Final

from chatd.domain.command import Command

Json = dict[str, Any]

_FILE: Final = {"type": "string", "contentMediaType": "application/octet-stream"}
_PICTURE: Final = _FILE | {"description": "A picture, of which a smaller one is made."}
# What forms have besides parameters.
_FILES: Final[Json] = {
    "messages.send": {"file": {"type": "array", "items": _FILE, "description": "The files of the message."}},
    "users.create": {"profile_file": _PICTURE},
    "users.update": {"profile_file": _PICTURE},
    "channels.create": {"cover_file": _PICTURE},
    "channels.update": {"cover_file": _PICTURE},
}
# Parameters that no form can have, or that stand for the files of one.
_NEVER_IN_FORMS: Final = frozenset({"files", "url", "file_name", "file_type", "file_size"})


def request_body(command: Command, taken: Json, examples: Json) -> Json:
    """The body with these parameters: by name the schema of each, and whether it is required."""
    required = [name for name, (_, is_required) in taken.items() if is_required]
    schema = _object({name: each for name, (each, _) in taken.items()}, required)
    shown_body = {name: value for name, value in examples.items() if name in taken}
    content: Json = {"application/json": {"schema": schema, "example": shown_body}}
    if command.name in _FILES:
        fields = {name: without_null(each) for name, (each, _) in taken.items() if name not in _NEVER_IN_FORMS}
        plain = {name: each for name, each in fields.items() if _is_plain(each)}
        content["multipart/form-data"] = {"schema": _object(plain | _FILES[command.name], required)}
    return {"required": bool(required), "content": content}


def without_null(schema: Json) -> Json:
    """Outside of JSON nothing is null; there, what may be null may be absent."""
    kept = {key: value for key, value in schema.items() if key not in ("anyOf", "default")}
    if schema.get("default") not in (None, "", (), []):
        kept["default"] = schema["default"]
    inner = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    return kept | (inner[0] if len(inner) == 1 else {"anyOf": inner} if inner else {})


def _object(properties: Json, required: list[str]) -> Json:
    return {"type": "object", "properties": properties} | ({"required": required} if required else {})


def _is_plain(schema: Json) -> bool:
    """Whether text can say it: no object, and no list of objects."""
    return schema.get("type") != "object" and schema.get("items", {}).get("type") != "object"
