"""Putting messages that were written elsewhere into channels, with their own times."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from chatd import events
from chatd.domain.moderation.rules import MAX_MESSAGE_LENGTH
from chatd.domain.stream import emit
from chatd.model import File, Message
from chatd.store import tables
from chatd.store.requests import requested
from chatd.store.transaction import Transaction
from chatd.transfer.settling import Settled
from chatd.transfer.team import Post, Room, Tally, Team

MAX_MENTIONED = 100

Files = dict[str, tuple[File, ...]]


class Poster:
    """Knows which messages are there, by the `req_id` that each got from its key."""

    def __init__(self, settled: Settled, tally: Tally) -> None:
        self._settled = settled
        self._tally = tally
        # Messages that began a thread, of the room that is being read.
        self._threads: dict[str, int] = {}
        self._room = ""
        # By room: who was let in to write, how many messages came now, the last ordinal that came ever, and times.
        self._guests: defaultdict[str, set[int]] = defaultdict(set)
        self._came: defaultdict[str, int] = defaultdict(int)
        self._last: defaultdict[str, int] = defaultdict(int)
        self._times: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))

    def is_new(self, txn: Transaction, post: Post) -> bool:
        """Whether a message is yet to come in."""
        if post.room not in self._settled.channels:
            return False
        return requested(txn, self._settled.users[post.author], post.key) is None

    def place(self, txn: Transaction, posts: list[Post], files: Files) -> None:
        """Put messages into their channels, with the files that were kept for them."""
        for post in posts:
            channel = self._settled.channels.get(post.room)
            if channel is None:
                self._tally.left_out["messages of channels that were deleted here"] += 1
                continue
            if post.room != self._room:
                self._room = post.room
                self._threads.clear()
            author = self._settled.users[post.author]
            number = requested(txn, author, post.key)
            if number is None:
                number = self._send(txn, post, channel, files.get(post.key, ()))
            else:
                self._tally.present["messages"] += 1
                self._note(txn, post, number)
            if post.begins:
                self._threads[post.key] = number

    def _send(self, txn: Transaction, post: Post, channel: int, files: tuple[File, ...]) -> int:
        author = self._settled.users[post.author]
        if txn.get(tables.MEMBERS, channel, author) is None:
            emit(txn, events.MemberJoined(channel, (author,)))
            self._guests[post.room].add(author)
        parent = self._threads.get(post.parent, 0)
        if post.parent and not parent:
            self._tally.left_out["threads of replies whose first message is not in the export"] += 1
        first = 0
        for part, text in enumerate(_parts(post.text)):
            message = self._message(txn, post, channel, text)
            # Only the first part is found again, and has the files; the others come with it.
            key = "" if part else post.key
            placed = replace(message, parent=parent, req_id=key, files=() if part else files)
            emit(txn, events.MessageSent(placed))
            first = first or txn.head.sequence
            self._came[post.room] += 1
            self._note(txn, post, txn.head.sequence)
        self._tally.imported["messages"] += 1
        self._tally.imported["replies"] += bool(parent)
        self._tally.imported["files"] += len(files)
        self._react(txn, post, channel, first)
        return first

    def _message(self, txn: Transaction, post: Post, channel: int, text: str) -> Message:
        ordinal = txn.require(tables.CHANNEL_STATES, channel).ordinal + 1
        mentioned = dict.fromkeys(self._settled.users[key] for key in post.mentioned)
        return Message(
            0,
            channel,
            self._settled.users[post.author],
            ordinal,
            post.created_at,
            text,
            updated_at=post.edited_at,
            mention_type="channel" if post.mentions_all else "users",
            mentioned=tuple(islice(mentioned, MAX_MENTIONED)),
            is_in_channel=post.is_in_channel,
        )

    def _react(self, txn: Transaction, post: Post, channel: int, message: int) -> None:
        for reaction in post.reactions:
            user = self._settled.users[reaction.user]
            if txn.get(tables.REACTIONS, message, reaction.emoji, user) is None:
                emit(txn, events.ReactionAdded(channel, message, reaction.emoji, user, reaction.created_at))
                self._tally.imported["reactions"] += 1

    def _note(self, txn: Transaction, post: Post, number: int) -> None:
        entry = txn.get(tables.LOG, number)
        if entry is not None and isinstance(entry.event, events.MessageSent):
            self._last[post.room] = max(self._last[post.room], entry.event.message.ordinal)
            self._times[post.room].append(post.created_at)

    def dismiss_guests(self, txn: Transaction, room: Room, team: Team) -> None:
        """Let those leave who only came to write: they are no members of the room any more."""
        channel = self._settled.channels[room.key]
        guests = set(self._guests[room.key])
        members = {self._settled.users[key] for key in room.members}
        if room.key in self._settled.made:
            # Those of an import that was killed too.
            guests |= {self._settled.users[key] for key in team.authors.get(room.key, ())}
        leaving = sorted(user for user in guests - members if txn.get(tables.MEMBERS, channel, user))
        if leaving:
            emit(txn, events.MemberLeft(channel, tuple(leaving)))

    def marks(self, txn: Transaction, room: Room) -> list[events.ChannelRead]:
        """How far each member has read: what came in is not news.

        In a channel that was here before, as many messages stay unread as were so.
        """
        channel = self._settled.channels[room.key]
        is_made = room.key in self._settled.made
        keys = {self._settled.users[key]: key for key in room.members}
        times = array("q", sorted(self._times[room.key])) if room.read_until else array("q")
        end = txn.require(tables.CHANNEL_STATES, channel).ordinal
        marks = []
        for (_, user), member in txn.scan(tables.MEMBERS, channel):
            if is_made:
                until = room.read_until.get(keys.get(user, ""))
                unread = 0 if until is None else len(times) - bisect_right(times, until)
                target = self._last[room.key] - unread
            else:
                target = min(member.read_ordinal + self._came[room.key], end)
            if target > member.read_ordinal:
                marks.append(events.ChannelRead(channel, user, target, member.read_at))
        return marks


def _parts(text: str) -> Iterator[str]:
    """A text in parts that are no longer than a message may be, cut between lines or words where that is possible."""
    while len(text) > MAX_MESSAGE_LENGTH:
        cut = max(text.rfind("\n", 1, MAX_MESSAGE_LENGTH), 0) or max(text.rfind(" ", 1, MAX_MESSAGE_LENGTH), 0)
        cut = cut or MAX_MESSAGE_LENGTH
        yield text[:cut]
        text = text[cut:].lstrip("\n")
    yield text
