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
    await chat.call("polls.create", title="Tea?", options=["Yes", "No"], is_anonymous=True, deadline=2.0)
    await chat.call("channels.update_push_preference", channel_url="garden", push_trigger_option="off")
    await chat.call("permissions.update", channel_url="garden", permissions={"pin": True})
    await chat.call("users.me")
    await chat.call_by_name(chat.state, {"anything": 1})
    return page["messages"][0]["user"]["nickname"]
"""
MISTAKES = [
    ('event["message"]', 'event["mesage"]'),
    ('event["reaction"]', 'event["message"]'),
    ('page["messages"]', 'page["message"]'),
    ("Message = event", "GroupChannel = event"),
    ('"channels.view"', '"messages.view"'),
    ('"users.me"', '"users.you"'),
    ('"users.me"', "chat.state"),
    ('"users.me"', '"users.me", user_id="ann"'),
    ('"channels.view", channel_url="garden"', '"channels.view"'),
    ('channel_url="garden")', "channel_url=7)"),
    ("message_ts=0", 'message_ts="yesterday"'),
    ("message_ts=0", "message_tz=0"),
    ('["Yes", "No"]', '"Yes"'),
    ('["Yes", "No"]', "[1, 2]"),
    ("is_anonymous=True", "is_anonymous=None"),
    ("deadline=2.0", 'deadline="soon"'),
    ('option="off"', 'option="of"'),
    ('{"pin": True}', '{"pin": "yes"}'),
    ('title="Tea?", ', ""),
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
