"""Moving in from Slack."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chatd.domain.tenants import unlisted
from chatd.errors import BrokenExport, NotFound
from chatd.store.store import Store
from chatd.transfer import archive as archives
from chatd.transfer.slack import SlackExport
from tests.domain.conftest import MAP_SIZE
from tests.domain.test_verify import findings_of
from tests.transfer.conftest import MAX_FILE, Home
from tests.transfer.samples import PICTURE, T0, encoded, said, slack_files, ts, write_directory, write_zip
from tests.transfer.test_export import exported, imported, rows


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write_zip(tmp_path / "slack.zip", slack_files())


def by_text(home: Home, channel_url: str) -> dict[str, dict[str, Any]]:
    return {each["message"]: each for each in home.messages(channel_url)}


def test_people_and_channels(home: Home, export: Path) -> None:
    home.move(export, SlackExport)
    users = {each["user_id"]: each for each in home.backend("users.list", limit=100, active_mode="all")["users"]}
    assert {user_id: each["nickname"] for user_id, each in users.items()} == {
        "ines": "Ines",
        "jonas": "Jonas Lind",
        "kim": "Kim",
        "ovenbot": "Oven",
        "slack-bot-b1": "Timer",
        "slack-u7": "Lu",
        "slackbot": "Slackbot",
    }
    assert [user_id for user_id, each in users.items() if not each["is_active"]] == ["kim"]
    channels = home.channels()
    assert {url: (each["name"], each["is_public"], each["is_distinct"]) for url, each in channels.items()} == {
        "general": ("general", True, False),
        "old-ovens": ("old-ovens", True, False),
        "slack-g1": ("plans", False, False),
        "slack-g2": ("Ines, Jonas Lind, Kim", False, False),
        "slack-d1": ("", False, True),
    }
    general = home.backend("channels.view", channel_url="general", show_member=True)
    assert general["created_at"] == T0 - 500
    assert json.loads(general["data"]) == {"topic": "Bread"}
    assert [each["user_id"] for each in general["members"]] == ["ines", "jonas", "ovenbot"]
    assert [each["user_id"] for each in general["operators"]] == ["ines"]
    assert channels["old-ovens"]["member_count"] == 0
    # The web chat and clients find the channel of two people by who they are.
    found = home.client("ines", "channels.create", user_ids=["jonas"], is_distinct=True)
    assert (found["channel_url"], found["is_created"], found["custom_type"]) == ("slack-d1", False, "direct")
    assert not findings_of(home.store)


def test_messages_threads_reactions_and_files(home: Home, export: Path) -> None:
    home.move(export, SlackExport)
    found = home.messages("general")
    texts = [(each["message"], each["user"]["user_id"]) for each in found]
    assert texts == [
        ("Bread & butter @jonas, see #old-ovens and the recipe (https://bread.example/a?b=1&c=2) 🎉", "ines"),
        ("I left since, <b>but</b> wrote @here", "kim"),
        ("A reply", "jonas"),
        ("[gone.pdf: this file was not in the export]", "jonas"),
        ("Oven\nIt is hot", "slack-bot-b1"),
        ("220 degrees", "ovenbot"),
        ("Also to all", "ines"),
        ("This message was deleted.", "slackbot"),
        ("What was it?", "jonas"),
        ("To what is not here", "jonas"),
        ("From another workspace", "slack-u7"),
        ("[F3: this file was not in the export]", "ines"),
        ("Salted", "ines"),
    ]
    first, left, reply, upload, *_ = found
    assert [each["created_at"] for each in found[:3]] == [(T0 + at) * 1000 for at in (1, 2, 3)]
    assert (first["updated_at"], left["updated_at"]) == ((T0 + 61) * 1000, 0)
    assert [each["user_id"] for each in first["mentioned_users"]] == ["jonas"]
    assert left["mention_type"] == "channel"
    assert first["reactions"] == [
        {"key": "sourdough", "user_ids": ["jonas"], "updated_at": (T0 + 1) * 1000},
        {"key": "👍", "user_ids": ["jonas", "kim"], "updated_at": (T0 + 1) * 1000},
    ]
    assert first["thread_info"]["reply_count"] == 2
    replies = home.messages("general", parent_message_id=first["message_id"])
    assert [(each["message"], each["is_reply_to_channel"]) for each in replies] == [
        ("A reply", False),
        ("Also to all", True),
    ]
    assert reply["parent_message_id"] == first["message_id"]
    deleted = by_text(home, "general")["This message was deleted."]
    assert deleted["thread_info"]["reply_count"] == 1
    file = upload["file"]
    assert (file["name"], file["type"], file["size"]) == ("loaf.png", "image/png", len(PICTURE))
    assert home.blob(file["file_id"]) == PICTURE


def test_a_long_message_comes_in_parts(home: Home, export: Path) -> None:
    home.move(export, SlackExport)
    _, *parts = home.messages("slack-g1")
    assert [len(each["message"]) <= 5000 for each in parts] == [True, True]
    assert "".join(each["message"] for each in parts) == "Long " + "word " * 1500


def test_who_wrote_and_left_is_no_member_and_nothing_is_unread(home: Home, export: Path) -> None:
    home.move(export, SlackExport)
    for channel_url, channel in home.channels().items():
        members = [each["user_id"] for each in channel["members"]]
        assert channel_url != "general" or "kim" not in members
        if members:
            unread = home.backend("channels.unread_count", channel_url=channel_url, user_ids=members)["unread"]
            assert set(unread.values()) == {0}


def test_what_is_carried_over_and_what_is_not_is_counted(home: Home, export: Path) -> None:
    tally = home.move(export, SlackExport)
    assert tally.imported == {"users": 7, "channels": 5, "messages": 19, "replies": 3, "files": 1, "reactions": 3}
    assert tally.left_out == {
        "integration_logs.json": 1,
        "notices, such as of joining, leaving and renaming": 1,
        "pictures of custom emoji, which stay names": 1,
        "files that are not in the export": 1,
        "files that were deleted, or that Slack keeps back": 1,
        "messages without a text": 1,
        "pins": 1,
        "marks of archived channels, which are open here": 1,
        "threads of replies whose first message is not in the export": 1,
    }


def test_a_directory_is_as_good_as_a_zip_file_also_one_packed_with_its_folder(home: Home, tmp_path: Path) -> None:
    directory = write_directory(tmp_path / "export", slack_files())
    (tmp_path / "export" / "link.json").symlink_to("/etc/passwd")
    nested = {f"team export/{name}": content for name, content in slack_files().items()}
    packed = write_zip(tmp_path / "nested.zip", nested | {"__MACOSX/team export/users.json": b"\x00"})
    assert home.move(directory, SlackExport).imported["messages"] == 19
    assert home.move(packed, SlackExport).present == {"users": 7, "channels": 5, "messages": 19}


def test_run_twice_it_adds_nothing(home: Home, export: Path) -> None:
    home.users("mara")
    epoch = home.store.read(home.application, lambda txn: txn.head.epoch)
    home.move(export, SlackExport)
    head = home.store.read(home.application, lambda txn: txn.head.sequence)
    # Who was connected is not told of all of it, and must not recover as if they had been.
    assert home.store.read(home.application, lambda txn: txn.head.epoch) != epoch
    home.client("jonas", "messages.send", channel_url="general", message="live")
    tally = home.move(export, SlackExport)
    assert home.store.read(home.application, lambda txn: txn.head.sequence) == head + 1
    assert +tally.imported == {}
    unread = home.backend("channels.unread_count", channel_url="general", user_ids=["ines"])["unread"]
    assert unread == {"ines": 1}


@pytest.mark.parametrize("commits", [1, 5, 8, 12])
def test_killed_and_run_again_it_is_whole(
    home: Home, export: Path, commits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = home.store.write_now
    left = commits

    def killed(*args: Any) -> Any:
        nonlocal left
        if not left:
            raise KeyboardInterrupt
        left -= 1
        return write(*args)

    monkeypatch.setattr("chatd.transfer.moving.AT_ONCE", 4)
    monkeypatch.setattr(home.store, "write_now", killed)
    with pytest.raises(KeyboardInterrupt):
        home.move(export, SlackExport)
    monkeypatch.undo()
    home.store.refresh()
    home.move(export, SlackExport)
    assert len(home.messages("general")) == 13
    assert len(home.messages("slack-g1")) == 3
    assert [each["user_id"] for each in home.channels()["general"]["members"]] == ["ines", "jonas", "ovenbot"]
    unread = home.backend("channels.unread_count", channel_url="general", user_ids=["ines", "jonas"])["unread"]
    assert set(unread.values()) == {0}
    assert not findings_of(home.store)


def test_what_is_there_stays_and_becomes_one_with_what_is_the_same(home: Home, export: Path) -> None:
    home.users("ines", "mara", "kim")
    home.client("ines", "channels.create", channel_url="general", name="Everybody", is_public=True)
    home.client("mara", "channels.create", channel_url="old-ovens", name="Private", user_ids=["ines"])
    home.client("mara", "channels.join", channel_url="general")
    home.client("ines", "messages.send", channel_url="general", message="New here")
    tally = home.move(export, SlackExport)
    assert tally.present == {"users": 1, "channels": 1}
    channels = home.channels()
    # The same URL, but who is in it must not get to see what was public elsewhere, and the other way round.
    assert (channels["old-ovens"]["name"], channels["slack-c2"]["name"]) == ("Private", "old-ovens")
    assert home.messages("old-ovens") == []
    general = channels["general"]
    assert (general["name"], general["data"]) == ("Everybody", "")
    assert sorted(each["user_id"] for each in general["members"]) == ["ines", "jonas", "mara", "ovenbot"]
    assert [each["message"] for each in home.messages("general")][-1] == "New here"
    assert general["last_message"]["message"] == "New here"
    # Kim who left is not Kim who is here.
    (left,) = home.messages("general", sender_id="kim-deactivated")
    assert left["message"].startswith("I left")
    assert home.messages("general", sender_id="kim") == []
    unread = home.backend("channels.unread_count", channel_url="general", user_ids=["mara", "ines"])["unread"]
    assert unread == {"mara": 1, "ines": 0}
    assert not findings_of(home.store)
    head = home.store.read(home.application, lambda txn: txn.head.sequence)
    home.move(export, SlackExport)
    assert home.store.read(home.application, lambda txn: txn.head.sequence) == head


def with_day(change: Callable[[list[dict[str, Any]]], Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def changed(files: dict[str, Any]) -> dict[str, Any]:
        day = json.loads(json.dumps(files["general/2024-06-10.json"]))
        return files | {"general/2024-06-10.json": change(day) or day}

    return changed


def cut(name: str, line: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A file that ends within a line."""

    def change(files: dict[str, Any]) -> dict[str, Any]:
        lines = encoded(files[name]).split(b"\n")
        return files | {name: b"\n".join(lines[:line])[:-1]}

    return change


BROKEN = {
    "users.json, line 4: ": cut("users.json", 4),
    "channels.json, line 9: ": cut("channels.json", 9),
    "general/2024-06-10.json, line 12: ": cut("general/2024-06-10.json", 12),
    "general/2024-06-10.json, line 9: Expected `str": with_day(lambda day: day[1].update(ts=5)),
    "general/2024-06-10.json, line 9: Expected `str` matching regex": with_day(
        lambda day: day[1].update(ts="yesterday")
    ),
    "general/2024-06-10.json, line 2: Object missing required field `ts`": with_day(
        lambda day: day[0].pop("ts") and None
    ),
    "general/2024-06-10.json, line 1: Expected `array`, got `object`": lambda files: (
        files | {"general/2024-06-10.json": {"messages": []}}
    ),
    "users.json, line 3: ": lambda files: files | {"users.json": b'[\n{"id": "U1"},\n{"id": "\xff"}]'},
    "dms.json, line 2: Expected `str` of length <= 60": lambda files: (
        files | {"dms.json": [{"id": "D" * 61, "members": []}]}
    ),
    "general/2024-06-10.json, line 9: Expected `str` matching": with_day(
        lambda day: day[1]["reactions"][0].update(name="a\0b")
    ),
    "users.json, line 2: Expected `str` matching": lambda files: (
        files | {"users.json": b'[\n{"id": "U1", "name": ".."}]'}
    ),
    "users.json, line 3: Expected `str` matching": lambda files: files | {"users.json": b'[\n\n{"id": "."}]'},
    "dms.json, line 1: ": lambda files: files | {"dms.json": b""},
}


@pytest.mark.parametrize("says", BROKEN)
def test_a_broken_export_names_file_and_line_and_changes_nothing(home: Home, tmp_path: Path, says: str) -> None:
    export = write_zip(tmp_path / "broken.zip", BROKEN[says](slack_files()))
    before = home.transaction()
    with pytest.raises(BrokenExport) as broken:
        home.move(export, SlackExport)
    assert broken.value.message.startswith(says), broken.value.message
    assert home.transaction() == before


def test_what_is_no_export_is_said(home: Home, tmp_path: Path) -> None:
    cases = {
        "nothing.zip": (b"PK\x05\x06" + bytes(18), "there is no users.json"),
        "text.zip": (b"not a zip file", "there is no users.json"),
    }
    for name, (content, says) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BrokenExport, match=says):
            home.move(tmp_path / name, SlackExport)


def test_a_zip_file_that_is_damaged_changes_nothing(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "stored.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in slack_files().items():
            packed.writestr(name, encoded(content))
    raw = path.read_bytes()
    before = home.transaction()
    for broken in (PICTURE[8:], b"A secret plan"):
        path.write_bytes(raw.replace(broken, broken[::-1]))
        with pytest.raises(BrokenExport, match="cannot be read"):
            home.move(path, SlackExport)
    path.write_bytes(raw[:-30])
    with pytest.raises(BrokenExport):
        home.move(path, SlackExport)
    assert home.transaction() == before


def test_limits(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = slack_files() | {"__uploads/F1/loaf.png": bytes(MAX_FILE + 1)}
    tally = home.move(write_zip(tmp_path / "large.zip", large), SlackExport)
    assert tally.left_out["files that are larger than files.max_bytes"] == 1
    assert "[loaf.png: this file was too large]" in home.messages("general")[3]["message"]
    export = write_zip(tmp_path / "slack.zip", slack_files())
    before = home.transaction()
    monkeypatch.setattr(archives, "MAX_TEXT", 500)
    with pytest.raises(BrokenExport, match=r"users.json: the file has more than 500 bytes"):
        home.move(export, SlackExport)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 5)
    with pytest.raises(BrokenExport, match="more than 5 files"):
        home.move(export, SlackExport)
    assert home.transaction() == before


def test_names_lead_nowhere(home: Home, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    files = slack_files() | {
        "general/2024-06-10.json": [
            said(1, "U1", "look", files=[{"id": "../../secret.txt", "name": "../../secret.txt"}]),
            said(2, "U1", "here", files=[{"id": "F1", "name": "../../x\n.png"}]),
        ],
        "../../outside.json": [],
        "/etc/absolute.json": [],
    }
    home.move(write_zip(tmp_path / "sly.zip", files), SlackExport)
    first, second, *_ = home.messages("general")
    assert first["message"].endswith("[../../secret.txt: this file was not in the export]")
    assert second["file"]["name"] == "../../x.png"
    assert not list(tmp_path.parent.glob("outside*"))


def test_times_of_slack(home: Home, tmp_path: Path) -> None:
    files = slack_files() | {"general/2024-06-10.json": [said(1, "U1", "x") | {"ts": ts(5, 123_999)}]}
    home.move(write_zip(tmp_path / "x.zip", files), SlackExport)
    assert home.messages("general")[0]["created_at"] == (T0 + 5) * 1000 + 123


def test_what_moved_in_can_move_on(home: Home, export: Path, tmp_path: Path) -> None:
    home.move(export, SlackExport)
    exported(home.store, "test", tmp_path / "export")
    other = Store.open(tmp_path / "other", MAP_SIZE)
    made = imported(other, tmp_path / "export")
    assert rows(other, made.number) == rows(home.store, home.application)
    assert not findings_of(other)
    other.close()


def test_an_application_that_is_deleted_meanwhile_gets_nothing(home: Home, export: Path) -> None:
    home.store.write_now(0, unlisted.dismiss, "test")
    before = home.transaction()
    with pytest.raises(NotFound):
        home.move(export, SlackExport)
    assert home.transaction() == before
