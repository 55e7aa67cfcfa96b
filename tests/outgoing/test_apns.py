"""Apple's push service over HTTP/2 and TLS: many at once, streams and connections that end, and who asks."""

from __future__ import annotations

import json
from typing import Any

import pytest
import trio
import trio.testing
from h2.errors import ErrorCodes
from h2.settings import SettingCodes

from chatd.domain.push.keys import apns_private
from chatd.errors import OutgoingFailed, OutgoingRefused
from chatd.model import ApnsProvider
from chatd.outgoing.dialing import Dialer
from chatd.outgoing.frames import FrameError, Frames, GoAway
from chatd.outgoing.push.apns import Apns, ApnsAnswer
from chatd.outgoing.push.apns_notice import apns_headers, apns_payload
from chatd.outgoing.push.provider_tokens import LEAST_SECONDS, USED_SECONDS, ProviderTokens
from tests.domain.notifying import apns_key
from tests.jobs.apple import HOST, ORIGIN, Apple, Asked, Reply, is_signed, trusting
from tests.outgoing.internet import PUBLIC, Internet

SECONDS = 10
SAID: dict[str, Any] = {
    "notification_id": "e-1-2",
    "title": "Garden",
    "body": "Ann: Hello",
    "badge": 3,
    "tag": "t" * 32,
    "channel_url": "garden",
    "sound": "",
    "volume": -1.0,
}


def provider(**more: Any) -> ApnsProvider:
    return ApnsProvider("DEF123GHIJ", "ABC123DEFG", apns_private(apns_key()), "org.example.garden", 1, **more)


def sender(nursery: trio.Nursery, apple: Apple, *names: str) -> tuple[Apns, Internet]:
    internet = Internet(nursery, {HOST: list(names) or [PUBLIC]}, {PUBLIC: apple.serve})
    return Apns(Dialer(internet, SECONDS), SECONDS, nursery, (ORIGIN, ORIGIN), trusting()), internet


async def tell(apns: Apns, body: str = "Hello", device: str = "aa11") -> ApnsAnswer:
    payload = apns_payload(SAID | {"body": body}, provider())
    return await apns.tell(provider(), device, apns_headers(SAID, "org.example.garden", 1000), payload)


async def test_what_apple_is_asked(nursery: trio.Nursery, autojump_clock: trio.testing.MockClock) -> None:
    apple = Apple()
    apns, _ = sender(nursery, apple)
    assert await tell(apns) == ApnsAnswer(200)
    (asked,) = apple.asked
    assert asked.device == "aa11"
    assert is_signed(asked.headers["authorization"])["iss"] == "DEF123GHIJ"
    assert {name: asked.headers[name] for name in asked.headers if name.startswith("apns-")} == {
        "apns-topic": "org.example.garden",
        "apns-push-type": "alert",
        "apns-priority": "10",
        "apns-expiration": "87400",
        "apns-collapse-id": "t" * 32,
        "apns-id": dict(apns_headers(SAID, "", 0))["apns-id"],
    }
    aps = {"alert": {"title": "Garden", "body": "Hello"}, "thread-id": "t" * 32, "sound": "default", "badge": 3}
    assert asked.payload == {
        "aps": aps,
        "data": {name: SAID[name] for name in SAID if name not in ("title", "body", "badge")},
    }
    nursery.cancel_scope.cancel()


async def test_one_connection_carries_as_many_as_it_takes(
    nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    """More bytes than the window of a connection has, too."""
    apple = Apple(lambda asked: Reply(seconds=1), {SettingCodes.MAX_CONCURRENT_STREAMS: 7})
    apns, internet = sender(nursery, apple)
    async with trio.open_nursery() as asking:
        for n in range(50):
            asking.start_soon(tell, apns, f"{n} {'x' * 3000}")
    assert sorted(int(text.split()[0]) for text in apple.texts()) == list(range(50))
    assert (apple.connections, apple.most_at_once, len(internet.dialled)) == (1, 7, 1)
    assert len({each.headers["authorization"] for each in apple.asked}) == 1
    nursery.cancel_scope.cancel()


async def test_a_server_that_goes_answers_what_it_has_begun_and_the_rest_is_told_anew(
    nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    def reply(asked: Asked) -> Reply:
        # The third request makes it go; it has looked at the first two.
        return Reply(seconds=1, go=3 if (asked.connection, asked.stream) == (1, 5) else None)

    apple = Apple(reply)
    apns, _ = sender(nursery, apple)
    answers: list[ApnsAnswer] = []

    async def ask(text: str) -> None:
        answers.append(await tell(apns, text))

    async with trio.open_nursery() as asking:
        for n in range(5):
            asking.start_soon(ask, str(n))
    assert answers == [ApnsAnswer(200)] * 5
    told = {(each.connection, each.text) for each in apple.asked if each.connection == 2 or each.stream <= 3}
    assert sorted(text for _, text in told) == ["0", "1", "2", "3", "4"]
    assert apple.connections == 2
    nursery.cancel_scope.cancel()


async def test_a_refused_stream_is_asked_once_more_and_a_reset_one_is_not(
    nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    def reply(asked: Asked) -> Reply:
        codes = {"refused": ErrorCodes.REFUSED_STREAM, "broken": ErrorCodes.INTERNAL_ERROR}
        return Reply(refuse=codes.get(asked.text) if asked.stream in (1, 5) else None)

    apple = Apple(reply)
    apns, _ = sender(nursery, apple)
    assert await tell(apns, "refused") == ApnsAnswer(200)
    with pytest.raises(OutgoingFailed, match="reset"):
        await tell(apns, "broken")
    assert apple.texts() == ["refused", "refused", "broken"]
    assert apple.connections == 1
    nursery.cancel_scope.cancel()


async def test_a_slow_answer_is_given_up_and_holds_up_nobody(
    nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    apple = Apple(lambda asked: Reply(seconds=60 if asked.text == "slow" else 0))
    apns, _ = sender(nursery, apple)
    async with trio.open_nursery() as asking:
        asking.start_soon(give_up, apns, "slow")
        await trio.sleep(SECONDS / 2)
        assert (await tell(apns, "quick")).status == 200
    await trio.testing.wait_all_tasks_blocked()
    assert (apple.resets, apple.connections) == (1, 1)
    nursery.cancel_scope.cancel()


async def give_up(apns: Apns, text: str) -> None:
    with pytest.raises(OutgoingFailed, match="within 10 seconds"):
        await tell(apns, text)


async def test_a_connection_that_is_silent_is_made_again(
    nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    apple = Apple(lambda asked: Reply(0 if asked.connection == 1 and asked.stream > 1 else 200))
    apns, _ = sender(nursery, apple)
    await tell(apns)
    await trio.sleep(1)
    await give_up(apns, "lost")
    assert (await tell(apns, "anew")).status == 200
    assert [each.connection for each in apple.asked] == [1, 1, 2]
    nursery.cancel_scope.cancel()


async def test_a_token_that_apple_finds_old_is_made_anew_once(
    nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    seen: list[str] = []

    def reply(asked: Asked) -> Reply:
        seen.append(asked.headers["authorization"])
        return Reply() if seen[-1] != seen[0] else Reply(403, {"reason": "ExpiredProviderToken"})

    apns, _ = sender(nursery, Apple(reply))
    assert await tell(apns) == ApnsAnswer(200)
    assert len(seen) == 2
    seen.insert(0, seen[-1])
    assert await tell(apns) == ApnsAnswer(403, "ExpiredProviderToken")
    assert len(seen) == 4, "it is asked twice in twenty minutes, and not each time"
    nursery.cancel_scope.cancel()


async def test_only_public_addresses_that_speak_http2_are_asked(
    nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    apns, internet = sender(nursery, Apple(), "10.0.0.1")
    with pytest.raises(OutgoingRefused):
        await tell(apns)
    assert not internet.dialled


def test_a_provider_token_is_used_for_forty_minutes_and_not_made_too_often() -> None:
    tokens, mine = ProviderTokens(), provider()
    first = tokens.token(mine, 1000)
    assert is_signed(first) == {"iss": "DEF123GHIJ", "iat": 1000}
    assert tokens.token(mine, 1000 + USED_SECONDS - 1) == first
    second = tokens.token(mine, 1000 + USED_SECONDS)
    assert second != first
    assert tokens.refuse(mine, first, 1000 + USED_SECONDS), "there is another one already"
    assert tokens.refuse(mine, second, 5000)
    third = tokens.token(mine, 5000)
    assert not tokens.refuse(mine, third, 5000 + LEAST_SECONDS - 1)
    assert tokens.token(mine, 5001) == third
    assert tokens.refuse(mine, third, 5000 + LEAST_SECONDS)
    assert tokens.token(mine, 100) != third, "the clock was set back"


@pytest.mark.parametrize("character", ["x", "ä", "🌷", '"', "\x01"])
def test_a_payload_has_4096_bytes_at_most_and_whole_characters(character: str) -> None:
    body = character * 4000
    payload = apns_payload(SAID | {"body": body}, provider())
    text = json.loads(payload)["aps"]["alert"]["body"]
    assert body.startswith(text.removesuffix("…"))
    assert text.endswith("…")
    assert 4096 - 6 - len("…".encode()) < len(payload) <= 4096
    assert json.loads(apns_payload(SAID, provider()))["aps"]["alert"]["body"] == SAID["body"]


def test_what_a_provider_says_of_its_app() -> None:
    aps = json.loads(apns_payload(SAID, provider(sound="", has_badge=False, is_available=True, is_mutable=True)))["aps"]
    assert "sound" not in aps
    assert "badge" not in aps
    assert (aps["content-available"], aps["mutable-content"]) == (1, 1)


@pytest.mark.parametrize("size", [1, 3, 8, 1000])
def test_frames_are_told_apart_however_they_come(size: int) -> None:
    plain = b"\x00\x00\x02\x00\x00\x00\x00\x00\x01hi"
    going = b"\x00\x00\x0b\x07\x00\x00\x00\x00\x00" + b"\x80\x00\x00\x05" + b"\x00\x00\x00\x02" + b"bye"
    frames, raw = Frames(), plain + going + plain
    found = [frame for at in range(0, len(raw), size) for frame in frames.take(raw[at : at + size])]
    assert found == [plain, GoAway(5, 2, "bye"), plain]


@pytest.mark.parametrize("raw", [b"\xff\xff\xff\x00\x00\x00\x00\x00\x01", b"\x00\x00\x01\x07\x00\x00\x00\x00\x00x"])
def test_what_is_no_frame_is_refused(raw: bytes) -> None:
    with pytest.raises(FrameError):
        list(Frames().take(raw))
