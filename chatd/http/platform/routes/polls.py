"""Polls, their options and votes."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_POLL: Final = "/polls/{poll_id}"
_OPTION: Final = f"{_POLL}/options/{{option_id}}"
_MAKER: Final = {"created_by": "user_id"}

ROUTES: Final = (
    route("GET", "/polls", "polls.list"),
    route("POST", "/polls", "polls.create", names=_MAKER),
    route("GET", _POLL, "polls.view"),
    route("PUT", _POLL, "polls.update"),
    route("DELETE", _POLL, "polls.delete"),
    route("PUT", f"{_POLL}/close", "polls.close"),
    route("PUT", f"{_POLL}/vote", "polls.vote"),
    route("POST", f"{_POLL}/options", "polls.add_option", names=_MAKER),
    route("GET", _OPTION, "polls.view_option"),
    route("PUT", _OPTION, "polls.update_option"),
    route("DELETE", _OPTION, "polls.delete_option"),
    route("GET", f"{_OPTION}/voters", "polls.list_voters"),
)
