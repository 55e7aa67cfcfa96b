"""chatd beside a small model of chat: users on several devices do at random what they can, and all has to agree.

`scripts/simulate model` does the same for as long as one likes.
"""

from __future__ import annotations

import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from chatd.domain.upkeep.purge import purge
from chatd.errors import ChatdError
from chatd.store.store import Store
from scripts.simulating.loading import differences
from scripts.simulating.local_channel import LocalChannel
from scripts.simulating.replica import Replica
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.devices import Device
from tests.domain.model import Chat, Refused
from tests.domain.test_commands import members

USERS = ("ann", "bob", "cid")
user = st.sampled_from(USERS)
users = st.lists(user, unique=True, min_size=1)
channel = st.sampled_from(["chan1", "chan1", "chan2"])
nth = st.integers(0, 9)
text = st.sampled_from(["hi", "ho", "hum"])
device = st.integers(0, 1)


class Machine(RuleBasedStateMachine):
    """chatd, the model, and two devices of each user."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self._directory = TemporaryDirectory(dir=MEMORY)
        self.world = World(Store.open(Path(self._directory.name) / "one", MAP_SIZE))
        self.world.users(*USERS)
        self.chat = Chat(USERS)
        self.devices = {name: [Device(self.world, name) for _ in range(2)] for name in USERS}
        self.cut: set[tuple[str, int]] = set()
        self.sent: list[tuple[str, int]] = []

    @initialize(is_public=st.booleans())
    def begin(self, is_public: bool) -> None:
        """Random steps alone come to a conversation far too seldom."""
        self._do("ann", "channels.create", channel_url="chan1", user_ids=["bob", "cid"], is_public=is_public)
        self._do("bob", "messages.send", channel_url="chan1", message="hi", mentioned_user_ids=["ann"])

    @rule(name=user, channel_url=channel, user_ids=users, is_public=st.booleans())
    def create(self, name: str, **params: Any) -> None:
        self._do(name, "channels.create", **params)

    @rule(
        name=user,
        method=st.sampled_from(["accept", "decline", "join", "unhide", "delete"]),
        channel_url=channel,
    )
    def answer(self, name: str, method: str, channel_url: str) -> None:
        self._do(name, f"channels.{method}", channel_url=channel_url)

    @rule(name=user, method=st.sampled_from(["invite", "leave"]), channel_url=channel, user_ids=users)
    def move(self, name: str, method: str, **params: Any) -> None:
        self._do(name, f"channels.{method}", **params)

    @rule(name=user, channel_url=channel)
    def leave(self, name: str, channel_url: str) -> None:
        self._do(name, "channels.leave", channel_url=channel_url, user_ids=[name])

    @rule(name=user, auto_accept=st.booleans())
    def prefer(self, name: str, auto_accept: bool) -> None:
        self._do(name, "users.update_invitation_preference", auto_accept=auto_accept)

    @rule(name=user, channel_url=channel, title=st.sampled_from(["Tea", "Coffee"]))
    def update(self, name: str, channel_url: str, title: str) -> None:
        self._do(name, "channels.update", channel_url=channel_url, name=title)

    @rule(name=user, channel_url=channel, freeze=st.booleans())
    def freeze(self, name: str, **params: Any) -> None:
        self._do(name, "channels.freeze", **params)

    @rule(name=user, method=st.sampled_from(["add", "remove"]), channel_url=channel, operator_ids=users)
    def operate(self, name: str, method: str, **params: Any) -> None:
        self._do(name, f"operators.{method}", **params)

    @rule(
        name=user,
        method=st.sampled_from(["bans.add", "bans.remove"]),
        channel_url=channel,
        user_id=user,
    )
    def moderate(self, name: str, method: str, **params: Any) -> None:
        self._do(name, method, **params)

    @rule(
        name=user,
        method=st.sampled_from(
            [
                "channels.mark_unread",
                "messages.pin",
                "messages.unpin",
                "saved.add",
                "threads.subscribe",
                "threads.unsubscribe",
                "threads.mark_read",
            ]
        ),
        number=nth,
    )
    def keep(self, name: str, method: str, number: int) -> None:
        self._do(name, method, **_named(self._place(number)))

    @rule(name=user, number=nth)
    def keep_no_longer(self, name: str, number: int) -> None:
        self._do(name, "saved.remove", message_id=self._place(number)[1])

    @rule(name=user, channel_url=channel, allow_auto_unhide=st.booleans())
    def hide(self, name: str, **params: Any) -> None:
        self._do(name, "channels.hide", **params)

    @rule(name=user, channel_url=channel, message=st.sampled_from(["", "Abou", "About"]))
    def draft(self, name: str, **params: Any) -> None:
        self._do(name, "drafts.set", **params)

    @rule(name=user, channel_url=channel, message=text, is_silent=st.booleans(), mentioned_user_ids=users)
    def send(self, name: str, **params: Any) -> None:
        self._do(name, "messages.send", **params)

    @rule(name=user, channel_url=channel, message=text, req_id=st.sampled_from(["r1", "r2"]))
    def send_again(self, name: str, **params: Any) -> None:
        self._do(name, "messages.send", **params)

    @rule(name=user, number=nth, message=text)
    def reply(self, name: str, number: int, message: str) -> None:
        place = self._place(number)
        self._do(name, "messages.send", **_named(place, "parent_message_id"), message=message)

    @rule(name=user, number=nth, message=text)
    def edit(self, name: str, number: int, message: str) -> None:
        self._do(name, "messages.update", **_named(self._place(number)), message=message)

    @rule(name=user, method=st.sampled_from(["messages.delete", "channels.mark_read"]), number=nth)
    def touch(self, name: str, method: str, number: int) -> None:
        self._do(name, method, **_named(self._place(number)))

    @rule(name=user, channel_url=channel)
    def read(self, name: str, channel_url: str) -> None:
        self._do(name, "channels.mark_read", channel_url=channel_url, message_id=0)

    @rule(name=user, method=st.sampled_from(["add", "remove"]), number=nth, reaction=st.sampled_from("+-"))
    def react(self, name: str, method: str, number: int, reaction: str) -> None:
        self._do(name, f"reactions.{method}", **_named(self._place(number)), reaction=reaction)

    @rule(name=user, number=device)
    def lose(self, name: str, number: int) -> None:
        """A device is cut off."""
        self.cut.add((name, number))

    @rule(name=user, number=device)
    def come_back(self, name: str, number: int) -> None:
        """It recovers."""
        if (name, number) in self.cut:
            self.cut.discard((name, number))
            self.devices[name][number].come_back()
            self._compare()

    def teardown(self) -> None:
        """All come back, and what they have is what they would load."""
        try:
            for name, number in sorted(self.cut):
                self.come_back(name, number)
            for name in USERS:
                for each in self.devices[name]:
                    found = each.differences()
                    assert not found, f"a device of {name}: {found}"
        finally:
            self.world.store.close()
            self._directory.cleanup()

    def _do(self, name: str, command: str, /, **params: Any) -> None:
        """Call a command, and have the model say what has to come of it."""
        Machine.steps += 1
        audiences = members(self.world)
        self.world.told.clear()
        result, error = self._called(name, command, params)
        expected, refused = self._expected(name, command, result, params)
        assert error == refused, f"{command}: {error or 'done'}, and not {refused or 'done'}"
        answered = {key: result[key] for key in expected}
        assert answered == expected, f"{command}: {answered}, and not {expected}"
        if command == "messages.send" and result:
            self.sent.append((params["channel_url"], result["message_id"]))
        self._tell(audiences)
        self._compare()

    def _called(self, name: str, command: str, params: dict[str, Any]) -> tuple[dict[str, Any], str]:
        try:
            result = self.world.client(name, command, **params)
        except ChatdError as error:
            return {}, type(error).__name__
        while command == "channels.delete" and self.world.write(purge, 1000):
            pass
        return result, ""

    def _expected(
        self, name: str, command: str, given: dict[str, Any], params: dict[str, Any]
    ) -> tuple[dict[str, Any], str]:
        try:
            return getattr(self.chat, command.replace(".", "_"))(name, given, **params), ""
        except Refused as refused:
            return {}, str(refused)

    def _tell(self, audiences: dict[int, set[int]]) -> None:
        for name, devices in self.devices.items():
            for number, each in enumerate(devices):
                if (name, number) not in self.cut:
                    each.tell(list(self.world.told), copy.deepcopy(audiences))

    def _compare(self) -> None:
        for name, devices in self.devices.items():
            expected = self.chat.seen(name)
            for number, each in enumerate(devices):
                if (name, number) not in self.cut:
                    found = list(differences(seen(each.replica), expected))
                    assert not found, f"device {number} of {name}: {found}"

    def _place(self, number: int) -> tuple[str, int]:
        """One of the last messages, which may be gone."""
        return self.sent[-1 - number % len(self.sent)]


def _named(place: tuple[str, int], name: str = "message_id") -> dict[str, Any]:
    return {"channel_url": place[0], name: place[1]}


def seen(replica: Replica) -> dict[str, Any]:
    """What the model knows, of a device."""
    return {
        "auto_accept": replica.auto_accept,
        "invitations": replica.invitations,
        "channels": {url: _channel(each) for url, each in replica.channels.items()},
    }


def _channel(channel: LocalChannel) -> dict[str, Any]:
    people = channel.members.items()
    return {
        "name": channel.common["name"],
        "freeze": channel.common["freeze"],
        "hidden_state": channel.own["hidden_state"],
        "members": {name: member["role"] for name, member in people if member["state"] == "joined"},
        "invited": {name for name, member in people if member["state"] == "invited"},
        "unread": len(channel.unread()),
        "mentions": len(channel.mentions()),
        "pins": list(channel.pins),
        "saved": channel.saved,
        "threads": channel.state()["threads"],
        "draft": channel.drafts.get(0, ("", ""))[0],
        "messages": {
            number: {
                "user": message["user"],
                "message": message["message"],
                "parent": message.get("parent_message_id", 0),
                "mentioned": set(message["mentioned_users"]),
                "silent": message["silent"],
                "reactions": {(key, name) for key, names in channel.reactions[number].items() for name in names},
                "replies": channel.threads[number]["reply_count"],
            }
            for number, message in channel.messages.items()
        },
    }


TestModel = Machine.TestCase
TestModel.settings = settings(max_examples=25, stateful_step_count=50, deadline=None)
