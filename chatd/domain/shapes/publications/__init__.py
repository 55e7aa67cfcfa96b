"""What publications look like, as types: each says its `type`, and whom it is told, in its docstring.

Unless it says otherwise, a publication goes to the members of the channel, and who was away recovers it.
"""

from __future__ import annotations

import typing
from types import MappingProxyType
from typing import Any

from chatd.domain.shapes.publications import (
    blocks,
    bots,
    channels,
    invitations,
    members,
    messages,
    notifications,
    own,
    polls,
    presence,
    sanctions,
    type_sanctions,
    users,
)

_MODULES = (
    *(blocks, bots, channels, invitations, members, messages, notifications),
    *(own, polls, presence, sanctions, type_sanctions, users),
)


def _types(shape: Any) -> tuple[str, ...]:
    """The types of publications that a shape is of; none when it is only a part of others."""
    return typing.get_args(typing.get_type_hints(shape).get("type"))


def _shapes() -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for module in _MODULES:
        for shape in vars(module).values():
            if typing.is_typeddict(shape) and shape.__module__ == module.__name__:
                for name in _types(shape):
                    found[name] = (*found.get(name, ()), shape)
    return found


PUBLICATIONS: MappingProxyType[str, tuple[Any, ...]] = MappingProxyType(_shapes())
"""Every publication by its type: the shapes that it may have, one but where channels are group or open channels."""
