"""Slack's exports: a zip file, or its directory, with the lists of who and what there is and a folder per channel."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator

from chatd.errors import BrokenExport
from chatd.transfer.archive import Archive
from chatd.transfer.emoji import emoji_of, is_known
from chatd.transfer.json_text import items
from chatd.transfer.slack_records import Conversation, File, Message, Profile, User
from chatd.transfer.slack_text import Written, shown
from chatd.transfer.team import MAX_ABOUT, TOO_LARGE, Attachment, Kind, Person, Post, Reaction, Room, Tally, Team

_LISTS = {
    "channels.json": Kind.PUBLIC,
    "groups.json": Kind.PRIVATE,
    "mpims.json": Kind.PRIVATE,
    "dms.json": Kind.DIRECT,
}
_USERS = ("users.json", "org_users.json")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
_UPLOAD = re.compile(r"(?:.*/)?__uploads/([^/]+)/[^/]+|(?:.*/)?attachments/([A-Z0-9]+)-[^/]+")
# Messages that are somebody's; all other subtypes are notices of what happened to a channel.
_SAID = {None, "", "bot_message", "me_message", "file_share", "file_comment", "thread_broadcast", "slackbot_response"}
_SLACKBOT = "USLACKBOT"
_GONE = "tombstone"
_NOT_THERE = {"tombstone", "hidden_by_limit"}


class SlackExport:
    """An export of Slack. Who is in no list, as bots and people of other workspaces, is met in the messages."""

    name = "slack"

    def __init__(self, archive: Archive, max_file: int) -> None:
        self.archive = archive
        self._max_file = max_file
        self._root = _root(archive)
        self._people: dict[str, Person] = {}
        self._conversations: dict[str, tuple[Conversation, Kind]] = {}
        self._authors: defaultdict[str, set[str]] = defaultdict(set)
        self._uploads = {match[1] or match[2]: name for name in archive.names() if (match := _UPLOAD.fullmatch(name))}
        self._days = self._find_days()

    def survey(self) -> Team:
        """Read all of it; who and what is there. Raises BrokenExport where something is wrong."""
        self._read_users()
        self._read_conversations()
        for _ in self.posts(Tally()):
            pass
        rooms = {key: self._room(found, kind) for key, (found, kind) in self._conversations.items()}
        return Team(self._people, rooms, self._authors)

    def posts(self, tally: Tally) -> Iterator[Post]:
        """Read all messages, channel by channel, and count what is left out."""
        tally.left_out.update(self._lists_left_out())
        for found, _ in self._conversations.values():
            if found.is_archived:
                tally.left_out["marks of archived channels, which are open here"] += 1
            for name in self._days.get(found.name or "", ()) or self._days.get(found.id, ()):
                yield from self._day(found, name, tally)

    def _find_days(self) -> dict[str, list[str]]:
        """The files of each folder, one for each day."""
        days: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.archive.names():
            folder, _, day = name.removeprefix(self._root).rpartition("/")
            if name.startswith(self._root) and _DAY.fullmatch(day):
                days[folder].append(name)
        return days

    def _read_users(self) -> None:
        name = next((self._root + each for each in _USERS if self.archive.size(self._root + each) is not None), None)
        if name is None:
            raise BrokenExport(f"{self.archive.path}: this is no export of Slack: there is no users.json.")
        taken: set[str] = set()
        users = items(self.archive.text(name), User, name)
        # Who is gone may have had the name of who is there.
        for user in sorted(users, key=lambda each: bool(each.deleted)):
            user_id = _user_id(user.name or user.id.lower())
            if user_id in taken:
                user_id = _user_id(f"{user_id}-{user.id.lower()}")
            taken.add(user_id)
            nickname = _called(user.profile) or user.real_name or user.name or user.id
            self._meet(user.id, user_id, nickname, is_active=not user.deleted)

    def _read_conversations(self) -> None:
        for each, kind in _LISTS.items():
            name = self._root + each
            if self.archive.size(name) is not None:
                for found in items(self.archive.text(name), Conversation, name):
                    self._conversations[found.id] = (found, kind)

    def _day(self, found: Conversation, name: str, tally: Tally) -> Iterator[Post]:
        messages = items(self.archive.text(name), Message, name)
        for message in sorted(messages, key=lambda each: (_milliseconds(each.ts), each.ts)):
            post = self._post(found, message, tally)
            if post is not None:
                yield post

    def _post(self, found: Conversation, message: Message, tally: Tally) -> Post | None:
        is_said = message.subtype in _SAID and not message.hidden
        is_begun = bool(message.reply_count) and message.thread_ts == message.ts
        if not is_said and not (message.subtype == _GONE and is_begun):
            tally.left_out["notices, such as of joining, leaving and renaming"] += 1
            return None
        said = message.text or shown(message.attachments or (), message.blocks or ())
        if message.comment is not None:
            said = message.comment.comment or said
        written = Written(said, self._user_id, self._channel_name)
        attachments, notes = self._files(message, tally)
        text = "\n".join(part for part in (written.text, *notes) if part)
        if not text and not attachments:
            tally.left_out["messages without a text"] += 1
            return None
        if message.pinned_to:
            tally.left_out["pins"] += 1
        author = self._author(message)
        reactions = self._reactions(message, tally)
        self._authors[found.id] |= {author, *(reaction.user for reaction in reactions)}
        is_reply = message.thread_ts is not None and message.thread_ts != message.ts
        return Post(
            key=f"slack:{found.id}:{message.ts}",
            room=found.id,
            author=author,
            text=text,
            created_at=_milliseconds(message.ts),
            edited_at=_milliseconds(message.edited.ts) if message.edited else 0,
            parent=f"slack:{found.id}:{message.thread_ts}" if is_reply else "",
            begins=not is_reply and message.thread_ts is not None,
            is_in_channel=message.subtype == "thread_broadcast",
            mentioned=tuple(dict.fromkeys(key for key in written.mentioned if key in self._people)),
            mentions_all=written.mentions_all,
            attachments=attachments,
            reactions=reactions,
        )

    def _author(self, message: Message) -> str:
        """Who wrote a message; a bot without a user gets one."""
        key = (message.comment and message.comment.user) or message.user
        if key:
            self._known(key, _called(message.user_profile))
            return key
        key = message.bot_id or f"bot-{message.username or 'unknown'}"
        name = message.username or _called(message.bot_profile) or key
        if key not in self._people:
            self._meet(key, _user_id(f"slack-bot-{key.lower()}"), name)
        return key

    def _reactions(self, message: Message, tally: Tally) -> tuple[Reaction, ...]:
        found = []
        for reaction in message.reactions or ():
            if not is_known(reaction.name):
                tally.left_out["pictures of custom emoji, which stay names"] += 1
            for user in reaction.users:
                self._known(user, "")
                found.append(Reaction(emoji_of(reaction.name), user, _milliseconds(message.ts)))
        return tuple(found)

    def _files(self, message: Message, tally: Tally) -> tuple[tuple[Attachment, ...], list[str]]:
        attachments, notes = [], []
        for file in (*(message.files or ()), *([message.file] if message.file else ())):
            name = file.name or file.title or file.id or "file"
            path = self._uploads.get(file.id or "")
            if path is not None and (self.archive.size(path) or 0) > self._max_file:
                tally.left_out[TOO_LARGE] += 1
                notes.append(f"[{name}: this file was too large]")
            elif path is not None:
                self.archive.check(path)
                attachments.append(Attachment(name, file.mimetype or "", path))
            elif file.is_external and _is_address(file.url_private):
                attachments.append(
                    Attachment(name, file.mimetype or "", url=file.url_private or "", size=file.size or 0)
                )
            else:
                tally.left_out[_missing(file)] += 1
                notes.append(f"[{name}: this file was not in the export]")
        return tuple(attachments), notes

    def _known(self, key: str, name: str) -> None:
        """Somebody who is in no list: Slack's own bot, or from another workspace."""
        if key not in self._people:
            is_bot = key == _SLACKBOT
            self._meet(key, "slackbot" if is_bot else _user_id(f"slack-{key.lower()}"), "Slackbot" if is_bot else name)

    def _meet(self, key: str, user_id: str, nickname: str, *, is_active: bool = True) -> None:
        self._people[key] = Person(key, user_id, (nickname or key)[:80], is_active, metadata={"slack_id": key[:190]})

    def _user_id(self, key: str) -> str:
        person = self._people.get(key)
        return person.user_id if person else ""

    def _channel_name(self, key: str) -> str:
        found = self._conversations.get(key)
        return found[0].name or "" if found else ""

    def _room(self, found: Conversation, kind: Kind) -> Room:
        members = tuple(dict.fromkeys(found.members or ()))
        for key in members:
            self._known(key, "")
        own = f"slack-{re.sub('[^a-z0-9_-]', '-', found.id.lower())}"[:100]
        slug = re.sub(r"[^A-Za-z0-9_-]", "-", found.name or "")[:100]
        about = {"topic": found.topic, "purpose": found.purpose}
        data = {name: said.value[:MAX_ABOUT] for name, said in about.items() if said and said.value}
        several = ", ".join(self._people[key].nickname for key in members)
        name = several if (found.name or "").startswith("mpdm-") else found.name or ""
        return Room(
            key=found.id,
            kind=kind,
            channel_url=slug if len(slug) >= 4 else own,
            own_url=own,
            name="" if kind is Kind.DIRECT else name[:191],
            members=members,
            operators=(found.creator,) if found.creator in members and kind is not Kind.DIRECT else (),
            creator=found.creator if found.creator in self._people else "",
            created_at=(found.created or 0) * 1000,
            data=json.dumps(data, ensure_ascii=False) if data else "",
        )

    def _lists_left_out(self) -> dict[str, int]:
        known = {*_LISTS, *_USERS}
        left = {}
        for name in self.archive.names():
            short = name.removeprefix(self._root)
            if name.startswith(self._root) and "/" not in short and short.endswith(".json") and short not in known:
                left[short] = 1
        folders = {found.name for found, _ in self._conversations.values()} | set(self._conversations)
        if others := [folder for folder in self._days if folder not in folders]:
            left["folders of channels that are in no list"] = len(others)
        return left


def _root(archive: Archive) -> str:
    """The folder in which the lists are: some pack the whole directory."""
    found = [name for name in archive.names() if name.rpartition("/")[2] in _USERS and "__MACOSX" not in name]
    return min((name.rpartition("/")[0] + "/" for name in found), key=len, default="/").lstrip("/")


def _milliseconds(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1000 + int(fraction.ljust(6, "0")) // 1000


def _called(profile: Profile | None) -> str:
    return (profile.display_name or profile.real_name or profile.name or "") if profile else ""


def _user_id(name: str) -> str:
    return re.sub(r"[^a-z0-9._-]", "-", name.lower())[:80]


def _missing(file: File) -> str:
    if file.mode in _NOT_THERE:
        return "files that were deleted, or that Slack keeps back"
    return "files that are not in the export"


def _is_address(url: str | None) -> bool:
    return bool(url) and re.fullmatch(r"https?://\S{1,2000}", url or "") is not None
