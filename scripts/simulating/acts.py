"""What people do in a day: each act is a call that makes sense for what a device has, or None when there is nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from scripts.simulating.local_channel import LocalChannel
from scripts.simulating.replica import Replica

Call = tuple[str, dict[str, Any]]
WORDS = ("build", "is", "green", "who", "takes", "notes", "lunch", "at", "noon", "thanks", "tea", "ready", "for", "us")
REACTIONS = ("+1", "heart", "tada", "eyes")


class Person:
    """Somebody at a device, who decides by `chance`."""

    def __init__(self, chance: random.Random, replica: Replica, everybody: list[str], public: list[str]) -> None:
        self.chance = chance
        self.replica = replica
        self.everybody = everybody
        self.public = public
        self.url = chance.choice(sorted(replica.channels)) if replica.channels else ""

    @property
    def channel(self) -> LocalChannel:
        """The channel that is looked at."""
        return self.replica.channels[self.url]

    def act(self) -> Call | None:
        """Something to do."""
        method = self.chance.choices(list(ACTS), weights=list(ACTS.values()))[0]
        if not self.url and method is not join:
            return None
        return method(self)

    def text(self) -> str:
        """Something to say."""
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, 12)))

    def new_id(self) -> str:
        """An id of one's own for a request."""
        return f"{self.chance.getrandbits(64):x}"

    def message(self, *, own: bool = False, is_reply: bool | None = None) -> int | None:
        """One of the last messages."""
        found = [
            number
            for number, each in sorted(self.channel.messages.items())[-30:]
            if (not own or each["user"] == self.replica.user_id)
            and (is_reply is None or bool(each.get("parent_message_id")) == is_reply)
        ]
        return self.chance.choice(found) if found else None

    def about(self, method: str, number: int | None, **params: Any) -> Call | None:
        """A call about a message, if there is one."""
        return None if number is None else (method, {"channel_url": self.url, "message_id": number, **params})

    def here(self, method: str, **params: Any) -> Call:
        """A call about the channel."""
        return method, {"channel_url": self.url, **params}


def say(person: Person) -> Call:
    mentioned = person.chance.sample(person.everybody, person.chance.choice([0, 0, 0, 1, 2]))
    is_silent = person.chance.random() < 0.05
    params = {"message": person.text(), "req_id": person.new_id(), "is_silent": is_silent}
    return person.here("messages.send", **params, mentioned_user_ids=mentioned)


def reply(person: Person) -> Call | None:
    parent = person.message(is_reply=False)
    if parent is None:
        return None
    params = {"message": person.text(), "req_id": person.new_id(), "parent_message_id": parent}
    return person.here("messages.send", **params)


def send_file(person: Person) -> Call:
    return person.here("messages.send", message="", req_id=person.new_id(), files=[{"file_id": ""}])


def react(person: Person) -> Call | None:
    method = person.chance.choice(["reactions.add", "reactions.add", "reactions.remove"])
    return person.about(method, person.message(), reaction=person.chance.choice(REACTIONS))


def edit(person: Person) -> Call | None:
    return person.about("messages.update", person.message(own=True), message=person.text())


def delete(person: Person) -> Call | None:
    return person.about("messages.delete", person.message(own=True))


def read(person: Person) -> Call | None:
    if person.chance.random() < 0.7:
        return person.here("channels.mark_read")
    return person.about("channels.mark_read", person.message())


def type_on(person: Person) -> Call:
    return person.here("channels.typing", typing=person.chance.random() < 0.7)


def keep(person: Person) -> Call | None:
    method = person.chance.choice(["saved.add", "messages.pin", "messages.unpin", "threads.subscribe"])
    return person.about(method, person.message(is_reply=False))


def read_thread(person: Person) -> Call | None:
    return person.about("threads.mark_read", person.message(is_reply=False))


def draft(person: Person) -> Call:
    return person.here("drafts.set", message=person.chance.choice(["", person.text()]))


def hide(person: Person) -> Call:
    return person.here(person.chance.choice(["channels.hide", "channels.unhide"]))


def create(person: Person) -> Call:
    name = f"room-{person.new_id()}"
    people = person.chance.sample(person.everybody, min(8, len(person.everybody)))
    person.public.append(name)
    return "channels.create", {"channel_url": name, "name": name, "user_ids": people, "is_public": True}


def invite(person: Person) -> Call:
    return person.here("channels.invite", user_ids=person.chance.sample(person.everybody, 2))


def join(person: Person) -> Call:
    return "channels.join", {"channel_url": person.chance.choice(person.public)}


def leave(person: Person) -> Call:
    return person.here("channels.leave")


def rename(person: Person) -> Call:
    return person.here("channels.update", data=person.text())


def count(person: Person) -> Call:
    return person.here("metacounters.update", metacounter={"coffees": 1}, mode="increase", upsert=True)


def note(person: Person) -> Call:
    return person.here("channel_metadata.update", metadata={"topic": person.text()}, upsert=True)


ACTS: dict[Callable[[Person], Call | None], float] = {
    say: 40,
    reply: 12,
    read: 20,
    react: 14,
    type_on: 10,
    edit: 4,
    delete: 2,
    send_file: 2,
    keep: 3,
    read_thread: 2,
    draft: 4,
    hide: 1,
    create: 0.3,
    invite: 1,
    join: 1.5,
    leave: 0.7,
    rename: 0.7,
    count: 1,
    note: 0.5,
}
"""How often who does what."""
