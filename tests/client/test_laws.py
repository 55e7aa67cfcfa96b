"""What a client shows is what the server has, whatever happened on the way."""

from __future__ import annotations

from itertools import product

import pytest
import trio
import trio.testing
from hypothesis import HealthCheck, Phase, given, register_random, settings
from hypothesis import strategies as st

from chatd.client import Chat, Refused, Timeline
from chatd.client.poll import Poll
from chatd.client.schema import FollowedThread, Message
from tests.client.history import URLS, Actor, Step, steps
from tests.client.model import Model
from tests.client.network import World
from tests.client.place import ME, NO_CHANNEL, NOT_HERE, OTHER, Place

# After the network is whole again, calls that wait for an answer and pauses before the next attempt take so long.
CALM_SECONDS = 240.0
SKEWS = (0.0, -3_600.0, 3_600.0, 86_400.0)

# The scheduler's choices belong to the history: a failure is found again.
trio._core._run._ALLOW_DETERMINISTIC_SCHEDULING = True  # type: ignore[attr-defined]
register_random(trio._core._run._r)  # type: ignore[attr-defined]


async def _live(history: list[Step], skew: float) -> None:
    async with trio.open_nursery() as nursery:
        world = World(URLS, nursery, skew)
        for url, user_id in product(URLS, (ME, OTHER)):
            world.model.send(url, user_id, f"first of {user_id}")  # for threads to begin at
        async with Chat("https://chat.example.com", world.token, dial=world.dial) as chat:
            actor = Actor(chat, world)
            for url in URLS:
                await chat.channels[url].messages.ready()
                await chat.channels[url].metadata.ready()
            await chat.threads.begin()
            await chat.blocks.begin()
            for place in world.model.places.values():
                await chat.polls.of(place.poll.id).ready()
            for step in history:
                if step.name == "wait":
                    await trio.sleep(step.seconds)
                actor.take(step)
            world.is_down = False
            world.delays.clear()
            await trio.sleep(CALM_SECONDS)
            assert chat.state == "connected"
            assert chat.is_in_step
            assert chat.channels.is_settled
            for channel in chat.channels:  # whoever came back to a channel begins with a new timeline
                await channel.messages.ready()
                await channel.metadata.ready()
            assert {user["user_id"] for user in chat.blocks.users} == world.model.blocked
            assert _threads(chat.threads.items) == _threads(world.model.threads())
            for url, place in world.model.places.items():
                _check(chat, place, world.model)
                _check_poll(chat.polls.of(place.poll.id), place)
                if not any(step.name == "leave" and step.url == url for step in history):
                    for timeline in (each for key, each in actor.threads.items() if key[0] == url):
                        _check_window(timeline, place, world.model)
                    _check_sent(place, actor.said[url])
                    assert chat.drafts.at(url).text == place.draft
        nursery.cancel_scope.cancel()


def _check(chat: Chat, place: Place, model: Model) -> None:
    """Local state = server state, nothing lost, nothing twice, in order, and nothing is on its way for ever."""
    channel = chat.channels.get(place.url)
    assert (channel is not None) == place.is_member
    if channel is None:
        return
    last = place.messages[-1] if place.messages else None
    assert (channel.last_message and _shown(channel.last_message)[:2]) == (last and _shown(last)[:2])
    assert channel.unread == place.unread
    assert channel.metadata.items == place.metadata
    assert channel.members["ben"]["read_ts"] == place.other_read_at
    _check_window(channel.messages, place, model)


def _check_window(timeline: Timeline, place: Place, model: Model) -> None:
    first = timeline[0]["message_id"] if timeline.has_older else 0
    end = timeline[-1]["message_id"] if timeline.has_newer else model.offset
    expected = [_shown(each) for each in place.replies(timeline.parent_id) if first <= each["message_id"] <= end]
    assert [_shown(each) for each in timeline] == expected
    for outgoing in timeline.outbox.items:  # what is refused for good stays, and says so
        assert isinstance(outgoing.failure, Refused)
        assert outgoing.failure.code in (NOT_HERE, NO_CHANNEL)


def _threads(threads: list[FollowedThread]) -> list[tuple[int, str, int, int]]:
    return [
        (
            thread["message_id"],
            thread["parent_message"]["message"],
            thread["thread_info"]["reply_count"],
            thread["unread_reply_count"],
        )
        for thread in threads
    ]


def _check_poll(poll: Poll, place: Place) -> None:
    if not place.is_member:
        return
    assert poll.is_open != place.poll.is_closed
    voters = [(text, sorted(place.poll.voters(number))) for number, text in enumerate(place.poll.options, 1)]
    assert [(option.text, sorted(option.voters)) for option in poll.options] == voters
    assert [option.vote_count for option in poll.options] == [len(each) for _, each in voters]
    assert sorted(poll.chosen) == place.poll.votes.get(ME, [])
    assert poll.voter_count == place.poll.counts["voter_count"]


def _shown(message: Message) -> tuple[int, str, list[str]]:
    reactions = [f"{each['key']} {user_id}" for each in message.get("reactions", ()) for user_id in each["user_ids"]]
    return message["message_id"], message["message"], sorted(reactions)


def _check_sent(place: Place, said: list[str]) -> None:
    """What was sent was committed once, in the order in which it was written."""
    committed = [message["message"] for message in place.sent.values() if "parent_message_id" not in message]
    assert committed == said


def _run(history: list[Step], skew: float) -> None:
    trio.run(_live, history, skew, clock=trio.testing.MockClock(autojump_threshold=0))


LAW = given(steps, st.sampled_from(SKEWS))
SOME = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@settings(SOME, max_examples=12, derandomize=True)
@LAW
def test_it_shows_what_the_server_has(history: list[Step], skew: float) -> None:
    _run(history, skew)


@pytest.mark.slow
@settings(SOME, max_examples=400, phases=[Phase.explicit, Phase.generate])
@LAW
def test_it_shows_what_the_server_has_in_many_histories(history: list[Step], skew: float) -> None:
    _run(history, skew)
