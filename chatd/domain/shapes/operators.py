"""Operators and invitations of channels."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from chatd.domain.shapes.users import BasicUser


class Operator(BasicUser):
    """A user who operates a channel."""

    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]


class Operators(TypedDict):
    """A page of operators, or all of them."""

    operators: list[Operator]
    next: NotRequired[str]


class InvitationPreference(TypedDict):
    """Whether an invitation is accepted at once."""

    auto_accept: bool
