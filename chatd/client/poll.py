"""One poll as this person sees it."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import trio

from chatd.client.change import Change
from chatd.client.failures import Failure
from chatd.client.journal import Journal
from chatd.client.persist import persist
from chatd.client.schema import Poll as PollResource
from chatd.client.schema import PollOption as PollOptionResource
from chatd.client.schema import PollVoted, Publication, Voters
from chatd.client.session import Session

# Of each option so many voters are known by name; the rest is asked for.
VOTERS = 10


@dataclass(frozen=True)
class PollOption:
    """`voters` are user_ids, the first few."""

    id: int
    text: str
    vote_count: int
    created_by: str
    voters: tuple[str, ...] = ()


class Poll:
    """Loading at first, and kept in step by events once it is loaded; `changed` tells of each change."""

    def __init__(self, session: Session, poll_id: int) -> None:
        self.id = poll_id
        self.changed = Change()
        self.state: Literal["loading", "ready", "gone"] = "loading"
        self.title = ""
        self.options: list[PollOption] = []
        # The ids of the options that this person has chosen.
        self.chosen: list[int] = []
        self.voter_count = 0
        self.is_anonymous = False
        self.allows_several = False
        self.allows_suggestions = False
        # Who made it.
        self.created_by = ""
        # When it closes by itself, in ms; 0 for never.
        self.closes_at = 0
        self._session = session
        self._is_closed = False
        self._journal = Journal()

    @property
    def is_open(self) -> bool:
        """Whether one may vote."""
        is_late = 0 < self.closes_at <= time.time() * 1000
        return self.state == "ready" and not self._is_closed and not is_late

    async def ready(self) -> None:
        """Until it is loaded, or known to be gone."""
        await self.changed.until(lambda: self.state != "loading")

    async def load(self) -> None:
        """Raises a Failure; what is not there any more is gone."""
        try:
            await self._journal.join(
                lambda: self._session.call("polls.view", poll_id=self.id, show_partial_voter_list=True),
                self._take,
                self._apply,
            )
        except Failure as failure:
            if failure.temporary:
                raise
            self._become("gone")

    async def vote(self, option_ids: Collection[int]) -> None:
        """Choose these options and no others: shown at once, and undone when it is refused. Raises a Failure."""
        before = self.chosen
        self._choose(option_ids)
        try:
            # The answer may be older than what others have chosen meanwhile: the counts come as an event.
            await self._session.call("polls.vote", poll_id=self.id, option_ids=list(option_ids))
        except Failure:
            self._choose(before)
            self._session.spawn(persist, self.load)
            raise

    async def suggest(self, text: str) -> None:
        """Another option; everybody is told of it, this person too. Raises a Failure."""
        await self._session.call("polls.add_option", poll_id=self.id, text=text)

    async def close(self) -> None:
        """For good. Raises a Failure."""
        await self._session.call("polls.close", poll_id=self.id)

    async def update(self, title: str, closes_at: int = 0) -> None:
        """Have another title, and close at another time: in ms, 0 for never. Raises a Failure."""
        await self._session.call("polls.update", poll_id=self.id, title=title, close_at=closes_at // 1000 or -1)

    async def voters(self, option_id: int, token: str = "") -> Voters:
        """A page of those who chose an option. Raises a Failure."""
        return await self._session.call("polls.list_voters", poll_id=self.id, option_id=option_id, token=token)

    def handle(self, event: Publication) -> None:
        """The server tells something of it."""
        self._journal.note(event)
        self._apply(event)

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "poll.updated":
                self._take(event["poll"])
            case "poll.voted":
                self._count(event)
            case "poll.deleted":
                self._become("gone")

    def _take(self, resource: PollResource) -> None:
        """A poll as the server has it; who chose what is only said by some answers."""
        if resource["status"] == "removed":
            return self._become("gone")
        known = {option.id: option.voters for option in self.options}
        self.title = resource["title"]
        self.options = [_option(each, known.get(each["id"], ())) for each in resource["options"]]
        left = [each for each in self.chosen if any(option.id == each for option in self.options)]
        self.chosen = resource.get("voted_option_ids", left)
        self.voter_count = resource["voter_count"]
        self.is_anonymous = resource["is_anonymous"]
        self.allows_several = resource["allow_multiple_votes"]
        self.allows_suggestions = resource["allow_user_suggestion"]
        self.created_by = resource["created_by"]
        self._is_closed = resource["status"] == "closed"
        self._close_at(max(resource["close_at"], 0) * 1000)
        return self._become("ready")

    def _count(self, event: PollVoted) -> None:
        """Somebody has voted: the counts are those of now."""
        counts = {option["id"]: option["vote_count"] for option in event["options"]}
        self.voter_count = event["voter_count"]
        self.options = [replace(each, vote_count=counts.get(each.id, each.vote_count)) for each in self.options]
        if "user_id" in event:
            self._note(event["user_id"], event.get("option_ids", []))
        self.changed.mark()

    def _choose(self, option_ids: Collection[int]) -> None:
        """A vote of this person, counted here before the server has."""
        self.voter_count += bool(option_ids) - bool(self.chosen)
        self.options = [
            replace(each, vote_count=each.vote_count + (each.id in option_ids) - (each.id in self.chosen))
            for each in self.options
        ]
        self.chosen = list(option_ids)
        if not self.is_anonymous:
            self._note(self._session.user_id, option_ids)
        self.changed.mark()

    def _note(self, user_id: str, option_ids: Collection[int]) -> None:
        """Who has chosen what."""
        if user_id == self._session.user_id:
            self.chosen = list(option_ids)
        self.options = [_noted(each, user_id, is_chosen=each.id in option_ids) for each in self.options]

    def _close_at(self, closes_at: int) -> None:
        if closes_at not in (0, self.closes_at):
            self._session.spawn(self._watch_clock, closes_at)
        self.closes_at = closes_at

    async def _watch_clock(self, closes_at: int) -> None:
        """It closes by itself, without a word from the server."""
        await trio.sleep(max(0.0, closes_at / 1000 - time.time()))
        if closes_at == self.closes_at:
            self.changed.mark()

    def _become(self, state: Literal["ready", "gone"]) -> None:
        self.state = state
        self.changed.mark()


def _option(resource: PollOptionResource, known: tuple[str, ...]) -> PollOption:
    voters = known
    if "partial_voter_list" in resource:
        voters = tuple(user["user_id"] for user in resource["partial_voter_list"])
    return PollOption(resource["id"], resource["text"], resource["vote_count"], resource["created_by"], voters)


def _noted(option: PollOption, user_id: str, *, is_chosen: bool) -> PollOption:
    others = tuple(each for each in option.voters if each != user_id)
    return replace(option, voters=(*others, user_id)[:VOTERS] if is_chosen else others)
