"""Polls in tests."""

from __future__ import annotations

from typing import Any

from tests.domain.conftest import World


class Asked:
    """Makes polls of the options 1 and 2, and votes in them."""

    def __init__(self, world: World) -> None:
        self.world = world

    def make(self, user_id: str, **more: Any) -> int:
        params = {"title": "Tea?", "options": ["black", "green"]} | more
        poll_id: int = self.world.client(user_id, "polls.create", **params)["id"]
        return poll_id

    def shown(self, user_id: str, channel_url: str, **more: Any) -> int:
        """A poll that a message of its maker shows."""
        poll_id = self.make(user_id, **more)
        self.world.client(user_id, "messages.send", channel_url=channel_url, message="?", poll_id=poll_id)
        return poll_id

    def vote(self, user_id: str, poll_id: int, *options: int) -> Any:
        return self.world.client(user_id, "polls.vote", poll_id=poll_id, option_ids=list(options))

    def view(self, user_id: str, poll_id: int, **more: Any) -> Any:
        return self.world.client(user_id, "polls.view", poll_id=poll_id, **more)

    def counts(self, poll_id: int) -> tuple[int, list[int]]:
        """How many voted, and for what."""
        poll = self.world.backend("polls.view", poll_id=poll_id)
        return poll["voter_count"], [option["vote_count"] for option in poll["options"]]
