"""The operator's commands for what leaves and arrives, also beside a running server."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
import trio

from tests.gateway.conftest import MAP_GIB, Running, running, start
from tests.test_cli_store import Cli, chatd
from tests.transfer.samples import mattermost_files, slack_files, write_zip

__all__ = ["chatd", "running", "start"]  # fixtures


def names(chatd: Cli) -> list[str]:
    return [line.split()[0] for line in chatd.run("app", "list").out.splitlines()]


def test_an_application_leaves_and_arrives(chatd: Cli) -> None:
    assert chatd.run("export", "main", "exports/main").out == "exports/main: 2 events.\n"
    assert chatd.run("export", "main", "exports/main").err == (
        "chatd: exports/main: this exists already; it was not touched.\n"
    )
    assert chatd.run("export", "other", "there").err == 'chatd: "Application" not found.\n'
    assert chatd.run("import", "exports/main").err == 'chatd: Application "main" exists already.\n'
    assert chatd.run("import", "exports/main", "--name", "copy").out.startswith("copy  ")
    moved = chatd.run("import", "exports/main", "--data-dir", "new")
    assert moved.out.split()[0] == "main"
    assert chatd.run("verify").out == "data: sound, 4 events.\n"
    assert chatd.run("verify", "--data-dir", "new").out == "new: sound, 2 events.\n"


def test_an_application_is_deleted_when_that_is_meant(chatd: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    chatd.run("app", "create", "shop")
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    refused = chatd.run("app", "delete", "shop")
    assert (refused.status, refused.out) == (1, "")
    assert "Delete shop, with 0 events, for ever?" in refused.err
    assert names(chatd) == ["main", "shop"]
    assert chatd.run("app", "delete", "shop", "--yes").out == "shop is deleted.\n"
    assert names(chatd) == ["main"]
    refused = chatd.run("app", "delete", "main", "--yes")
    assert refused.err == 'chatd: People have accounts in "main": it is the web chat\'s application.\n'
    assert chatd.run("verify").status == 0


def test_teams_move_in(chatd: Cli) -> None:
    slack = write_zip(Path("slack.zip"), slack_files())
    found = chatd.run("import-slack", str(slack))
    assert found.out.splitlines()[:4] == [
        "Into application slack:",
        "         7 users imported",
        "         5 channels imported",
        "        19 messages imported",
    ]
    assert "         1 pins" in found.out.partition("Left out:")[2]
    assert chatd.run("import-slack", str(slack)).err == (
        'chatd: Application "slack" exists already; --into slack adds to it.\n'
    )
    mattermost = write_zip(Path("mattermost.zip"), mattermost_files())
    assert "        10 messages imported" in chatd.run("import-mattermost", str(mattermost), "--into", "main").out
    again = chatd.run("import-mattermost", str(mattermost), "--into", "main").out
    assert "imported" not in again
    assert "        10 messages here already" in again
    assert names(chatd) == ["main", "slack"]
    assert chatd.run("verify").status == 0
    broken = slack_files() | {"general/2024-06-10.json": b"[\n{]"}
    refused = chatd.run("import-slack", str(write_zip(Path("broken.zip"), broken)), "--name", "third")
    assert refused.err.startswith("chatd: general/2024-06-10.json, line 2: ")
    assert names(chatd) == ["main", "slack"]
    elsewhere = chatd.run("import-slack", "broken.zip", "--data-dir", "elsewhere")
    assert elsewhere.err.startswith("chatd: general/2024-06-10.json, line 2: ")
    assert not Path("elsewhere").exists()


@pytest.mark.slow
async def test_beside_a_running_server(running: Running, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f"[store]\nmap_size_gib = {MAP_GIB}\n[files]\nmax_bytes = 1000000\n")

    async def command(*args: str) -> str:
        line = [sys.executable, "-m", "chatd", *args, "--data-dir", str(running.directory), "--config", str(config)]
        done = await trio.run_process(line, capture_stdout=True, cwd=Path(__file__).parents[1])
        return done.stdout.decode().strip()

    async def visible(path: str) -> Any:
        """What is there: the server looks for what others have committed once a second."""
        with trio.fail_after(20):
            while True:
                try:
                    return await running.api("GET", path)
                except AssertionError:
                    await trio.sleep(0.1)

    message = {"user_id": "ann", "message": "before"}
    await running.api("POST", "/group_channels/kitchen/messages", message_type="MESG", **message)
    await command("export", "main", str(tmp_path / "export"))
    moved = await command("import", str(tmp_path / "export"), "--name", "moved")
    assert moved.startswith("moved  ")
    first, running.token = running.token, await command("token", "create", "moved")
    assert (await visible("/group_channels/kitchen"))["last_message"]["message"] == "before"
    slack = write_zip(tmp_path / "slack.zip", slack_files())
    await command("import-slack", str(slack), "--into", "moved")
    assert (await visible("/group_channels/general"))["name"] == "general"
    bob = await running.client("bob")
    assert (await bob.rpc("messages.send", channel_url="kitchen", message="in the new one")).get("rpc")
    deleted = await command("app", "delete", "moved", "--yes")
    assert deleted == "moved is deleted; the server removes what it held."
    assert await bob.closed() == 3500
    await running.api("GET", "/group_channels/kitchen", status=400)
    running.token = first
    assert (await running.api("GET", "/group_channels/kitchen"))["last_message"]["message"] == "before"
