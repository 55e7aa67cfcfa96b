"""A small model of a chatd as one person sees it: channels, messages, threads, polls, and what they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass

from tests.client.place import ME, NO_CHANNEL, NOT_HERE, OTHER, Json, Place, Refusal, created, plain
from tests.client.polling import Poll


@dataclass(frozen=True)
class Entry:
    """Of the log. `data` is as it is when it is told; None when it is not told any more."""

    offset: int
    data: Callable[[], Json | None]


class Model:
    """`told` is called with each new entry of the log; `now` is the server's clock in ms."""

    def __init__(self, urls: Iterable[str], told: Callable[[Entry], None], now: Callable[[], int]) -> None:
        self.places = {url: Place(url, poll=Poll(number)) for number, url in enumerate(urls, 1)}
        self.log: list[Entry] = []
        # Whom this person has blocked.
        self.blocked: set[str] = set()
        self.epoch = 1
        self.offset = 0
        self._told = told
        self._now = now

    def place(self, url: str) -> Place:
        """A channel that this person is in."""
        place = self.places.get(url)
        if place is None or not place.is_member:
            raise Refusal(NO_CHANNEL)
        return place

    def send(self, url: str, user_id: str, text: str, req_id: str = "", parent_id: int = 0) -> Json:
        """A message; the same once more for the same req_id."""
        place = self.places[url]
        if req_id in place.sent:
            return place.sent[req_id]
        message: Json = {
            "message_id": self._next(),
            "channel_url": url,
            "message": text,
            "created_at": self._now(),
            "updated_at": 0,
            "req_id": req_id,
            "user": {"user_id": user_id, "nickname": user_id},
            "message_events": {"update_unread_count": True},
            "mention_type": "users",
            "mentioned_users": [],
            "silent": False,
            "reactions": [],
        }
        if parent_id:
            message["parent_message_id"] = parent_id
            self._follow(place, message)
        place.messages.append(message)
        if req_id:
            place.sent[req_id] = plain(message)
        if user_id == ME:
            place.mark, place.read_at = message["message_id"], message["created_at"]
        self._tell("message.created", url, lambda: created(place, message))
        return plain(message)

    def _follow(self, place: Place, reply: Json) -> None:
        """Who replies follows the thread and has read it; who began it follows it from the first reply on."""
        parent_id = reply["parent_message_id"]
        if reply["user"]["user_id"] == ME:
            place.threads[parent_id] = reply["message_id"]
        elif not place.replies(parent_id) and place.find(parent_id)["user"]["user_id"] == ME:
            place.threads.setdefault(parent_id, 0)

    def subscribe(self, url: str, parent_id: int, is_followed: bool) -> Json:
        """This person follows a thread, or does not any more. What was said before they did is no news."""
        place = self.place(url)
        place.find(parent_id)
        if (place.threads.get(parent_id) is not None) != is_followed:
            last = place.replies(parent_id)[-1:]
            place.threads[parent_id] = (last[0]["message_id"] if last else 0) if is_followed else None
            self._next()
            kind = "thread.followed" if is_followed else "thread.unfollowed"
            self._tell(kind, url, lambda: {"message_id": parent_id})
        return self._thread(place, parent_id)

    def read_thread(self, url: str, parent_id: int, reply_id: int) -> Json:
        """This person has read a thread up to a reply."""
        place = self.place(url)
        reply, mark = place.find(reply_id), place.threads.get(parent_id)
        if mark is not None and reply_id > mark:
            place.threads[parent_id] = reply_id
            self._next()
            unread = self._thread(place, parent_id)["unread_reply_count"]
            read = {"message_id": parent_id, "reply_id": reply_id, "read_ts": reply["created_at"]}
            self._tell("thread.read", url, lambda: {**read, "unread_reply_count": unread})
        return self._thread(place, parent_id)

    def threads(self) -> list[Json]:
        """Those that this person follows and that have replies, the newest reply first."""
        found = [
            self._thread(place, parent_id)
            for place in self.places.values()
            for parent_id, mark in place.threads.items()
            if place.is_member and mark is not None and place.replies(parent_id)
        ]
        return sorted(
            found, key=lambda each: (each["thread_info"]["last_replied_at"], each["message_id"]), reverse=True
        )

    def _thread(self, place: Place, parent_id: int) -> Json:
        mark = place.threads.get(parent_id)
        replies = place.replies(parent_id)
        return {
            "channel_url": place.url,
            "message_id": parent_id,
            "parent_message": place.removed[parent_id] if parent_id in place.removed else plain(place.find(parent_id)),
            "thread_info": place.thread_info(parent_id),
            "is_followed": mark is not None,
            "unread_reply_count": sum(each["message_id"] > (mark or 0) for each in replies),
        }

    def poll(self, poll_id: int) -> Place:
        """Where a poll is shown."""
        for place in self.places.values():
            if place.poll.id == poll_id and place.is_member:
                return place
        raise Refusal(NO_CHANNEL)

    def vote(self, poll_id: int, user_id: str, option_ids: list[int]) -> Json:
        """Somebody chooses."""
        place = self.poll(poll_id)
        if not place.poll.takes(option_ids):
            raise Refusal(NOT_HERE)
        if place.poll.votes.get(user_id, []) != option_ids:
            place.poll.votes[user_id] = option_ids
            self._next()
            chosen = {"user_id": user_id, "option_ids": option_ids}
            self._tell("poll.voted", place.url, lambda: {**place.poll.counts, **chosen})
        return place.poll.resource()

    def change_poll(self, poll_id: int, *, text: str = "", is_closed: bool = False) -> Json:
        """There is something else to choose, or nothing any more."""
        place = self.poll(poll_id)
        if not place.poll.takes([]):
            raise Refusal(NOT_HERE)
        place.poll.is_closed = is_closed
        if text:
            place.poll.options.append(text)
        self._next()
        self._tell("poll.updated", place.url, lambda: {"poll": place.poll.resource()})
        return place.poll.resource()

    def edit(self, url: str, message_id: int, text: str) -> Json:
        """A message says something else."""
        place = self.place(url)
        message = place.find(message_id)
        message |= {"message": text, "updated_at": max(self._now(), message["updated_at"] + 1)}
        self._next()
        self._tell("message.updated", url, lambda: {"message": plain(message)} if message in place.messages else None)
        return plain(message)

    def delete(self, url: str, message_id: int) -> None:
        """A message is gone."""
        place = self.place(url)
        message = place.find(message_id)
        place.messages.remove(message)
        place.removed[message_id] = plain(message) | {"message": ""}
        self._next()
        parent_id = message.get("parent_message_id", 0)

        def told() -> Json:
            thread = {"parent_message_id": parent_id, "thread_info": place.thread_info(parent_id)} if parent_id else {}
            return {"message_id": message_id, **thread}

        self._tell("message.deleted", url, told)

    def react(self, url: str, message_id: int, user_id: str, key: str, is_added: bool) -> None:
        """Somebody reacts, or takes it back."""
        message = self.place(url).find(message_id)
        by_key = {each["key"]: list(each["user_ids"]) for each in message["reactions"]}
        users = by_key.setdefault(key, [])
        if (user_id in users) == is_added:
            return
        users.append(user_id) if is_added else users.remove(user_id)
        now = self._now()
        message["reactions"] = [
            {"key": each, "user_ids": ids, "updated_at": now} for each, ids in by_key.items() if ids
        ]
        self._next()
        change = {"message_id": message_id, "reaction": key, "user_id": user_id, "updated_at": now}
        self._tell("reaction.added" if is_added else "reaction.removed", url, lambda: change)

    def read(self, url: str, user_id: str, message_id: int) -> None:
        """Somebody has read up to a message."""
        place = self.place(url)
        read_ts = next((each["created_at"] for each in place.messages if each["message_id"] == message_id), 0)
        if user_id == ME:
            if message_id <= place.mark:
                return
            place.mark, place.read_at = message_id, max(read_ts, place.read_at)
        else:
            if read_ts <= place.other_read_at:
                return
            place.other_read_at = read_ts
        self._next()
        mark = {"user_id": user_id, "read_ts": read_ts, "read_message_id": message_id}
        self._tell("channel.read", url, lambda: mark)

    def write(self, url: str, text: str) -> Json:
        """This person has begun to write something, on this device or on another."""
        self.place(url).draft = text
        self._next()
        draft = {"channel_url": url, "parent_message_id": 0, "message": text}
        self._tell("draft.changed", url, lambda: {"draft": draft})
        return draft

    def drafts(self) -> list[Json]:
        """Those that are no empty ones."""
        here = [place for place in self.places.values() if place.is_member and place.draft]
        return [{"channel_url": place.url, "parent_message_id": 0, "message": place.draft} for place in here]

    def block(self, user_id: str, is_blocked: bool) -> Json:
        """This person wants to hear nothing of somebody, or of them again."""
        if (user_id in self.blocked) != is_blocked:
            self.blocked ^= {user_id}
            self._next()
            self._tell("user.blocked" if is_blocked else "user.unblocked", "", lambda: {"user": {"user_id": user_id}})
        return {}

    def describe(self, url: str, key: str, text: str) -> Json:
        """Something is said of a channel, or nothing any more."""
        place = self.place(url)
        change: Json = {"created": {}, "updated": {}, "deleted": []}
        if text:
            change["updated" if key in place.metadata else "created"] = {key: text}
            place.metadata[key] = text
        elif place.metadata.pop(key, ""):
            change["deleted"] = [key]
        self._next()
        self._tell("channel.metadata_changed", url, lambda: change)
        return {key: text}

    def leave(self, url: str) -> None:
        """This person is a member no more."""
        place = self.place(url)
        self._next()
        self._tell("member.left", url, lambda: {"users": [{"user_id": ME}], "reason": ""})
        place.is_member = False

    def join(self, url: str) -> None:
        """This person is a member again."""
        place = self.places[url]
        if not place.is_member:
            place.is_member, place.mark = True, self._next()
            joined = {"members": [_member(ME, place.read_at)]}
            self._tell("member.joined", url, lambda: {"channel": self.resource(place, is_own=False), **joined})

    def expire(self, url: str, message_id: int) -> None:
        """A message and all before it are too old to be kept."""
        place = self.place(url)
        last = place.find(message_id)
        place.messages = [each for each in place.messages if each["message_id"] > message_id]
        place.threads = {each: mark for each, mark in place.threads.items() if each > message_id}
        self._next()
        self._tell("messages.expired", url, lambda: {"created_at": last["created_at"], "message_id": message_id})

    def begin_anew(self) -> None:
        """Forget where clients were: nobody can go on from there."""
        self.epoch += 1
        self.log = []

    def missed(self, offset: int, epoch: str) -> list[Entry] | None:
        """What came since; None when that cannot be told."""
        return [entry for entry in self.log if entry.offset > offset] if epoch == str(self.epoch) else None

    def resource(self, place: Place, *, is_own: bool = True) -> Json:
        """A channel as the server shows it."""
        own = {"unread_message_count": place.unread, "unread_mention_count": 0, "user_last_read": place.read_at}
        return {
            "channel_url": place.url,
            "name": place.url,
            "member_count": 2,
            "created_at": 1,
            "ts_message_offset": 0,
            "last_message": plain(place.messages[-1]) if place.messages else None,
            "members": [_member(ME, place.read_at), _member(OTHER, place.other_read_at)],
            **(own if is_own else {}),
        }

    def _next(self) -> int:
        self.offset += 1
        return self.offset

    def _tell(self, kind: str, url: str, data: Callable[[], Json | None]) -> None:
        if url and not self.places[url].is_member:
            return
        of = {"channel_url": url} if url else {}

        def told() -> Json | None:
            found = data()
            return None if found is None else {"type": kind, **of, **deepcopy(found)}

        self.log.append(Entry(self.offset, told))
        self._told(self.log[-1])


def _member(user_id: str, read_ts: int) -> Json:
    return {"user_id": user_id, "nickname": user_id, "role": "", "is_muted": False, "read_ts": read_ts}
