"""The story of an application that moves here: imported, lived in, cut off in the middle, and forgotten again."""

from __future__ import annotations

import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.served import Served
from tests.story.backend import Backend, Refused, segment, side_by_side, wait_until
from tests.story.receiver import Received, Receiver

PEOPLE, ROOMS, IN_A_ROOM, MESSAGES = 1000, 20, 50, 10_000
LONG_AGO = 1_600_000_000_000
CONFIG = '[outgoing]\ntrusted = ["{}"]\n[log]\nformat = "json"\n'
HOOK, BOT, PUSH = "/webhook", "/robin", "/push"
MARKER = "xylophone"


class Story:
    """What happens, chapter by chapter."""

    def __init__(self, served: Served, receiver: Receiver) -> None:
        self.served = served
        self.receiver = receiver
        self.call = Backend(served)

    def import_people(self) -> None:
        """A thousand users, whose ids have what ids may have."""
        side_by_side(self._import_person, range(PEOPLE))
        with pytest.raises(Refused) as refused:
            self._import_person(0)
        assert refused.value.code == 400202
        assert {user["user_id"] for user in self.call.pages("/users", "users")} == {person(n) for n in range(PEOPLE)}

    def import_rooms(self) -> None:
        """Channels with fifty members each."""
        side_by_side(self._import_room, range(ROOMS))
        found = self.call.pages("/group_channels", "channels", show_empty="true")
        assert {each["channel_url"]: each["member_count"] for each in found} == {
            room(n): IN_A_ROOM for n in range(ROOMS)
        }

    def import_history(self) -> None:
        """Ten thousand messages; the import is cut off, and begun again from the beginning."""
        cut = threading.Timer(0.5, self._power_cut)
        cut.start()
        side_by_side(self._import_messages, range(MESSAGES // 100))
        cut.join()
        side_by_side(self._import_messages, range(0, MESSAGES // 100, 7))
        for n in range(ROOMS):
            assert self.call("GET", f"/group_channels/{room(n)}/messages/total_count")["total"] == MESSAGES // ROOMS
        assert self._history(room(3)) == [old_text(3, n) for n in range(MESSAGES // ROOMS)]

    def keep_order(self) -> None:
        """Invitations, bans, and what the webhook says of them."""
        answer = self.call(
            "PUT", "/applications/settings/webhook", enabled=True, url=self.receiver.url + HOOK, enabled_events=["*"]
        )
        self.secret = answer["webhook"]["secret"]
        guest, other, outlaw = person(PEOPLE - 1), person(PEOPLE - 2), person(0)
        for each in (guest, other):
            self.call("PUT", f"/users/{segment(each)}/channel_invitation_preference", auto_accept=False)
        inviter = person(1)
        self.call("POST", f"/group_channels/{room(0)}/invite", user_ids=[guest, other], inviter_id=inviter)
        self.call("PUT", f"/group_channels/{room(0)}/accept", user_id=guest)
        self.call("PUT", f"/group_channels/{room(0)}/decline", user_id=other)
        self.call("POST", f"/group_channels/{room(0)}/ban", user_id=outlaw, seconds=3600, description="Noise")
        assert self._state(guest) == "joined"
        assert self._state(other) == self._state(outlaw) == "none"
        with pytest.raises(Refused) as refused:
            self.call("POST", f"/group_channels/{room(0)}/messages", user_id=outlaw, message="Again")
        assert refused.value.code in (400108, 400750)
        wanted = {"group_channel:invite", "group_channel:join", "group_channel:decline_invite", "user:ban"}
        wait_until(lambda: wanted <= self._categories(), "webhooks of invitations and bans")

    def answer_questions(self) -> None:
        """A bot answers what is meant for it, once, however often it is told."""
        made = self.call(
            "POST", "/bots", bot_userid="robin", bot_nickname="Robin", bot_profile_url="", bot_type="guide",
            bot_callback_url=self.receiver.url + BOT, is_privacy_mode=True,
        )  # fmt: skip
        self.bot_token = made["bot"]["bot_token"]
        self.receiver.answering[BOT] = self._answer
        self.call("POST", "/bots/robin/channels", channel_urls=[room(n) for n in range(ROOMS)])
        self.call.surely("POST", f"/users/{segment(person(49))}/push/http", token=self.receiver.url + PUSH)

    def live_through_power_cuts(self) -> None:
        """Messages from several threads while the server is killed; nothing is missing, nothing came twice unsaid."""
        cuts = threading.Thread(target=self._cut_again_and_again)
        cuts.start()
        texts = [f"live {n}" if n % 8 else f"/ask {n}" for n in range(320)]
        side_by_side(lambda n: self._say(n, texts[n]), range(len(texts)))
        cuts.join()
        answers = {f"Answer to {text}" for text in texts if text.startswith("/ask")}
        wait_until(lambda: set(texts) | answers <= self._heard(), "webhooks of all messages")
        wait_until(lambda: set(texts) | answers <= self._pushed(), "pushes of all messages")
        written = [text for n in range(4) for text in self._history(room(n))[MESSAGES // ROOMS :]]
        assert sorted(written) == sorted([*texts, *answers])

    def check_deliveries(self) -> None:
        """Signatures, and marks of what may be known already."""
        assert all(each.is_signed(self.secret) for each in self.receiver.at(HOOK))
        assert all(each.is_signed(self.bot_token) for each in self.receiver.at(BOT))
        for path in (HOOK, BOT, PUSH):
            assert self.receiver.unmarked_twice(path) == []
        assert any(each.retry for each in self.receiver.received)

    def take_out(self) -> None:
        """Exports, while the server is killed: of all messages, and of what is known of one person."""
        asked = self.call("POST", "/export/messages", start_ts=LONG_AGO, end_ts=LONG_AGO + MESSAGES * 1000)
        who = person(7)
        access = self.call("POST", "/privacy/gdpr", action="access", user_id=who)
        of_all, of_one = f"/export/messages/{asked['request_id']}", f"/privacy/gdpr/{access['request_id']}"
        wait_until(lambda: self.call("GET", of_all)["status"] != "scheduled", "the export begins")
        self._power_cut()
        wait_until(lambda: self.call("GET", of_all)["status"] == "done", "the export ends")
        wait_until(lambda: self.call("GET", of_one)["status"] == "done", "the person's export ends")
        messages = self._unpacked(self.call("GET", of_all)["file"]["url"], "messages.json")
        assert sorted(each["message"] for each in messages) == sorted(
            old_text(number, n) for number in range(ROOMS) for n in range(MESSAGES // ROOMS)
        )
        own = self._unpacked(self.call("GET", of_one)["files"]["url"], "messages.json")
        assert {each["user"]["user_id"] for each in own} == {who}
        assert len(own) == sum(each["user"]["user_id"] == who for each in messages)
        self.exported = self.call("GET", of_all)["file"]["url"]

    def forget(self) -> None:
        """Somebody asks to be forgotten; the server is killed while it forgets."""
        who = person(7)
        self.call("POST", f"/group_channels/{room(0)}/messages", user_id=who, message=f"My {MARKER}")
        asked = self.call("POST", "/privacy/gdpr", user_ids=[who], channel_delete_option="do_not_delete")
        path = f"/privacy/gdpr/{asked['request_id']}"
        wait_until(lambda: self.call("GET", path)["status"] != "scheduled", "the erasure begins")
        self._power_cut()
        wait_until(lambda: self.call("GET", path)["status"] == "done", "the erasure ends")
        assert self.call("GET", path)["erased_users"] == 1
        with pytest.raises(Refused) as refused:
            self.call("GET", f"/users/{segment(who)}")
        assert refused.value.code == 400201
        with pytest.raises(HTTPError):
            self.call.load(self.exported)
        left = self._history(room(0))
        assert MARKER not in "".join(left)
        assert [text for text in left if text.startswith("old")] == [
            old_text(0, n) for n in range(MESSAGES // ROOMS) if sender(0, n) != who
        ]

    def _import_person(self, n: int) -> None:
        try:
            self.call("POST", "/users", user_id=person(n), nickname=f"Person {n}", profile_url="")
        except Refused as error:
            if error.code != 400202 or n == 0:
                raise

    def _import_room(self, n: int) -> None:
        members = [person(each) for each in range(IN_A_ROOM)]
        self.call("POST", "/group_channels", channel_url=room(n), name=f"Room {n}", user_ids=members)

    def _import_messages(self, batch: int) -> None:
        number, first = batch % ROOMS, batch // ROOMS * 100
        messages = [
            {
                "user_id": sender(number, n),
                "message_type": "MESG",
                "message": old_text(number, n),
                "timestamp": LONG_AGO + n * 1000,
                "dedup_id": f"{number}-{n}",
            }
            for n in range(first, first + 100)
        ]
        self.call.surely("POST", f"/migration/{room(number)}", messages=messages)

    def _history(self, channel_url: str) -> list[str]:
        """All texts of a channel, the oldest first."""
        texts, seen = list[str](), 0
        place = "message_ts=0"
        while True:
            path = f"/group_channels/{channel_url}/messages?{place}&prev_limit=0&next_limit=200&include=false"
            found = self.call("GET", path)["messages"]
            texts += [each["message"] for each in found]
            if not found:
                return texts
            seen = found[-1]["message_id"]
            place = f"message_id={seen}"

    def _unpacked(self, url: str, name: str) -> list[Any]:
        """What a file in an archive says."""
        with zipfile.ZipFile(io.BytesIO(self.call.load(url))) as archive:
            found: list[Any] = json.loads(archive.read(name))
            return found

    def _state(self, user_id: str) -> str:
        state: str = self.call("GET", f"/group_channels/{room(0)}/members/{segment(user_id)}")["state"]
        return state

    def _say(self, n: int, text: str) -> None:
        path = f"/group_channels/{room(n % 4)}/messages"
        self.call.surely(
            "POST", path, user_id=person(1 + n % 5), message_type="MESG", message=text, dedup_id=f"live-{n}"
        )

    def _answer(self, came: Received) -> bool:
        """What the bot's program does. What it says is named for what it answers, so it is said once."""
        said = came.said
        call = {"channel_url": said["channel"]["channel_url"], "message": f"Answer to {said['message']['text']}"}
        try:
            self.call("POST", "/bots/robin/send", **call, dedup_id=came.delivery)
        except Exception:
            return False
        return True

    def _categories(self) -> set[str]:
        return {each.said["category"] for each in self.receiver.at(HOOK)}

    def _heard(self) -> set[str]:
        came = [each.said for each in self.receiver.at(HOOK)]
        return {each["payload"]["message"] for each in came if each["category"] == "group_channel:message_send"}

    def _pushed(self) -> set[str]:
        return {each.said["body"].split(": ", 1)[1] for each in self.receiver.at(PUSH)}

    def _power_cut(self) -> None:
        self.served.kill()
        self.served.start()

    def _cut_again_and_again(self) -> None:
        for seconds in (0.3, 0.5, 0.7, 0.9):
            time.sleep(seconds)
            self._power_cut()


def person(n: int) -> str:
    """The id of a user."""
    return f"person/{n}@example.org" if n % 2 else f"person {n}"


def room(n: int) -> str:
    """The URL of a channel."""
    return f"room_{n}"


def sender(number: int, n: int) -> str:
    """Who sent an old message of a room."""
    return person((number + n) % IN_A_ROOM)


def old_text(number: int, n: int) -> str:
    """An old message of a room."""
    return f"old {number}-{n}"


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    receiver = Receiver()
    config = tmp_path / "config.toml"
    config.write_text(CONFIG.format(receiver.url))
    served = Served(tmp_path, config)
    try:
        yield Story(served, receiver)
    finally:
        served.kill()
        receiver.close()


@pytest.mark.slow
def test_an_application_moves_here(story: Story) -> None:
    for chapter in (
        story.import_people,
        story.import_rooms,
        story.import_history,
        story.keep_order,
        story.answer_questions,
        story.live_through_power_cuts,
        story.check_deliveries,
        story.take_out,
        story.forget,
    ):
        began = time.monotonic()
        chapter()
        print(f"{chapter.__name__}: {time.monotonic() - began:.1f} s")
