"""The chat rules, as plain functions over a transaction.

Every edge enters by the command table: REST paths and RPC methods are translations of its names and inputs.
"""

from __future__ import annotations

from types import MappingProxyType

from chatd.domain import (
    channel_list,
    channels,
    clock,
    connections,
    history,
    members,
    messages,
    presence,
    privacy,
    reactions,
    reads,
    retention,
    search,
    sessions,
    typing,
    users,
)
from chatd.domain.command import Command

_modules = (
    users,
    sessions,
    channels,
    channel_list,
    members,
    messages,
    history,
    search,
    reactions,
    reads,
    typing,
    connections,
    presence,
    clock,
    retention,
    privacy,
)

COMMANDS: MappingProxyType[str, Command] = MappingProxyType(
    {found.name: found for module in _modules for found in vars(module).values() if isinstance(found, Command)}
)
"""Every command by its name, `<nouns>.<verb>`."""
