"""The threads that this person follows."""

from __future__ import annotations

from chatd.client.events import moves
from chatd.client.live_list import LiveList
from chatd.client.schema import FollowedThread, Message, MessageCreated, MessageDeleted, Publication, ThreadRead
from chatd.client.sender import sender_of
from chatd.client.session import Session
from chatd.client.thread_following import ThreadFollowing
from chatd.client.window import has_expired

PAGE = 30


class FollowedThreads(LiveList[FollowedThread]):
    """Those that have replies, the newest reply first; `begin` loads them, and from then on they are kept in step."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        # By the message that began the thread: the reply that was counted last.
        self._counted: dict[int, int] = {}
        self._looked: set[ThreadFollowing] = set()

    @property
    def unread(self) -> int:
        """How many of those that are here have replies that are not read."""
        return sum(thread["unread_reply_count"] > 0 for thread in self.items)

    def following(self, thread: Message | FollowedThread) -> ThreadFollowing:
        """Whether any thread is followed, also one that is not here: `with threads.following(message) as thread`."""
        following = ThreadFollowing(self._session, thread, self._looked.discard)
        self._looked.add(following)
        return following

    def handle(self, event: Publication) -> None:
        """The server tells something."""
        for each in self._looked:
            each.handle(event)
        super().handle(event)

    async def follow(self, message: Message) -> None:
        """The thread that a message began, or may begin. Raises a Failure."""
        url, message_id = message["channel_url"], message["message_id"]

        def insert(thread: FollowedThread) -> None:
            if self._is_loaded and not self.has(message_id):
                self._set([thread, *self.items])

        call = self._session.call
        await self._journal.join(
            lambda: call("threads.subscribe", channel_url=url, message_id=message_id), insert, self._apply
        )

    async def unfollow(self, thread: Message | FollowedThread) -> None:
        """No more. Raises a Failure."""
        url, message_id = thread["channel_url"], thread["message_id"]
        call = self._session.call
        await self._journal.join(
            lambda: call("threads.unsubscribe", channel_url=url, message_id=message_id),
            lambda _: self._drop([message_id]),
            self._apply,
        )

    def resume(self) -> None:
        """The stream goes on after a cut. Of a reply that is told late nobody can say whether it was the first."""
        if self._is_loaded:
            self._load_soon()
        for each in self._looked:
            each.load_soon()

    async def _page(self, token: str) -> tuple[list[FollowedThread], str]:
        page = await self._session.call("threads.list", limit=PAGE, token=token)
        return page["threads"], page["next"]

    def _replace(self, items: list[FollowedThread], token: str) -> None:
        self._counted.clear()  # it was counted in what is here no more
        super()._replace(items, token)

    def _take(self, items: list[FollowedThread], token: str) -> None:
        begun = [thread for thread in items if thread["thread_info"]["reply_count"]]
        super()._take(sorted(begun, key=_place, reverse=True), token)

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "message.created" if "thread_info" in event:
                self._reply(event)
            case "message.updated":
                parent = event["message"]
                self._change(parent["message_id"], lambda thread: thread | {"parent_message": parent})
            case "message.deleted":
                self._delete(event)
            case "messages.expired":
                here = [each for each in self.items if each["channel_url"] == event["channel_url"]]
                self._drop([each["message_id"] for each in here if has_expired(each["parent_message"], event)])
            case "thread.unfollowed":
                self._drop([event["message_id"]])
            case "thread.read":
                self._read(event)
            case "messages.erased" | "channel.history_reset" | "channel.deleted" | "thread.followed":
                self._load_soon()  # what is left, or new, is not in the event
            case "member.joined" | "member.left" if moves(event, self._session.user_id):
                self._load_soon()

    def _reply(self, event: MessageCreated) -> None:
        reply, info = event["message"], event["thread_info"]
        is_own = sender_of(reply) == self._session.user_id
        known = self.find(reply["parent_message_id"])
        if known is None:
            # Who replies, and whose message is replied to, follows from then on; others may stand further down.
            if is_own or info["reply_count"] == 1 or self.has_more:
                self._load_soon()
            return None
        # An event may come twice, and with what was loaded.
        last = known["thread_info"]["last_replied_at"]
        if self._counted.get(known["message_id"], 0) >= reply["message_id"] or last > reply["created_at"]:
            return None
        if last == reply["created_at"]:  # this one, or another of the same moment
            return self._load_soon()
        self._counted[known["message_id"]] = reply["message_id"]
        unread = 0 if is_own else known["unread_reply_count"] + 1
        risen: FollowedThread = known | {"thread_info": info, "unread_reply_count": unread}
        return self._change(known["message_id"], lambda _: risen)

    def _delete(self, event: MessageDeleted) -> None:
        if self.has(event["message_id"]):  # its replies stay
            self._load_soon()
        if self.has(event.get("parent_message_id", 0)):
            info = event["thread_info"]
            self._change(event["parent_message_id"], lambda thread: thread | {"thread_info": info})
            self._load_soon()  # whether it had been read is not in the event

    def _read(self, event: ThreadRead) -> None:
        thread = self.find(event["message_id"])
        if thread is None:
            return
        unread = event["unread_reply_count"]
        self._change(event["message_id"], lambda thread: thread | {"unread_reply_count": unread})
        if event["read_ts"] < thread["thread_info"]["last_replied_at"]:
            self._load_soon()  # some replies may have come after this, and be counted before it


def _place(thread: FollowedThread) -> tuple[int, int]:
    return thread["thread_info"]["last_replied_at"], thread["message_id"]
