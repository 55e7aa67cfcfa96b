"""The chat rules, as plain functions over a transaction.

Every edge enters by the command table: REST paths and RPC methods are translations of its names and inputs.
"""

from __future__ import annotations

from types import MappingProxyType

from chatd.domain import clock
from chatd.domain.channels import channels, listing, members, reads, typing
from chatd.domain.command import Command
from chatd.domain.messages import (
    copying,
    history,
    messages,
    metaarrays,
    pins,
    poll_options,
    poll_votes,
    polls,
    reactions,
    search,
)
from chatd.domain.upkeep import retention
from chatd.domain.users import connections, presence, privacy, sessions, users

_modules = (
    users,
    sessions,
    channels,
    listing,
    members,
    messages,
    copying,
    metaarrays,
    pins,
    polls,
    poll_options,
    poll_votes,
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
