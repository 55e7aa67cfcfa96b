"""A channel as one person sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypedDict, Unpack

from chatd.client.change import Change
from chatd.client.commands import SendOptions
from chatd.client.file_list import FileList
from chatd.client.files import Upload
from chatd.client.heard import Heard
from chatd.client.mentions import is_mentioned
from chatd.client.metadata import Metadata
from chatd.client.outbox import Outgoing
from chatd.client.own_fields import own_fields
from chatd.client.permissions import Permissions
from chatd.client.persist import persist
from chatd.client.pins import Pins
from chatd.client.schema import BasicUser, GroupChannel, Member, Message
from chatd.client.sender import sender_of
from chatd.client.timeline import Timeline
from chatd.client.typing import Typists, keep_typing

if TYPE_CHECKING:
    from chatd.client.chat import Chat


class Facts(TypedDict, total=False):
    """What may be new of a member."""

    is_muted: bool
    muted_end_at: int
    read_ts: int
    delivered_ts: int
    nickname: str
    profile_url: str


class Channel:
    """Kept in step by what the server tells; `changed` tells of each change. `resource` is as the reference says."""

    def __init__(self, chat: Chat, resource: GroupChannel) -> None:
        self.session = chat
        self.url: str = resource["channel_url"]
        self.changed = Change(chat.channels.changed.mark)
        self.typists = Typists(chat, self.changed)
        self.resource = resource
        # By user_id. Of a large channel some are here, or none.
        self.members: dict[str, Member] = {}
        # Where the next page of them begins.
        self.members_next = ""
        self.last_message: Message | None = None
        self.unread = 0
        # How many of the unread messages mention this person.
        self.unread_mentions = 0
        # False from the moment when this person is no member any more.
        self.is_joined = True
        self.heard = Heard()
        self._read_id = 0
        self.merge(resource)

    @property
    def name(self) -> str:
        """ "" when it has none."""
        return self.resource["name"]

    @property
    def member_count(self) -> int:
        """How many there are, here or not."""
        return self.resource["member_count"]

    @property
    def is_operator(self) -> bool:
        """Whether this person is."""
        return self.resource.get("my_role") == "operator"

    @property
    def notifications(self) -> str:
        """Of which messages here this person is notified: "default", "all", "mention_only" or "off"."""
        return self.resource.get("push_trigger_option", "default")

    @property
    def has_more_members(self) -> bool:
        """Whether there are some that are not here."""
        return len(self.members) < self.member_count

    @property
    def is_hidden(self) -> bool:
        """Whether this person has put it away."""
        return self.resource.get("is_hidden") is True

    @property
    def cleared_to(self) -> int:
        """What was sent up to this moment (ms) this person has cleared away."""
        return self.resource.get("ts_message_offset", 0)

    @property
    def active_at(self) -> int:
        """When something last happened here, ms: what lists are sorted by."""
        return self.last_message["created_at"] if self.last_message else self.resource["created_at"] * 1000

    @property
    def others(self) -> list[Member]:
        """The members but this person."""
        return [member for member in self.members.values() if member["user_id"] != self.session.user_id]

    @property
    def messages(self) -> Timeline:
        """What was said here, loading or loaded."""
        return self.session.timelines.of(self)

    @property
    def pins(self) -> Pins:
        """Its pinned messages, loading or loaded."""
        return self.session.pins.of(self)

    @property
    def metadata(self) -> Metadata:
        """What is said of it, likewise."""
        return self.session.metadata.of(self)

    @property
    def files(self) -> FileList:
        """Its messages that have files."""
        return self.session.files.of(self)

    @property
    def permissions(self) -> Permissions:
        """What this person may do in it, likewise: `channel.permissions.may("pin")`."""
        return self.session.permissions.of(self)

    def thread(self, message: Message) -> Timeline:
        """The replies to a message, likewise; of a reply those of its thread."""
        return self.session.timelines.of(self, message.get("parent_message_id") or message["message_id"])

    def read_by(self, message: Message) -> list[Member]:
        """The others who have read so far."""
        return [member for member in self.others if member.get("read_ts", 0) >= message["created_at"]]

    def delivered_to(self, message: Message) -> list[Member]:
        """The others on whose devices it is. What somebody has read has reached them."""
        at = message["created_at"]
        return [each for each in self.others if max(each.get("delivered_ts", 0), each.get("read_ts", 0)) >= at]

    def send(self, text: str, files: Sequence[Upload] = (), **more: Unpack[SendOptions]) -> Outgoing:
        """As `messages.send`."""
        return self.messages.send(text, files, **more)

    async def mark_read(self, message_id: int | None = None) -> None:
        """This person has seen all messages, or all up to one. Raises a Failure."""
        await self._tell("channels.mark_read", message_id)

    async def mark_delivered(self, message_id: int | None = None) -> None:
        """They are on this device. Raises a Failure."""
        await self._tell("channels.mark_delivered", message_id)

    async def mark_unread(self, message: Message) -> None:
        """Have a message and all after it unread again, on all devices. Raises a Failure."""
        await self._tell("channels.mark_unread", message["message_id"])

    async def leave(self) -> None:
        """Be a member no more. Raises a Failure."""
        await self.session.call("channels.leave", channel_url=self.url)

    async def invite(self, *user_ids: str) -> None:
        """Have others in it. Raises a Failure."""
        await self.session.call("channels.invite", channel_url=self.url, user_ids=user_ids)

    async def rename(self, name: str) -> None:
        """Raises a Failure."""
        await self.session.call("channels.update", channel_url=self.url, name=name)

    async def hide(self) -> None:
        """Put it away until its next message. Raises a Failure."""
        await self.session.call("channels.hide", channel_url=self.url)

    async def unhide(self) -> None:
        """Have it back. Raises a Failure."""
        await self.session.call("channels.unhide", channel_url=self.url)

    @asynccontextmanager
    async def typing(self) -> AsyncIterator[None]:
        """While in this block this person is shown to be writing."""
        async with keep_typing(self.session, self.url):
            yield

    def merge(self, resource: GroupChannel) -> None:
        """Take over what the server has. One made for everybody has not the fields of this person."""
        is_own = "user_last_read" in resource
        known = self.resource
        self.resource = {**known, **resource} if is_own else {**known, **resource, **own_fields(known)}
        last = resource.get("last_message")
        if is_own:
            self.unread, self.unread_mentions = resource["unread_message_count"], resource["unread_mention_count"]
            self.last_message = last
            # What came while this was on its way is told again.
            self.heard.restart(_id_of(last))
        elif _id_of(last) >= _id_of(self.last_message):  # it may be older than what was told since
            self.last_message = last
        if "members" in resource:
            self._take_members(resource["members"])
        self.changed.mark()

    def add(self, members: Iterable[Member]) -> None:
        """They are members now."""
        self.members.update({member["user_id"]: member for member in members})
        self.changed.mark()

    def remove(self, users: Iterable[BasicUser]) -> None:
        """They are not any more."""
        for user in users:
            is_counted = user["user_id"] in self.members or self.has_more_members
            self.resource["member_count"] -= is_counted
            self.members.pop(user["user_id"], None)
            self.typists.remove(user["user_id"])
        self.changed.mark()

    def know(self, user_id: str, **facts: Unpack[Facts]) -> None:
        """Something new of a member who is here."""
        if user_id in self.members:
            self.members[user_id] = {**self.members[user_id], **facts}
            self.changed.mark()

    def receive(self, message: Message, *, leaves_unread: bool = False) -> None:
        """A message was sent here."""
        sender = sender_of(message)
        if sender:
            self.typists.remove(sender)
        # What is taken over from elsewhere may be older than what was cleared away.
        if message["message_id"] <= self.heard.last or message["created_at"] <= self.cleared_to:
            return
        self.heard.add(message["message_id"])
        self.last_message = message
        if self.resource.get("hidden_state") == "hidden_allow_auto_unhide" and not message.get("silent"):
            self.show_hidden("unhidden")
        if sender == self.session.user_id and not leaves_unread:
            self._read_to(message["message_id"])
        elif message["message_events"]["update_unread_count"]:
            self._count(message)
        self.changed.mark()

    def revise(self, message: Message) -> None:
        """A message was changed; it may be the last."""
        if self.last_message and self.last_message["message_id"] == message["message_id"]:
            self.last_message = message
            self.changed.mark()

    def read(self, user_id: str, read_ts: int, message_id: int) -> bool:
        """Somebody has read up to a message. False when it cannot be told from here how much is still unread."""
        if (member := self.members.get(user_id)) and read_ts > member.get("read_ts", 0):
            self.know(user_id, read_ts=read_ts)
        is_known = user_id != self.session.user_id or self._read_to(message_id)
        self.changed.mark()
        return is_known

    def delivered(self, user_id: str, delivered_ts: int) -> None:
        """What was sent until then has reached somebody."""
        if (member := self.members.get(user_id)) and delivered_ts > member.get("delivered_ts", 0):
            self.know(user_id, delivered_ts=delivered_ts)

    def marked_unread(self, message_id: int, unread: int, mentions: int) -> None:
        """This person has marked a message and all after it as unread, here or elsewhere."""
        self._read_id = message_id - 1
        self.unread, self.unread_mentions = unread, mentions
        self.changed.mark()

    def clear(self, until: int) -> None:
        """This person has cleared away what was sent until this moment."""
        self.resource["ts_message_offset"] = until
        self.last_message, self.unread, self.unread_mentions = None, 0, 0
        self.changed.mark()

    def show_hidden(self, state: str) -> None:
        """This person has put it away, or has it on the list again."""
        self.resource |= {"hidden_state": state, "is_hidden": state != "unhidden"}
        self.changed.mark()

    async def _tell(self, method: str, message_id: int | None) -> None:
        place = {} if message_id is None else {"message_id": message_id}
        await persist(lambda: self.session.call_by_name(method, {"channel_url": self.url, **place}))

    def _take_members(self, members: Sequence[Member]) -> None:
        """A large channel comes with some of its members, or none: those that are known stay."""
        if len(members) >= self.member_count:
            self.members.clear()
        self.add(members)

    def _count(self, message: Message) -> None:
        self.unread += 1
        self.unread_mentions += is_mentioned(message, self.session.user_id)

    def _read_to(self, message_id: int) -> bool:
        if message_id < self._read_id:
            return True
        self._read_id = message_id
        if self.last_message and message_id < self.last_message["message_id"]:
            return False
        self.unread = self.unread_mentions = 0
        return True


def _id_of(message: Message | None) -> int:
    return message["message_id"] if message else 0
