"""The operator's commands on the store, run in this process: starting another each time would take seconds."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from chatd import cli
from chatd.cli.progress import progress
from chatd.domain.tenants import accounts
from chatd.store import tables
from chatd.store.backup import complete
from chatd.store.files import lock_directory, share
from chatd.store.search import Search
from chatd.store.store import Store

MAP_SIZE = 100 * 2**20
PAGE = 4096


class Ran(NamedTuple):
    """What a command left."""

    status: object
    out: str
    err: str


class Cli:
    """Runs commands in a directory of its own, which has a store with an account."""

    def __init__(self, directory: Path, monkeypatch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]) -> None:
        self.directory = directory
        self._monkeypatch = monkeypatch
        self._captured = captured
        (directory / "config.toml").write_text("[store]\nmap_size_gib = 0.1\n")
        monkeypatch.chdir(directory)
        with self.store() as store:
            store.write_now(0, accounts.create, "ann", "hash", "owner")

    def run(self, *args: str) -> Ran:
        self._monkeypatch.setattr(sys, "argv", ["chatd", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Ran(ended.value.code, *self._captured.readouterr())

    @contextmanager
    def store(self) -> Iterator[Store]:
        store = Store.open(self.directory / "data", MAP_SIZE)
        yield store
        store.close()


@pytest.fixture
def chatd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(tmp_path, monkeypatch, capsys)


def test_backups_are_written_and_the_oldest_go(chatd: Cli) -> None:
    first = chatd.run("backup", "backups")
    assert first == (0, first.out, "")
    second = chatd.run("backup", "backups", "--keep", "1", "--full-speed")
    assert second == (0, second.out, f"Removed {first.out.strip()}.\n")
    assert [f"{each.path}\n" for each in complete(Path("backups"))] == [second.out]
    assert chatd.run("backup", "backups", "--keep", "0").status == 2


def test_a_backup_becomes_a_store(chatd: Cli) -> None:
    path = chatd.run("backup", "backups").out.strip()
    refused = chatd.run("restore", path)
    assert refused == (1, "", "chatd: data: there is a store here. Move it away first; it was not touched.\n")
    assert chatd.run("restore", path, "--data-dir", "new").out.startswith("new is what it was at ")
    assert chatd.run("verify", "--data-dir", "new") == (0, "new: sound, 2 events.\n", "")
    assert chatd.run("verify", "--data-dir", path).out == f"{path}: sound, 2 events.\n"
    assert chatd.run("restore", "backups").err.startswith("chatd: backups: this is not a backup of chatd: ")


def test_verify_lists_what_is_wrong(chatd: Cli) -> None:
    with chatd.store() as store, store.environment.begin(write=True) as raw:
        for number in range(9):
            key = tables.MEMBERSHIPS.pack(1, 77, number)
            raw.put(key, b"", db=store.databases[tables.MEMBERSHIPS.number])
    before = Path("data/data.mdb").read_bytes()
    found = chatd.run("verify")
    assert (found.status, found.err) == (1, "")
    lines = found.out.splitlines()
    assert lines[0] == "Not so: memberships follow from the log (9)"
    assert lines[1] == "    application 1: (77, 0) does not follow from the log"
    assert len(lines) == 6
    assert Path("data/data.mdb").read_bytes() == before


def test_verify_looks_at_pages_before_anything_else(chatd: Cli) -> None:
    path = Path("data/data.mdb")
    whole = path.read_bytes()
    path.write_bytes(whole[: 2 * PAGE] + bytes(len(whole) - 2 * PAGE))
    found = chatd.run("verify")
    assert found.status == 1
    assert "damaged" in found.err or found.out.startswith("Not so: every page is sound, and used once (")
    assert path.read_bytes() == whole[: 2 * PAGE] + bytes(len(whole) - 2 * PAGE)


def test_a_file_that_kills_who_reads_it_is_called_damaged(chatd: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "entries", lambda self: os.kill(os.getpid(), signal.SIGKILL))
    refused = chatd.run("verify")
    assert refused == (1, "", "chatd: Reading the file killed the process: it is damaged; restore a backup.\n")


def test_a_command_on_a_broken_page_says_so(chatd: Cli) -> None:
    path = Path("data/data.mdb")
    whole = path.read_bytes()
    damaged = bytearray(whole)
    for found in re.finditer(re.escape(tables.APPLICATION_NAMES.pack(0, "main")), whole):
        flags = found.start() // PAGE * PAGE + 10
        damaged[flags : flags + 2] = bytes(2)
    path.write_bytes(damaged)
    refused = chatd.run("export", "main", "exported")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith("chatd: The store cannot be read: ")
    assert refused.err.endswith(". `chatd verify` says what is broken.\n")


def test_stats_for_people_and_machines(chatd: Cli) -> None:
    text = chatd.run("stats").out
    assert "application main, 2 events" in text
    assert "  general: 0 messages, 1 members" in text
    assert f"read by process {os.getpid()}, 0 commits behind" in text
    found = json.loads(chatd.run("stats", "--json").out)
    assert found["tables"]["accounts"]["entries"] == 1
    (main,) = found["applications"]
    assert main["largest_channels"] == [{"channel_url": "general", "messages": 0, "members": 1}]
    assert main["tables"]["log"]["entries"] == main["events"] == 2
    assert 0 < found["free_bytes"] < found["used_bytes"] < found["map_bytes"]


def test_compact_works_on_a_store_that_nobody_has_open(chatd: Cli) -> None:
    handle = share(chatd.directory / "data")
    refused = chatd.run("compact")
    assert refused == (1, "", "chatd: data: another process has the store open; stop it first.\n")
    os.close(handle)
    assert chatd.run("compact").out.startswith("data: ")
    assert chatd.run("verify").out == "data: sound, 2 events.\n"


@pytest.mark.parametrize("command", ["backup there", "verify", "stats", "compact"])
def test_a_mistaken_directory_is_named(chatd: Cli, command: str) -> None:
    found = chatd.run(*command.split(), "--data-dir", "dta")
    assert found == (1, "", "chatd: dta: there is no store here. --data-dir names its directory.\n")
    assert not Path("dta").exists()


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Working", 3) as advance:
        advance(3)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress("Working", 3) as advance:
        advance(3)
    out, err = capsys.readouterr()
    assert (out, "Working" in err, "100%" in err) == ("", True, True)


def test_retention_is_said_and_shown(chatd: Cli) -> None:
    assert chatd.run("app", "retention", "main").out == "Messages are kept for ever, all of each channel.\n"
    said = chatd.run("app", "retention", "main", "--age", "90d", "--count", "500").out
    assert said == "Messages are kept for 90 days, 500 of each channel.\n"
    assert chatd.run("app", "retention", "main", "--age", "12h", "--count", "all").out.startswith(
        "Messages are kept for 12 hours, all"
    )
    assert chatd.run("app", "retention", "main").out.startswith("Messages are kept for 12 hours, all")
    assert "like 90d or 12h" in chatd.run("app", "retention", "main", "--age", "soon").err
    assert "a number, or all" in chatd.run("app", "retention", "main", "--count", "-5").err
    assert chatd.run("app", "retention", "main", "--age", "0h").err.startswith("chatd: Messages are kept for at least")
    assert chatd.run("app", "retention", "main", "--age", "forever").out.startswith("Messages are kept for ever")


def test_erasures_are_asked_for_and_listed(chatd: Cli) -> None:
    assert "owns this server" in chatd.run("user", "erase", "main", "ann", "bob").err
    assert chatd.run("account", "set-role", "ann", "member").out == "ann is member now.\n"
    assert chatd.run("user", "erase", "main", "ann", "bob", "--channels", "1_on_1").out == "Request 1 is scheduled.\n"
    listed = chatd.run("user", "erasures", "main").out
    assert listed.startswith("1  ")
    assert listed.endswith("  scheduled  ann, bob\n")
    assert chatd.run("user", "erase", "nothing", "ann").err == 'chatd: "Application" not found.\n'
    assert chatd.run("user", "erase", "main", "x" * 81).status == 1


def test_the_search_index_is_made_anew_here_or_by_the_server(chatd: Cli) -> None:
    assert chatd.run("search", "rebuild") == (0, "data/search: 0 messages.\n", "")
    handle = lock_directory(chatd.directory / "data")
    asked = chatd.run("search", "rebuild")
    os.close(handle)
    assert asked == (0, "The running server makes the search index anew.\n", "")
    search = Search(chatd.directory / "data")
    assert search.wished()
    assert chatd.run("search", "rebuild").status == 0
    assert not search.wished()


def test_logs_are_counted_anew_here_or_by_the_server(chatd: Cli) -> None:
    assert chatd.run("statistics", "rebuild") == (0, "1 applications counted.\n", "")
    handle = lock_directory(chatd.directory / "data")
    asked = chatd.run("statistics", "rebuild")
    os.close(handle)
    assert asked == (0, "The running server counts anew.\n", "")


def test_limits_are_said_and_shown(chatd: Cli) -> None:
    def limits(*options: str) -> list[str]:
        found = chatd.run("app", "limit", "main", *options)
        assert not found.err
        return [line.split(": ")[1] for line in found.out.splitlines()]

    assert limits() == ["as configured"] * 4
    assert limits("--reads", "0", "--files", "5000") == ["without limit", "as configured", "5000", "as configured"]
    said = limits("--writes", "7", "--files-of-user", "0", "--reads", "configured")
    assert said == ["as configured", "7", "5000", "without limit"] == limits()
    for wrong in ("-5", "many", "1000001"):
        assert "up to 1000000, or configured" in chatd.run("app", "limit", "main", "--writes", wrong).err
    assert chatd.run("app", "limit", "nowhere").err == 'chatd: "Application" not found.\n'
