"""What a type checker says of programs that use the Python client."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RIGHT = """
from chatd.client import Backend, Chat, Context
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
    garden = await chat.channels.create("Garden", ["bob"], is_public=True)
    said = await garden.send("Tea?", mention_type="users", mentioned_user_ids=["bob"])
    garden.thread(said).send("Yes", reply_to_channel=True)
    await garden.messages.load_around(message_ts=1)
    await garden.messages.edit(said, "Tea!", custom_type="question")
    found = [each["message"] async for each in chat.search("tea", sort_field="ts", has_files=None)]
    await chat.scheduled.create("garden", "Later", 2_000_000_000_000, is_silent=True)
    await chat.scheduled.update(chat.scheduled.of("garden")[0], message="Later still", scheduled_at=None)
    with chat.enter("hall") as hall:
        hall.send(found[0], data="{}")
    await chat.call_by_name(chat.state, {"anything": 1})
    return page["messages"][0]["user"]["nickname"]


async def answer(context: Context) -> None:
    await context.reply("Here", files=[{"file_id": "tea"}], parent_message_id=7)


async def manage(backend: Backend) -> None:
    await backend.users.create("cleo", "Cleo", metadata={"team": "red"})
    await backend.users.update("cleo", is_active=False)
    await backend.channels.create(["cleo"], channel_url="hall", inviter_id="ann")
    await backend.channels.update("hall", message_survival_count=9)
    await backend.channels.view("hall", show_read_receipt=True)
    sent = await backend.messages.send("hall", "cleo", "Tea", apply_filters=True, push_message_template="default")
    await backend.messages.announce("hall", "Closed", send_push=True)
    await backend.messages.view("hall", sent["message_id"], include_thread_info=True)
    await backend.messages.edit("hall", sent["message_id"], "Tea!", sorted_metaarray=[{"key": "a", "value": ["b"]}])
    await backend.messages.list("hall", sender_ids=["ann"], kind="open_channels")
    print([user["user_id"] async for user in backend.users.list(active_mode="all")])
    print([each["name"] async for each in backend.channels.list(members_include_in=["cleo"], query_type="OR")])
    print([each["nickname"] async for each in backend.channels.members("hall", operator_filter="operator")])
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
    ('["bob"], is', "[7], is"),
    ("is_public=True", "public=True"),
    ("is_public=True", 'name="Garden"'),
    ('"users", mentioned', '"some", mentioned'),
    ('mentioned_user_ids=["bob"]', 'mentioned_users=["bob"]'),
    ("reply_to_channel=True", "parent_message_id=7"),
    ('custom_type="question"', "custom_type=7"),
    ("message_ts=1", "message_time=1"),
    ('sort_field="ts"', 'sort_field="time"'),
    ("has_files=None", "files=True"),
    ('data="{}"', "data={}"),
    ("is_silent=True", "silent=True"),
    ("is_silent=True", 'is_silent="yes"'),
    ('message="Later still"', 'text="Later still"'),
    ("scheduled_at=None", 'scheduled_at="tomorrow"'),
    ('{"file_id": "tea"}', '{"file": "tea"}'),
    ("parent_message_id=7)\n", 'parent_message_id="7")\n'),
    ('metadata={"team": "red"}', 'metadata={"team": 1}'),
    ('metadata={"team": "red"}', 'custom_type="red"'),
    ("is_active=False", 'is_active="no"'),
    ("is_active=False", "active=False"),
    ('inviter_id="ann"', 'inviter="ann"'),
    ('inviter_id="ann"', 'req_id="1"'),
    ("survival_count=9", 'survival_count="9"'),
    ("show_read_receipt=True", "read_receipt=True"),
    ("apply_filters=True", "filters=True"),
    ('template="default"', 'template="usual"'),
    ("send_push=True", 'user_id="ann"'),
    ("send_push=True", "parent_message_id=7"),
    ("include_thread_info=True", "thread_info=True"),
    ('"value": ["b"]', '"values": ["b"]'),
    ('sender_ids=["ann"]', "sender_ids=[7]"),
    ('kind="open_channels"', 'kind="open"'),
    ('active_mode="all"', 'active_mode="some"'),
    ('query_type="OR"', 'query_type="or"'),
    ('operator_filter="operator"', 'operators="operator"'),
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
