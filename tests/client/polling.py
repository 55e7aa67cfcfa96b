"""A poll of the model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Poll:
    """One that is shown in a channel from the beginning."""

    id: int = 0
    # Their ids are their places, from 1 on.
    options: list[str] = field(default_factory=lambda: ["Tea", "Coffee"])
    # By user_id.
    votes: dict[str, list[int]] = field(default_factory=dict)
    is_closed: bool = False

    def takes(self, option_ids: list[int]) -> bool:
        """Whether one may choose these."""
        return not self.is_closed and all(1 <= each <= len(self.options) for each in option_ids)

    def voters(self, option_id: int) -> list[str]:
        """Who has chosen it."""
        return [user_id for user_id, chosen in self.votes.items() if option_id in chosen]

    @property
    def counts(self) -> Json:
        """As an event has them."""
        ids = range(1, len(self.options) + 1)
        counts = [{"id": each, "vote_count": len(self.voters(each))} for each in ids]
        return {"poll_id": self.id, "message_id": 0, "voter_count": self._voter_count, "options": counts}

    def resource(self, user_id: str = "") -> Json:
        """As the server shows it; to somebody who asks with who chose what."""
        return {
            "id": self.id,
            "title": "What to drink?",
            "status": "closed" if self.is_closed else "open",
            "close_at": -1,
            "is_anonymous": False,
            "allow_multiple_votes": True,
            "allow_user_suggestion": True,
            "created_by": "ben",
            "voter_count": self._voter_count,
            "options": [self._option(number, text, user_id) for number, text in enumerate(self.options, 1)],
            **({"voted_option_ids": self.votes.get(user_id, [])} if user_id else {}),
        }

    @property
    def _voter_count(self) -> int:
        return sum(bool(chosen) for chosen in self.votes.values())

    def _option(self, number: int, text: str, user_id: str) -> Json:
        voters = self.voters(number)
        named = {"partial_voter_list": [{"user_id": each} for each in voters]} if user_id else {}
        return {"id": number, "text": text, "vote_count": len(voters), "created_by": "ben", **named}
