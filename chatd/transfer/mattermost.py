"""Mattermost's bulk exports: lines of JSON, alone, or in a zip file with the files that they name."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from chatd.errors import BrokenExport
from chatd.transfer import mattermost_records as records
from chatd.transfer.archive import Archive
from chatd.transfer.emoji import emoji_of, is_known, with_emoji
from chatd.transfer.json_text import one
from chatd.transfer.mattermost_records import Channel, DirectChannel, DirectPost, InChannel, Line, Reply, User
from chatd.transfer.slack_text import shown
from chatd.transfer.team import MAX_ABOUT, TOO_LARGE, Attachment, Kind, Person, Post, Reaction, Room, Tally, Team

VERSION = 1

_MENTION = re.compile(r"(?<![\w.])@([a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?)")
_EVERYBODY = {"all", "channel", "here"}
# What lines of other types hold.
_LEFT_OUT = {
    "role": "roles",
    "scheme": "permission schemes",
    "emoji": "pictures of custom emoji",
    "team": "",
    "version": "",
}


_Other = Callable[[Line, str, Tally], None]


class _Members:
    """Who is in a channel, who runs it, and up to when they have read it."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        self.admins: list[str] = []
        self.read_until: dict[str, int] = {}

    def add(self, name: str, roles: str, last_viewed_at: int | None) -> None:
        self.names[name] = None
        if "channel_admin" in roles.split():
            self.admins.append(name)
        if last_viewed_at:
            self.read_until[name] = last_viewed_at


class MattermostExport:
    """A bulk export of Mattermost. A name that it does not explain is an error: its line is named."""

    name = "mattermost"

    def __init__(self, archive: Archive, max_file: int) -> None:
        self.archive = archive
        self._max_file = max_file
        self._file = _jsonl(archive)
        self._people: dict[str, Person] = {}
        self._channels: dict[str, Channel] = {}
        self._directs: dict[str, DirectChannel] = {}
        self._members: defaultdict[str, _Members] = defaultdict(_Members)
        self._authors: defaultdict[str, set[str]] = defaultdict(set)

    def survey(self) -> Team:
        """Read all of it; who and what is there. Raises BrokenExport where something is wrong."""
        for _ in self._read(Tally(), self._meet):
            pass
        names = Counter(channel.name for channel in self._channels.values())
        rooms = [self._room(key, channel, names[channel.name] > 1) for key, channel in self._channels.items()]
        rooms += [self._direct_room(key, channel) for key, channel in self._directs.items()]
        return Team(self._people, {room.key: room for room in rooms}, self._authors)

    def posts(self, tally: Tally) -> Iterator[Post]:
        """Read all messages, each with its replies, and count what is left out."""
        return self._read(tally, self._count)

    def _read(self, tally: Tally, other: _Other) -> Iterator[Post]:
        number = 0
        for raw in self.archive.lines(self._file):
            number += 1
            where = f"{self._file}, line {number}"
            line = one(raw, Line, where)
            if number == 1 and line.version != VERSION:
                raise BrokenExport(f"{where}: the first line of a bulk export says that its version is {VERSION}.")
            if line.post is not None:
                yield from self._thread(line.post, _channel_key(line.post.team, line.post.channel), where, tally)
            elif line.direct_post is not None:
                yield from self._thread(line.direct_post, _direct_key(line.direct_post.channel_members), where, tally)
            else:
                other(line, where, tally)
        if number == 0:
            raise BrokenExport(f"{self._file}, line 1: the file is empty.")

    def _meet(self, line: Line, where: str, tally: Tally) -> None:
        """Learn who or what a line is about."""
        if line.user is not None:
            self._person(line.user, where)
        elif line.bot is not None:
            name = line.bot.username
            self._people[name] = _person(name, line.bot.display_name or name, line.bot.delete_at)
        elif line.channel is not None:
            if line.channel.type not in ("O", "P"):
                raise BrokenExport(f"{where}: {line.channel.type!r} is no type of a channel.")
            self._channels[_channel_key(line.channel.team, line.channel.name)] = line.channel
        elif line.direct_channel is not None:
            self._direct(line.direct_channel, where)
        elif line.type not in _LEFT_OUT and line.type in Line.__struct_fields__:
            raise BrokenExport(f'{where}: a line of type "{line.type}" without "{line.type}".')

    def _count(self, line: Line, where: str, tally: Tally) -> None:
        """Count what a line holds that is not carried over."""
        if line.user is not None and line.user.profile_image:
            tally.left_out["profile pictures"] += 1
        if line.channel is not None and line.channel.deleted_at:
            tally.left_out["marks of archived channels, which are open here"] += 1
        if line.type not in Line.__struct_fields__:
            what = _LEFT_OUT.get(line.type, f'lines of type "{line.type}"')
            if what:
                tally.left_out[what] += 1

    def _person(self, user: User, where: str) -> None:
        name = " ".join(part for part in (user.first_name, user.last_name) if part)
        self._people[user.username] = _person(user.username, user.nickname or name or user.username, user.delete_at)
        for team in user.teams or ():
            for channel in team.channels or ():
                key = _channel_key(team.name, channel.name)
                if key not in self._channels:
                    raise BrokenExport(f'{where}: there is no channel "{channel.name}" in team "{team.name}".')
                self._join(key, user.username, channel)

    def _join(self, key: str, username: str, channel: InChannel) -> None:
        self._members[key].add(username, channel.roles or "", channel.last_viewed_at)

    def _direct(self, channel: DirectChannel, where: str) -> None:
        found = channel.participants or tuple(records.Participant(name) for name in channel.members or ())
        if not found:
            raise BrokenExport(f"{where}: the channel has no members.")
        key = _direct_key(tuple(each.username for each in found))
        self._directs[key] = channel
        for each in found:
            self._known(each.username, where)
            self._members[key].add(each.username, "", each.last_viewed_at)

    def _thread(self, post: records.Post | DirectPost, room: str, where: str, tally: Tally) -> Iterator[Post]:
        if room not in self._channels and room not in self._directs:
            raise BrokenExport(f"{where}: the channel of this message is on no line before.")
        begun = self._post(post, room, "", where, tally)
        if begun is not None:
            yield begun
        for reply in post.replies or ():
            found = self._post(reply, room, begun.key if begun else "", where, tally)
            if found is not None:
                yield found

    def _post(self, post: Reply, room: str, parent: str, where: str, tally: Tally) -> Post | None:
        if (post.type or "").startswith("system_"):
            tally.left_out["notices, such as of joining, leaving and renaming"] += 1
            return None
        self._known(post.user, where)
        attachments, notes = self._files(post, tally)
        said = post.message or shown(_attachments(post), ())
        text = "\n".join(part for part in (with_emoji(said), *notes) if part)
        if not text and not attachments:
            tally.left_out["messages without a text"] += 1
            return None
        tally.left_out["pins"] += bool(post.is_pinned)
        tally.left_out["saved messages"] += len(post.flagged_by or ())
        mentioned = dict.fromkeys(_MENTION.findall(text))
        reactions = self._reactions(post, where, tally)
        self._authors[room] |= {post.user, *(reaction.user for reaction in reactions)}
        return Post(
            key=_post_key(room, post),
            room=room,
            author=post.user,
            text=text,
            created_at=post.create_at,
            edited_at=post.edit_at or 0,
            parent=parent,
            begins=not parent,
            mentioned=tuple(name for name in mentioned if name in self._people),
            mentions_all=not _EVERYBODY.isdisjoint(mentioned),
            attachments=attachments,
            reactions=reactions,
        )

    def _reactions(self, post: Reply, where: str, tally: Tally) -> tuple[Reaction, ...]:
        found = []
        for each in post.reactions or ():
            self._known(each.user, where)
            if not is_known(each.emoji_name):
                tally.left_out["pictures of custom emoji, which stay names"] += 1
            found.append(Reaction(emoji_of(each.emoji_name), each.user, each.create_at))
        return tuple(found)

    def _files(self, post: Reply, tally: Tally) -> tuple[tuple[Attachment, ...], list[str]]:
        attachments, notes = [], []
        for each in post.attachments or ():
            name = PurePosixPath(each.path).name or "file"
            path = self._path(each.path)
            if path and (self.archive.size(path) or 0) > self._max_file:
                tally.left_out[TOO_LARGE] += 1
                notes.append(f"[{name}: this file was too large]")
            elif path:
                self.archive.check(path)
                attachments.append(Attachment(name, "", path))
            else:
                tally.left_out["files that are not in the export"] += 1
                notes.append(f"[{name}: this file was not in the export]")
        return tuple(attachments), notes

    def _path(self, named: str) -> str:
        """The file of the archive that a line names: from its own folder, or from that of the data."""
        folder = self._file.rpartition("/")[0]
        for base in (folder, f"{folder}/data" if folder else "data", "data", ""):
            path = f"{base}/{named}" if base else named
            if self.archive.size(path) is not None:
                return path
        return ""

    def _known(self, username: str, where: str) -> None:
        if username not in self._people:
            raise BrokenExport(f'{where}: "{username}" is on no line before.')

    def _room(self, key: str, channel: Channel, is_ambiguous: bool) -> Room:
        members = self._members[key]
        url = f"{channel.team}-{channel.name}" if is_ambiguous else channel.name
        own = f"mattermost-{channel.team}-{channel.name}"
        about = {"topic": channel.header, "purpose": channel.purpose}
        data = {name: said[:MAX_ABOUT] for name, said in about.items() if said}
        return Room(
            key=key,
            kind=Kind.PUBLIC if channel.type == "O" else Kind.PRIVATE,
            channel_url=_url(url) if len(url) >= 4 else _url(own),
            own_url=_url(own),
            name=(channel.display_name or channel.name)[:191],
            members=tuple(members.names),
            operators=tuple(members.admins),
            data=json.dumps(data, ensure_ascii=False) if data else "",
            read_until=members.read_until,
        )

    def _direct_room(self, key: str, channel: DirectChannel) -> Room:
        members = self._members[key]
        own = f"mattermost-direct-{_digest(key)}"
        names = ", ".join(self._people[name].nickname for name in members.names)
        return Room(
            key=key,
            kind=Kind.DIRECT,
            channel_url=own,
            own_url=own,
            name="" if len(members.names) <= 2 else names[:191],
            members=tuple(members.names),
            read_until=members.read_until,
        )


def _jsonl(archive: Archive) -> str:
    if archive.size(archive.path.name) is not None:
        return archive.path.name
    found = [name for name in archive.names() if name.endswith(".jsonl") and "__MACOSX" not in name]
    if len(found) != 1:
        what = "several files" if found else "no file"
        raise BrokenExport(f"{archive.path}: this is no bulk export of Mattermost: it has {what} of lines (.jsonl).")
    return found[0]


def _person(username: str, nickname: str, delete_at: int | None) -> Person:
    user_id = re.sub(r"[^a-z0-9._-]", "-", username.lower())[:80]
    return Person(username, user_id, nickname[:80], not delete_at)


def _channel_key(team: str, name: str) -> str:
    return f"{team}/{name}"


def _direct_key(members: tuple[str, ...]) -> str:
    return "direct/" + ",".join(sorted(set(members)))


def _post_key(room: str, post: Reply) -> str:
    """Posts have no ids in an export. Mattermost itself tells them apart by these."""
    return f"mattermost:{_digest(json.dumps([room, post.user, post.create_at, post.message]))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _url(name: str) -> str:
    found = re.sub(r"[^A-Za-z0-9_-]", "-", name)
    return found if len(found) <= 100 else f"{found[:60]}-{_digest(found)}"


def _attachments(post: Reply) -> tuple[dict[str, object], ...]:
    found = (post.props or {}).get("attachments")
    return tuple(each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()
