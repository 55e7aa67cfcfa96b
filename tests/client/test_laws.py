"""What a client shows is what the server has, whatever happened on the way."""

from __future__ import annotations

import pytest
import trio
import trio.testing
from hypothesis import HealthCheck, Phase, given, register_random, settings
from hypothesis import strategies as st

from chatd.client import Chat, Refused
from chatd.client.schema import Message
from tests.client.history import URLS, Actor, Step, steps
from tests.client.model import NO_CHANNEL, NOT_HERE, Model, Place
from tests.client.network import World

# After the network is whole again, calls that wait for an answer and pauses before the next attempt take so long.
CALM_SECONDS = 240.0
SKEWS = (0.0, -3_600.0, 3_600.0, 86_400.0)

# The scheduler's choices belong to the history: a failure is found again.
trio._core._run._ALLOW_DETERMINISTIC_SCHEDULING = True  # type: ignore[attr-defined]
register_random(trio._core._run._r)  # type: ignore[attr-defined]


async def _live(history: list[Step], skew: float) -> None:
    async with trio.open_nursery() as nursery:
        world = World(URLS, nursery, skew)
        async with Chat("https://chat.example.com", world.token, dial=world.dial) as chat:
            actor = Actor(chat, world)
            for url in URLS:
                await chat.channels[url].messages.ready()
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
            for url, place in world.model.places.items():
                _check(chat, place, world.model)
                if not any(step.name == "leave" and step.url == url for step in history):
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
    assert channel.members["ben"]["read_ts"] == place.other_read_at
    timeline = channel.messages
    first = timeline[0]["message_id"] if timeline.has_older else 0
    end = timeline[-1]["message_id"] if timeline.has_newer else model.offset
    expected = [_shown(each) for each in place.messages if first <= each["message_id"] <= end]
    assert [_shown(each) for each in timeline] == expected
    for outgoing in timeline.outbox.items:  # what is refused for good stays, and says so
        assert isinstance(outgoing.failure, Refused)
        assert outgoing.failure.code in (NOT_HERE, NO_CHANNEL)


def _shown(message: Message) -> tuple[int, str, list[str]]:
    reactions = [f"{each['key']} {user_id}" for each in message.get("reactions", ()) for user_id in each["user_ids"]]
    return message["message_id"], message["message"], sorted(reactions)


def _check_sent(place: Place, said: list[str]) -> None:
    """What was sent was committed once, in the order in which it was written."""
    assert [message["message"] for message in place.sent.values()] == said


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
