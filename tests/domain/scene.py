"""A small application in which every example of the command table makes sense.

Its users are called like the roles of `chatd.domain.roles`. They share the private channel `garden` and the public one
`square`. The owner made both, and wrote what the examples speak of. In an example, text that begins with `$` stands for
the number of a thing: see `Scene.things`.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from chatd import ids
from chatd.domain import COMMANDS, asking
from chatd.domain.command import Command, Kind, Right
from chatd.domain.deliveries.dead import bury
from chatd.domain.deliveries.places import Place
from chatd.domain.roles import Role
from chatd.errors import ChatdError
from chatd.jobs.index import Indexer
from chatd.model import Actor, Delivery, Publication
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.domain.conftest import MAP_SIZE, World
from tests.domain.notifying import apns_key, apns_provider, service_account

# For whom a backend calls, which a client need not say.
NAMED = {"user_id": "owner", "user_ids": ["owner"]}
MEMBERS = ("member", "muted", "operator", "owner")


class Scene(World):
    """The application, and what the names of things in examples stand for."""

    def __init__(self, directory: Path) -> None:
        super().__init__(Store.open(directory, MAP_SIZE))
        self.things: dict[str, Any] = {}
        self.users(*(role.value for role in Role))
        _channels(self)
        _messages(self)
        _polls(self)
        _requests(self)
        _scheduled(self)
        _open_channels(self)
        _devices(self)
        _bots(self)
        _announcements(self)
        _said(self)
        _webhook(self)
        _tokens(self)
        _emojis(self)
        _sanctions(self)
        self.backend("users.update", user_id="deactivated", is_active=False)
        self._index()

    def copied(self, directory: Path) -> Scene:
        """Another scene in which everything is as in this one."""
        shutil.copytree(self.store.directory, directory, ignore=shutil.ignore_patterns("search*", "lock*"))
        copy = Scene.__new__(Scene)
        copy.store = Store.open(directory, MAP_SIZE)
        copy.application, copy.things, copy.told = self.application, self.things, []
        return copy

    def open_too(self) -> None:
        """Let there be in the open channel what the examples find in the garden."""
        for name, user_id in (("mutes.add", "muted"), ("bans.add", "banned")):
            self.client("owner", name, channel_url="hall", user_id=user_id, description="Rude")
        self.client("owner", "channel_metadata.create", channel_url="hall", metadata={"blossoms": "red"})
        self.client("owner", "metacounters.create", channel_url="hall", metacounter={"blossoms": 12})

    def close(self) -> None:
        """End it."""
        self.store.search.close()
        self.store.close()

    def connected(self, user_id: str) -> Actor:
        """A user who calls on a connection."""
        return replace(self.actor(user_id), connection=1)

    def filled(self, example: Any) -> Any:
        """An example with the numbers of things in the place of their names."""
        if isinstance(example, Mapping):
            return {key: self.filled(value) for key, value in example.items()}
        if isinstance(example, list | tuple):
            return [self.filled(each) for each in example]
        return self.things.get(example, example) if isinstance(example, str) else example

    def tried(self, actor: Actor, name: str, example: Mapping[str, Any]) -> ChatdError | None:
        """Call a command and undo what it did; the error with which it was refused."""
        try:
            self._try(actor, COMMANDS[name], self.filled(example))
        except ChatdError as error:
            return error
        return None

    def example_result(self, name: str) -> Any:
        """What the example of a command is answered, and undo what it did."""
        return self._example(name)[0]

    def example_told(self, name: str) -> list[Publication]:
        """What is told when the example of a command is called, and undo what it did."""
        result, published = self._example(name)
        return result if COMMANDS[name].kind is Kind.SIGNAL else published

    def example_with(self, name: str, **params: Any) -> Any:
        """What the example of a command is answered when it has other parameters too."""
        return self._example(name, **params)[0]

    def _example(self, name: str, **params: Any) -> tuple[Any, list[Publication]]:
        command = COMMANDS[name]
        example = {**(command.example or {}), **params}
        client = self.connected(max(role.value for role in command.roles)) if command.roles else None
        if client is not None and command.right is not Right.BACKEND:
            return self._try(client, command, self.filled(example))
        return self._try(Actor(self.application, None, None), command, self.filled(NAMED | example))

    def _try(self, actor: Actor, command: Command, params: dict[str, Any]) -> tuple[Any, list[Publication]]:
        """What a call answers and has told."""
        command.check_right(actor)
        input = command.parse(params)
        if command.kind is Kind.WRITE:
            return self._undone(command.function, actor, input)
        result = self.store.read_now(self.application, command.function, actor, input)
        if command.kind is Kind.ASK:
            return self._undone(result.keep, _answer_to(result))
        return result, []

    def _undone(self, function: Any, *args: Any) -> tuple[Any, list[Publication]]:
        def attempt(txn: Transaction) -> None:
            raise _Undone(function(txn, *args), list(txn.publications))

        try:
            return self.store.write_now(self.application, attempt)
        except _Undone as undone:
            return undone.args[0], undone.args[1]
        raise AssertionError("not undone")

    def _index(self) -> None:
        indexer = Indexer(self.store)
        indexer.open()
        while indexer.step(1000.0):
            pass


def _answer_to(question: asking.Translation | asking.Call) -> Any:
    """What another server may answer."""
    if isinstance(question, asking.Call):
        return b'{"response_type": "in_channel", "text": "four"}'
    return {language: f"In {language}" for language in question.languages}


class _Undone(Exception):
    """What is raised to undo a call."""


def _channels(scene: Scene) -> None:
    for channel_url, is_public in (("garden", False), ("square", True)):
        made = {"channel_url": channel_url, "is_public": is_public, "operator_ids": ["operator"]}
        scene.client("owner", "channels.create", user_ids=MEMBERS, **made)
    scene.client("owner", "channel_metadata.create", channel_url="garden", metadata={"blossoms": "red"})
    scene.client("owner", "metacounters.create", channel_url="garden", metacounter={"blossoms": 12})
    scene.client("invited", "users.update_invitation_preference", auto_accept=False)
    scene.client("owner", "channels.invite", channel_url="garden", user_ids=["invited"])


def _open_channels(scene: Scene) -> None:
    scene.client("owner", "open_channels.create", channel_url="hall", name="The hall", operator_ids=["operator"])
    message = scene.client("owner", "messages.send", channel_url="hall", message="Welcome, all of you, and no weed.")[
        "message_id"
    ]
    scene.things |= {"$hall_message": message}


def _bots(scene: Scene) -> None:
    named = {"bot_userid": "robin", "bot_nickname": "Robin", "bot_profile_url": "", "bot_type": "bird"}
    scene.backend("bots.create", **named, bot_callback_url="https://bots.example/robin", is_privacy_mode=True)
    scene.backend("bots.join", bot_userid="robin", channel_urls=["garden"])


def _said(scene: Scene) -> None:
    scene.client("member", "user_metadata.create", metadata={"blossoms": "many"})


def _announcements(scene: Scene) -> None:
    message = {"type": "MESG", "user_id": "owner", "content": "The harvest is in."}
    later = {"unique_id": "harvest", "scheduled_at": scene.things["$tomorrow"]}
    scene.backend("announcements.create", message=message, **later)


def _emojis(scene: Scene) -> None:
    made = scene.backend("emoji_categories.create", emoji_categories=[{"name": "Garden"}])
    scene.things |= {"$category": made["emoji_categories"][0]["id"]}
    scene.backend("emojis.create", emoji_category_id=scene.things["$category"], emojis=[{"key": "rose"}])


def _tokens(scene: Scene) -> None:
    scene.things |= {"$api_token": scene.backend("api_tokens.create", label="worker")["token"]}


def _sanctions(scene: Scene) -> None:
    scene.users("pest")
    scene.client("stranger", "blocks.add", target_id="pest")
    scene.client("owner", "channels.invite", channel_url="garden", user_ids=["banned"])
    for name, user_id in (("mutes.add", "muted"), ("bans.add", "banned")):
        scene.client("owner", name, channel_url="garden", user_id=user_id, description="Rude")
    of_type = {"custom_type": "greenhouse"}
    scene.backend("type_mutes.add", user_ids=["muted"], **of_type)
    scene.backend("type_bans.add", banned_list=[{"user_id": "banned"}], **of_type)
    scene.backend("type_operators.add", operator_ids=["operator"], **of_type)


def _messages(scene: Scene) -> None:
    message = scene.client("owner", "messages.send", channel_url="garden", message="The roses are out.")["message_id"]
    reply = scene.client(
        "owner", "messages.send", channel_url="garden", message="All of them.", parent_message_id=message
    )["message_id"]
    file_id = scene.upload("owner", "roses")
    file = scene.client("owner", "messages.send", channel_url="garden", files=[{"file_id": file_id}])["message_id"]
    reported = {"channel_url": "garden", "message_id": reply, "report_category": "spam"}
    report = scene.client("member", "messages.report", **reported)["report_id"]
    scene.backend("moderation.update", custom_type="greenhouse", allow_links=False)
    scene.backend("moderation.update", profanity_filter={"type": 3, "keywords": ["weed"]})
    filtered = scene.client("owner", "messages.send", channel_url="garden", message="A weed.")["message_id"]
    scene.things |= {"$message": message, "$reply": reply, "$file": file, "$report": report, "$filtered": filtered}


def _polls(scene: Scene) -> None:
    made = {"title": "What next?", "options": ["lilies", "tulips"], "allow_user_suggestion": True}
    poll = scene.client("owner", "polls.create", **made)["id"]
    scene.client("owner", "messages.send", channel_url="garden", message="What next?", poll_id=poll)
    scene.things |= {"$poll": poll}


def _requests(scene: Scene) -> None:
    scene.users("forgotten")
    request = scene.backend("privacy.create", user_ids=["forgotten"])
    export = scene.backend("exports.create", data_type="messages", start_ts=0, end_ts=1)
    scene.things |= {"$privacy": request["request_id"], "$export": export["request_id"]}


def _scheduled(scene: Scene) -> None:
    tomorrow = ids.now_ms() + 24 * 60 * 60 * 1000
    params = {"channel_url": "garden", "message": "The tulips, later.", "scheduled_at": tomorrow}
    made = scene.client("owner", "scheduled_messages.create", **params)
    scene.things |= {"$tomorrow": tomorrow, "$scheduled": made["scheduled_message_id"]}
    scene.client("owner", "drafts.set", channel_url="garden", message="About")
    scene.client("owner", "saved.add", channel_url="garden", message_id=scene.things["$reply"])


def _devices(scene: Scene) -> None:
    scene.things["$service_account"] = service_account()
    scene.things["$apns_key"] = apns_key()
    scene.backend("push.set_fcm", service_account=service_account())
    scene.backend("push.add_apns", **apns_provider())
    scene.backend("push.set_hms", huawei_app_id="1", huawei_app_secret="s")
    scene.client("member", "push_tokens.add", token_type="http", token="https://push.example.org/up")


def _webhook(scene: Scene) -> None:
    """A webhook that has failed to take an event."""
    scene.backend("webhooks.update", enabled=True, url="https://example.org/", enabled_events=["*"])
    delivery = Delivery("group_channel:message_send", 1, 9)
    scene.write(bury, Place(0, 1, scene.things["$message"], 0), delivery, "There is no such host.")
    scene.things["$failed"] = 1
    incoming = scene.client("owner", "incoming_webhooks.create", channel_url="garden", name="Weather")
    scene.things["$incoming"] = incoming["webhook_id"]
    scene.backend("slash_commands.register", name="dice", url="https://example.org/dice")
