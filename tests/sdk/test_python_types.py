"""What a type checker says of programs that use the Python client."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RIGHT = """
from chatd.client import Chat
from chatd.client.schema import GroupChannel, Message


async def greet(chat: Chat) -> str:
    async for event in chat.events():
        match event["type"]:
            case "message.created":
                kept: Message = event["message"]
                return kept["message"]
            case "reaction.added" | "reaction.removed":
                return event["reaction"]
            case "stream.reset":
                break
    channel: GroupChannel = await chat.call("channels.view", channel_url="garden")
    page = await chat.call("messages.list", channel_url=channel["channel_url"], message_ts=0)
    return page["messages"][0]["user"]["nickname"]
"""
MISTAKES = [
    ('event["message"]', 'event["mesage"]'),
    ('event["reaction"]', 'event["message"]'),
    ('page["messages"]', 'page["message"]'),
    ("Message = event", "GroupChannel = event"),
    ('"channels.view"', '"messages.view"'),
]


@pytest.mark.slow
def test_a_checker_sees_what_is_right_and_what_is_not(tmp_path: Path) -> None:
    programs = [RIGHT, *(RIGHT.replace(*mistake) for mistake in MISTAKES)]
    for number, program in enumerate(programs):
        (tmp_path / f"program{number}.py").write_text(program, "utf-8")
    check = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True)
    wrong = {Path(line.partition(":")[0]).stem for line in done.stdout.splitlines() if ": error: " in line}
    assert wrong == {f"program{number}" for number in range(1, len(programs))}, done.stdout + done.stderr
