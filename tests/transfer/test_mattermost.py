"""Moving in from Mattermost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chatd.errors import BrokenExport
from chatd.transfer import archive as archives
from chatd.transfer.mattermost import MattermostExport
from tests.domain.test_verify import findings_of
from tests.transfer.conftest import Home
from tests.transfer.samples import (
    M0,
    MATTERMOST,
    MATTERMOST_DATA,
    PICTURE,
    RECIPE,
    mattermost_files,
    mattermost_lines,
    post,
    write_directory,
    write_zip,
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write_zip(tmp_path / "mattermost.zip", mattermost_files())


def direct(home: Home, *user_ids: str) -> str:
    found = home.client(user_ids[0], "channels.create", user_ids=list(user_ids[1:]), is_distinct=True)
    assert not found["is_created"]
    return found["channel_url"]


def test_people_and_channels(home: Home, export: Path) -> None:
    home.move(export, MattermostExport)
    users = {each["user_id"]: each for each in home.backend("users.list", limit=100, active_mode="all")["users"]}
    assert {user_id: (each["nickname"], each["is_active"]) for user_id, each in users.items()} == {
        "ines": ("Ines Moreau", True),
        "jonas": ("Jo", True),
        "kim": ("kim", False),
        "ovenbot": ("Oven", True),
    }
    channels = home.channels()
    square = channels["town-square"]
    assert (square["name"], square["is_public"], json.loads(square["data"])) == (
        "Town Square",
        True,
        {"topic": "Bread"},
    )
    assert [(each["user_id"], each["role"]) for each in square["members"]] == [("ines", "operator"), ("jonas", "")]
    plans = channels["mattermost-bakery-plans"]
    assert (plans["name"], plans["is_public"], plans["member_count"]) == ("Plans", False, 1)
    assert channels[direct(home, "ines", "jonas")]["custom_type"] == "direct"
    assert channels[direct(home, "ines", "jonas", "kim")]["name"] == "Ines Moreau, Jo, kim"
    assert not findings_of(home.store)


def test_messages_threads_reactions_and_files(home: Home, export: Path) -> None:
    home.move(export, MattermostExport)
    found = home.messages("town-square")
    assert [(each["message"], each["user"]["user_id"], each["created_at"] - M0) for each in found] == [
        ("Bread for @jonas and @all 🎉", "ines", 1000),
        ("A reply", "jonas", 2000),
        ("I left since", "kim", 4000),
        ("Oven\nIt is hot", "ovenbot", 5000),
        ("", "jonas", 6000),
        ("See it\n[gone.pdf: this file was not in the export]", "jonas", 7000),
    ]
    first, reply, last, _, upload, _ = found
    assert (first["updated_at"], first["mention_type"]) == (M0 + 61_000, "channel")
    assert [each["user_id"] for each in first["mentioned_users"]] == ["jonas"]
    assert first["reactions"] == [
        {"key": "👍", "user_ids": ["jonas"], "updated_at": M0 + 1500},
        {"key": "sourdough", "user_ids": ["kim"], "updated_at": M0 + 1600},
    ]
    assert reply["reactions"] == [{"key": "❤️", "user_ids": ["ines"], "updated_at": M0}]
    replies = home.messages("town-square", parent_message_id=first["message_id"])
    assert [each["message_id"] for each in replies] == [reply["message_id"], last["message_id"]]
    assert first["thread_info"]["last_replied_at"] == M0 + 4000
    assert home.blob(last["file"]["file_id"]) == PICTURE
    assert (upload["file"]["name"], upload["file"]["type"]) == ("recipe.txt", "text/plain")
    assert home.blob(upload["file"]["file_id"]) == RECIPE
    between = home.messages(direct(home, "jonas", "ines"))
    assert [each["message"] for each in between] == ["Between us", "And us"]
    assert between[1]["parent_message_id"] == between[0]["message_id"]


def test_what_was_unread_is_unread(home: Home, export: Path) -> None:
    home.move(export, MattermostExport)
    members = ["ines", "jonas"]
    unread = home.backend("channels.unread_count", channel_url="town-square", user_ids=members)["unread"]
    # Ines had seen the first two messages of six; of the time when Jonas last looked nothing is said.
    assert unread == {"ines": 4, "jonas": 0}


def test_what_is_carried_over_and_what_is_not_is_counted(home: Home, export: Path) -> None:
    tally = home.move(export, MattermostExport)
    assert tally.imported == {"users": 4, "channels": 4, "messages": 10, "replies": 3, "files": 2, "reactions": 3}
    assert +tally.left_out == {
        "roles": 1,
        "pictures of custom emoji": 1,
        "pictures of custom emoji, which stay names": 1,
        "profile pictures": 1,
        "notices, such as of joining, leaving and renaming": 1,
        "pins": 1,
        "saved messages": 1,
        "files that are not in the export": 1,
    }


def test_run_twice_it_adds_nothing_from_a_file_beside_its_data_too(home: Home, export: Path, tmp_path: Path) -> None:
    home.move(export, MattermostExport)
    head = home.store.read(home.application, lambda txn: txn.head.sequence)
    directory = write_directory(tmp_path / "unpacked", mattermost_files())
    for again in (export, directory / "import.jsonl", directory):
        tally = home.move(again, MattermostExport)
        assert tally.present == {"users": 4, "channels": 4, "messages": 10}
    assert home.store.read(home.application, lambda txn: txn.head.sequence) == head


def test_channels_of_several_teams_keep_apart(home: Home, tmp_path: Path) -> None:
    def team(name: str) -> list[dict[str, Any]]:
        channel = {"team": name, "name": "town-square", "display_name": name, "type": "O"}
        return [{"type": "channel", "channel": channel}]

    users = [{"type": "user", "user": {"username": "ines"}}]
    lines = [MATTERMOST[0], *team("bakery"), *team("mill"), *users, post(1, "ines", "Bread")]
    path = tmp_path / "teams.json"
    path.write_bytes(mattermost_lines(lines))
    home.move(path, MattermostExport)
    assert {url: each["name"] for url, each in home.channels().items()} == {
        "bakery-town-square": "bakery",
        "mill-town-square": "mill",
    }
    assert [each["message"] for each in home.messages("bakery-town-square")] == ["Bread"]


def at(number: int, change: Callable[[dict[str, Any]], Any]) -> Callable[[], bytes]:
    """One line is another."""

    def changed() -> bytes:
        lines = json.loads(json.dumps(MATTERMOST))
        lines[number - 1] = change(lines[number - 1]) or lines[number - 1]
        return mattermost_lines(lines)

    return changed


BROKEN = {
    "import.jsonl, line 1: the first line": at(1, lambda line: line | {"version": 2}),
    "import.jsonl, line 1: the file is empty": lambda: b"",
    "import.jsonl, line 9: ": lambda: b"\n".join(
        each[:-1] if number == 9 else each for number, each in enumerate(mattermost_lines().split(b"\n"), 1)
    ),
    "import.jsonl, line 12: Expected `int": at(12, lambda line: line["post"].update(create_at="now")),
    "import.jsonl, line 12: Object missing required field `user`": at(12, lambda line: line["post"].pop("user") * 0),
    "import.jsonl, line 12: Expected `int` >= 0": at(12, lambda line: line["post"].update(create_at=-1)),
    "import.jsonl, line 12: Expected `str` matching": at(
        12, lambda line: line["post"]["reactions"][0].update(emoji_name="a\0b")
    ),
    'import.jsonl, line 12: "nobody" is on no line before': at(12, lambda line: line["post"].update(user="nobody")),
    'import.jsonl, line 12: "ghost" is on no line': at(
        12, lambda line: line["post"]["reactions"][0].update(user="ghost")
    ),
    "import.jsonl, line 16: the channel of this message is on no line": at(
        16, lambda line: line["post"].update(channel="cellar")
    ),
    'import.jsonl, line 7: there is no channel "cellar"': at(
        7, lambda line: line["user"]["teams"][0]["channels"][0].update(name="cellar")
    ),
    "import.jsonl, line 5: 'X' is no type": at(5, lambda line: line["channel"].update(type="X")),
    'import.jsonl, line 8: a line of type "user" without': at(8, lambda line: {"type": "user"}),
    "import.jsonl, line 18: the channel has no members": at(18, lambda line: {"type": line["type"], line["type"]: {}}),
    "import.jsonl, line 8: Expected `str` matching": at(8, lambda line: line["user"].update(username="..")),
    "import.jsonl, line 9: Expected `str` matching": at(9, lambda line: line.update(type="bot", bot={"username": "."})),
    "import.jsonl, line 21: ": lambda: mattermost_lines() + b"\xff\n",
}


@pytest.mark.parametrize("says", BROKEN)
def test_a_broken_export_names_file_and_line_and_changes_nothing(home: Home, tmp_path: Path, says: str) -> None:
    export = write_zip(tmp_path / "broken.zip", {"import.jsonl": BROKEN[says](), **MATTERMOST_DATA})
    before = home.transaction()
    with pytest.raises(BrokenExport) as broken:
        home.move(export, MattermostExport)
    assert broken.value.message.startswith(says), broken.value.message
    assert home.transaction() == before


def test_limits_and_names(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BrokenExport, match="no file of lines"):
        home.move(write_zip(tmp_path / "none.zip", {"data/x": b""}), MattermostExport)
    with pytest.raises(BrokenExport, match="several files"):
        home.move(write_zip(tmp_path / "two.zip", {"a.jsonl": b"", "b.jsonl": b""}), MattermostExport)
    (tmp_path / "secret.txt").write_text("secret")
    lines = [*MATTERMOST[:16], post(9, "ines", "sly", attachments=[{"path": "../secret.txt"}])]
    directory = write_directory(tmp_path / "sly", {"import.jsonl": mattermost_lines(lines), "data/x": b""})
    (directory / "data" / "link.txt").symlink_to(tmp_path / "secret.txt")
    home.move(directory / "import.jsonl", MattermostExport)
    assert "[secret.txt: this file was not in the export]" in [
        line for each in home.messages("town-square") for line in each["message"].split("\n")
    ]
    monkeypatch.setattr(archives, "MAX_TEXT", 400)
    with pytest.raises(BrokenExport, match=r"import.jsonl, line \d+: the line has more than 400 bytes"):
        home.move(directory, MattermostExport)
