"""Random histories of one chat: what its person does, what others do, and what happens to the network."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable
from dataclasses import dataclass

from hypothesis import strategies as st

from chatd.client import Channel, Chat, Failure, Timeline
from tests.client.commands import REFUSED
from tests.client.network import World
from tests.client.place import ME, OTHER

URLS = ("garden", "square")
WEIGHTS = {
    "wait": 12,
    "send": 6,
    "send what is refused": 1,
    "edit": 3,
    "delete": 2,
    "react": 4,
    "mark read": 3,
    "load older": 2,
    "load newer": 1,
    "look around": 1,
    "write": 5,
    "look at the end": 1,
    "reply": 5,
    "read a thread": 3,
    "follow": 2,
    "unfollow": 2,
    "vote": 4,
    "suggest": 1,
    "block": 2,
    "describe": 2,
    "another device blocks": 4,
    "other describes": 4,
    "other replies": 8,
    "other votes": 4,
    "other closes": 1,
    "another device reads a thread": 2,
    "another device follows": 1,
    "another device unfollows": 1,
    "another device votes": 2,
    "other sends": 6,
    "other edits": 3,
    "other deletes": 3,
    "other reacts": 3,
    "other reads": 2,
    "another device reads": 1,
    "another device writes": 2,
    "expire": 1,
    "leave": 1,
    "join": 2,
    "cut": 5,
    "silence": 1,
    "repeat": 2,
    "go down": 2,
    "come up": 3,
    "lose the log": 1,
    "expire tokens": 2,
    "delay answers": 4,
}
WAITS = (0.001, 0.004, 0.006, 0.011, 0.03, 0.5, 3.0, 12.0)
DELAYS = (0.0, 0.003, 0.04, 0.6, 9.0)


@dataclass(frozen=True)
class Step:
    """`at`: which message of those that there are. `seconds`, `delays` and `count` where they say something."""

    name: str
    url: str
    at: int
    is_added: bool
    count: int
    seconds: float
    delays: list[float]


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from([name for name, weight in WEIGHTS.items() for _ in range(weight)]),
        st.sampled_from(URLS),
        st.integers(0, 80),
        st.booleans(),
        st.sampled_from([1, 1, 2, 60]),
        st.sampled_from(WAITS),
        st.lists(st.sampled_from(DELAYS), min_size=1, max_size=6),
    ),
    # Short ones show little.
    min_size=20,
    max_size=80,
)


class Actor:
    """Takes the steps of a history. `said`: what its person has sent, by channel."""

    def __init__(self, chat: Chat, world: World) -> None:
        self.said: dict[str, list[str]] = {url: [] for url in URLS}
        # The threads that were looked at.
        self.threads: dict[tuple[str, int], Timeline] = {}
        self._chat = chat
        self._world = world

    def take(self, step: Step) -> None:
        """One of them; what takes time goes on beside the next."""
        self._act(step)
        if self._world.model.places[step.url].is_member:
            self._happen(step)
            self._happen_besides(step)
            self._happen_elsewhere(step)
        elif step.name == "join":
            self._world.model.join(step.url)
        self._harm(step)

    def _act(self, step: Step) -> None:
        channel = self._chat.channels.get(step.url)
        if channel is None:
            return
        timeline = channel.messages
        self._look(timeline, step)
        self._act_besides(channel, step)
        shown = timeline[step.at % len(timeline)] if len(timeline) else None
        own = [message for message in timeline if message["user"]["user_id"] == ME]
        match step.name:
            case "edit" if own:
                mine = own[step.at % len(own)]
                self._do(timeline.edit(mine, mine["message"] + "!"))
            case "delete" if own:
                self._do(timeline.delete(own[step.at % len(own)]))
            case "react" if shown:
                self._do(timeline.react(shown, "tea", is_added=step.is_added))
            case "look around" if shown:
                self._do(timeline.load_around(message_id=shown["message_id"]))

    def _act_besides(self, channel: Channel, step: Step) -> None:
        poll = self._chat.polls.of(URLS.index(step.url) + 1)
        match step.name:
            case "vote":
                self._do(poll.vote(_chosen(step)))
            case "suggest":
                self._do(poll.suggest(_begun(step) or "Water"))
            case "block":
                blocks = self._chat.blocks
                self._do(blocks.remove(OTHER) if blocks.has(OTHER) else blocks.add(OTHER))
            case "describe":
                metadata = channel.metadata
                self._do(metadata.set("topic", _begun(step)) if step.is_added else metadata.remove("topic"))
        if not (timeline := channel.messages):
            return
        # Of few messages, so that threads grow.
        message = timeline[-1 - step.at % min(len(timeline), 3)]
        key = (step.url, message["message_id"])
        match step.name:
            case "reply":
                self.threads[key] = channel.thread(message)
                self.threads[key].send(f"reply {step.at}")
            case "read a thread" if key in self.threads:
                self._do(self.threads[key].mark_read())
            case "follow":
                self._do(self._chat.threads.follow(message))
            case "unfollow":
                self._do(self._chat.threads.unfollow(message))

    def _happen_elsewhere(self, step: Step) -> None:
        model = self._world.model
        match step.name:
            case "another device writes":
                model.write(step.url, _begun(step))
            case "another device blocks":
                model.block(OTHER, OTHER not in model.blocked)
            case "other describes":
                model.describe(step.url, ("topic", "season")[step.at % 2], _begun(step) * step.is_added)

    def _happen_besides(self, step: Step) -> None:
        model, place = self._world.model, self._world.model.places[step.url]
        match step.name:
            case "other votes" if place.poll.takes(_chosen(step)):
                model.vote(place.poll.id, OTHER, _chosen(step))
            case "another device votes" if place.poll.takes(_chosen(step)):
                model.vote(place.poll.id, ME, _chosen(step))
            case "other closes" if place.poll.takes([]):
                model.change_poll(place.poll.id, is_closed=True)
        if not (messages := place.replies(0)):
            return
        parent_id = messages[-1 - step.at % min(len(messages), 3)]["message_id"]
        replies = place.replies(parent_id)
        match step.name:
            case "other replies":
                model.send(step.url, OTHER, f"other reply {step.at}", parent_id=parent_id)
            case "another device reads a thread" if replies:
                model.read_thread(step.url, parent_id, replies[step.at % len(replies)]["message_id"])
            case "another device follows":
                model.subscribe(step.url, parent_id, True)
            case "another device unfollows":
                model.subscribe(step.url, parent_id, False)

    def _look(self, timeline: Timeline, step: Step) -> None:
        match step.name:
            case "send":
                self.said[step.url].append(f"{step.url} {len(self.said[step.url])}")
                timeline.send(self.said[step.url][-1])
            case "send what is refused":
                timeline.send(REFUSED)
            case "write":
                self._chat.drafts.at(step.url).write(_begun(step))
            case "mark read":
                self._do(timeline.mark_read())
            case "load older":
                self._do(timeline.load_older())
            case "load newer":
                self._do(timeline.load_newer())
            case "look at the end":
                self._do(timeline.load_latest())

    def _happen(self, step: Step) -> None:
        model = self._world.model
        messages = model.places[step.url].messages
        some = messages[step.at % len(messages)] if messages else None
        match step.name:
            case "other sends":
                for _ in range(step.count):
                    model.send(step.url, OTHER, f"other {model.offset}")
            case "leave":
                model.leave(step.url)
            case "other edits" if some:
                model.edit(step.url, some["message_id"], some["message"] + "?")
            case "other deletes" if some:
                model.delete(step.url, some["message_id"])
            case "other reacts" if some:
                model.react(step.url, some["message_id"], OTHER, "tea", step.is_added)
            case "other reads" if some:
                model.read(step.url, OTHER, messages[-1]["message_id"])
            case "expire" if some:
                model.expire(step.url, some["message_id"])
            case "another device reads" if some:
                model.read(step.url, ME, some["message_id"])

    def _harm(self, step: Step) -> None:
        world = self._world
        match step.name:
            case "cut":
                world.cut()
            case "silence":
                world.silence()
            case "repeat":
                world.repeat(min(step.count, 6))
            case "go down":
                world.is_down = True
                world.cut()
            case "come up":
                world.is_down = False
            case "lose the log":
                world.model.begin_anew()
                world.cut()
            case "expire tokens":
                world.expire_tokens()
            case "delay answers":
                world.delays.extend(step.delays)

    def _do(self, work: Awaitable[None]) -> None:
        async def do() -> None:
            with contextlib.suppress(Failure):  # what the network or the server refuses is told
                await work

        self._world.nursery.start_soon(do)


def _chosen(step: Step) -> list[int]:
    return [[], [1], [2], [1, 2]][step.at % 4]


def _begun(step: Step) -> str:
    return "I think" * step.is_added + "!" * (step.at % 4)
