"""What clients are told, held against the table of publications."""

from __future__ import annotations

from typing import Any

import msgspec

from chatd.domain.shapes.publications import PUBLICATIONS


def check_told(data: dict[str, Any]) -> None:
    """That it has a shape of its type, and nothing else in it."""
    assert data["type"] in PUBLICATIONS, f"chatd/domain/shapes/publications has no shape of this: {data}"
    found = [_in_shape(data, shape) for shape in PUBLICATIONS[data["type"]]]
    assert data in found, f"{data} is not as its shape in chatd/domain/shapes/publications says: {found}"


def _in_shape(data: dict[str, Any], shape: Any) -> Any:
    """What a shape has of it, or what is wrong."""
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        return str(error)
