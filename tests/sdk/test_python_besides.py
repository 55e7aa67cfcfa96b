"""What the Python client keeps in step beside channels and their messages, of a real server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from chatd.client import Chat, Refused, Upload
from tests.sdk.backend import CHANNEL, Backend
from tests.sdk.chats import chat_of, kitchens
from tests.sdk.proxy import Proxy

pytestmark = pytest.mark.slow


async def test_followed_threads(shared: Backend) -> None:
    async with chat_of(shared, "ann") as ann, chat_of(shared, "bob") as bob:
        here, there = await kitchens(ann, bob)
        await ann.threads.begin()
        before, unread = len(ann.threads.items), ann.threads.unread
        first = await here.send("Who brings what?")
        await there.messages.changed.until(lambda: there.messages.find(first["message_id"]) is not None)
        reply = await there.thread(first).send("Bread")
        await ann.threads.changed.until(lambda: len(ann.threads.items) == before + 1)
        assert ann.threads.items[0]["parent_message"]["message"] == "Who brings what?"
        await there.thread(first).send("And butter")
        await ann.threads.changed.until(lambda: ann.threads.items[0]["unread_reply_count"] == 2)
        assert ann.threads.unread == unread + 1
        thread = here.thread(first)
        await thread.ready()
        await thread.changed.until(lambda: len(thread) == 2)
        await thread.mark_read()
        await ann.threads.changed.until(lambda: ann.threads.unread == unread)
        await bob.call("messages.delete", channel_url=CHANNEL, message_id=reply["message_id"])
        await ann.threads.changed.until(lambda: ann.threads.items[0]["thread_info"]["reply_count"] == 1)
        await ann.threads.unfollow(first)
        assert ann.threads.find(first["message_id"]) is None
        await ann.threads.follow(first)
        assert ann.threads.items[0]["message_id"] == first["message_id"]
        anew = [thread["message_id"] for thread in ann.threads.items]
        await ann.threads.load()
        assert [thread["message_id"] for thread in ann.threads.items] == anew


async def test_of_each_thread_it_is_known_whether_it_is_followed(shared: Backend) -> None:
    async with chat_of(shared, "ann") as ann, chat_of(shared, "bob") as bob, chat_of(shared, "bob") as phone:
        here, there = await kitchens(ann, bob)
        first = await here.send("Who comes?")
        await here.thread(first).send("I do")
        with bob.threads.following(first) as his, ann.threads.following(first) as hers:
            await his.begin()
            await hers.begin()
            assert (his.is_followed, hers.is_followed) == (False, True)
            await phone.threads.follow(first)
            await his.changed.until(lambda: his.is_followed)
            await phone.threads.unfollow(first)
            await his.changed.until(lambda: not his.is_followed)
            await there.thread(first).send("Me too")
            await his.changed.until(lambda: his.is_followed)
        second = await here.send("And tomorrow?")
        with ann.threads.following(second) as hers:
            await hers.begin()
            assert not hers.is_followed
            await there.thread(second).send("Perhaps")
            await hers.changed.until(lambda: hers.is_followed)


async def test_drafts_are_on_all_devices(shared: Backend) -> None:
    with Proxy(shared.served.port) as proxy:
        async with chat_of(shared, "ann") as phone, chat_of(shared, "ann", f"http://127.0.0.1:{proxy.port}") as desk:
            phone.drafts.at(CHANNEL).write("I would")
            await desk.drafts.changed.until(lambda: desk.drafts.at(CHANNEL).text == "I would")
            assert desk.drafts.has(CHANNEL)
            proxy.cut()
            desk.drafts.at(CHANNEL).write("I would rather")
            proxy.mend()
            await phone.drafts.at(CHANNEL).changed.until(lambda: phone.drafts.at(CHANNEL).text == "I would rather")
            phone.drafts.at(CHANNEL, 1).write("in no thread that there is")
            with pytest.raises(Refused):
                await phone.drafts.flush()
            phone.drafts.at(CHANNEL).clear()
            await desk.drafts.changed.until(lambda: not desk.drafts.has(CHANNEL))
        async with chat_of(shared, "ann") as later:
            assert later.drafts.at(CHANNEL).text == ""
            later.drafts.at(CHANNEL).write("kept")
            await later.drafts.flush()
        async with chat_of(shared, "ann") as later:
            assert later.drafts.at(CHANNEL).text == "kept"


async def test_polls(shared: Backend) -> None:
    async with chat_of(shared, "ann") as ann, chat_of(shared, "bob") as bob:
        here, there = await kitchens(ann, bob)
        poll_id = await ann.polls.create("Tea or coffee?", ["Tea", "Coffee"], allows_suggestions=True)
        said = await here.send("Tea or coffee?", poll_id=poll_id)
        await there.messages.changed.until(lambda: there.messages.find(said["message_id"]) is not None)
        mine, theirs = ann.polls.of(poll_id), bob.polls.of(poll_id)
        await mine.ready()
        await theirs.ready()
        assert (theirs.title, theirs.is_open, theirs.created_by) == ("Tea or coffee?", True, "ann")
        tea, coffee = (option.id for option in theirs.options)
        await theirs.vote([tea])
        await mine.changed.until(lambda: mine.voter_count == 1)
        assert [(option.vote_count, option.voters) for option in mine.options] == [(1, ("bob",)), (0, ())]
        await theirs.vote([coffee])
        await mine.changed.until(lambda: mine.options[1].vote_count == 1)
        assert (theirs.chosen, theirs.voter_count) == ([coffee], 1)
        await theirs.suggest("Water")
        await mine.changed.until(lambda: [option.text for option in mine.options] == ["Tea", "Coffee", "Water"])
        assert [user["user_id"] for user in (await mine.voters(coffee))["voters"]] == ["bob"]
        await mine.update("What to drink?")
        await theirs.changed.until(lambda: theirs.title == "What to drink?")
        await mine.close()
        await theirs.changed.until(lambda: not theirs.is_open)
        with pytest.raises(Refused):
            await theirs.vote([tea])
        assert theirs.chosen == [coffee]
        await ann.call("polls.delete", poll_id=poll_id)
        await theirs.changed.until(lambda: theirs.state == "gone")


async def test_saved_messages_are_on_all_devices(shared: Backend) -> None:
    with Proxy(shared.served.port) as proxy:
        async with chat_of(shared, "ann") as phone, chat_of(shared, "ann", f"http://127.0.0.1:{proxy.port}") as desk:
            here, _ = await kitchens(phone, desk)
            first, second, third = [await here.send(text) for text in ("One", "Two", "Three")]
            await phone.saved.begin()
            await desk.saved.begin()
            await phone.saved.add(first)
            await phone.saved.add(second)
            await desk.saved.changed.until(lambda: _texts(desk.saved.items) == ["Two", "One"])
            await here.messages.edit(first, "One!")
            await desk.saved.changed.until(lambda: _texts(desk.saved.items) == ["Two", "One!"])
            proxy.cut()
            await phone.saved.remove(second)
            await phone.saved.add(third)
            proxy.mend()
            await desk.saved.changed.until(lambda: _texts(desk.saved.items) == ["Three", "One!"])
            await here.messages.delete(third)
            await desk.saved.changed.until(lambda: _texts(desk.saved.items) == ["One!"])
            await phone.saved.changed.until(lambda: not phone.saved.has(third["message_id"]))
            await phone.saved.load()
            assert _texts(phone.saved.items) == ["One!"]


async def test_pins(shared: Backend) -> None:
    async with chat_of(shared, "ann") as ann, chat_of(shared, "bob") as bob:
        here, there = await kitchens(ann, bob)
        first, second = [await here.send(text) for text in ("Rule one", "Rule two")]
        await there.pins.ready()
        before = len(there.pins.items)
        await here.pins.add(first)
        await here.pins.add(second)
        await there.pins.changed.until(lambda: len(there.pins.items) == before + 2)
        assert [(each.message["message"], each.user_id) for each in there.pins.items[before:]] == [
            ("Rule one", "ann"),
            ("Rule two", "ann"),
        ]
        await here.messages.edit(first, "Rule 1")
        await there.pins.changed.until(lambda: there.pins.items[before].message["message"] == "Rule 1")
        await there.pins.remove(first)
        await here.pins.changed.until(lambda: not here.pins.has(first["message_id"]))
        await here.messages.delete(second)
        await there.pins.changed.until(lambda: len(there.pins.items) == before)


async def test_messages_with_files(shared: Backend) -> None:
    with Proxy(shared.served.port) as proxy:
        async with chat_of(shared, "ann") as ann, chat_of(shared, "bob", f"http://127.0.0.1:{proxy.port}") as bob:
            hers = await ann.channels.create("Drawer", ["bob"])
            his = await bob.channels.find(hers.url)
            first = await hers.send("One", [Upload(b"1", "one.txt")])
            await his.files.begin()
            assert _texts(his.files.items) == ["One"]
            await hers.send("Nothing")
            second = await hers.thread(first).send("Two", [Upload(b"2", "two.txt")])
            await his.files.changed.until(lambda: _texts(his.files.items) == ["Two", "One"])
            proxy.cut()
            await hers.messages.edit(first, "One!")
            await hers.messages.delete(second)
            await hers.send("Three", [Upload(b"3", "three.txt")])
            proxy.mend()
            await his.files.changed.until(lambda: _texts(his.files.items) == ["Three", "One!"])
            await ann.call("channels.reset_history", channel_url=hers.url)
            await hers.files.begin()
            assert hers.files.items == []


async def test_permissions(shared: Backend) -> None:
    async with chat_of(shared, "ann") as ann, chat_of(shared, "bob") as bob:
        hers = await ann.channels.create("Ruled", ["bob"])
        his = await bob.channels.find(hers.url)
        assert not his.permissions.may("pin")
        await his.permissions.ready()
        assert his.permissions.may("send")
        await ann.call("permissions.update", channel_url=hers.url, permissions={"send": False, "pin": True})
        await his.permissions.changed.until(lambda: not his.permissions.may("send"))
        assert his.permissions.may("pin")
        await hers.permissions.ready()
        assert hers.permissions.may("send")
        assert not his.permissions.may("edit_channel")
        await ann.membership.demote(hers, "ann")
        await his.permissions.changed.until(lambda: his.permissions.may("edit_channel"))
        await hers.changed.until(lambda: not hers.permissions.may("send"))


async def test_those_who_may_not_write_or_be_there(shared: Backend) -> None:
    async with chat_of(shared, "ann") as ann, chat_of(shared, "bob") as bob:
        hers = await ann.channels.create("Strict", ["bob"])
        his = await bob.channels.find(hers.url)
        await ann.moderation.mute(hers, "bob", 600, "A pause")
        assert [user["user_id"] async for user in ann.moderation.muted(hers)] == ["bob"]
        await his.changed.until(lambda: his.members["bob"]["is_muted"])
        await ann.moderation.ban(hers, "bob")
        assert [ban["user"]["user_id"] async for ban in ann.moderation.banned(hers)] == ["bob"]
        await his.changed.until(lambda: not his.is_joined)
        await ann.moderation.report_user("bob", "spam", "Too much")
        await ann.moderation.report_channel(hers, "inappropriate")


async def test_scheduled_messages(shared: Backend) -> None:
    async with chat_of(shared, "ann") as phone, chat_of(shared, "ann") as desk:
        here, _ = await kitchens(phone, desk)
        now = (await phone.call("server.time"))["server_time"]
        await phone.scheduled.create(CHANNEL, "Lunch", now + 3_600_000)
        await phone.scheduled.create(CHANNEL, "Breakfast", now + 600_000)
        await phone.scheduled.create(CHANNEL, "Supper", now + 7_200_000)
        await desk.scheduled.changed.until(lambda: len(desk.scheduled.of(CHANNEL)) == 3)
        breakfast, lunch, supper = desk.scheduled.of(CHANNEL)
        assert _texts([breakfast, lunch, supper]) == ["Breakfast", "Lunch", "Supper"]
        await desk.scheduled.update(supper, message="Dinner", scheduled_at=now + 1_800_000)
        await phone.scheduled.changed.until(lambda: _texts(phone.scheduled.of(CHANNEL))[1] == "Dinner")
        await phone.scheduled.cancel(lunch)
        await phone.scheduled.send_now(breakfast)
        await desk.scheduled.changed.until(lambda: _texts(desk.scheduled.of(CHANNEL)) == ["Dinner"])
        await here.messages.changed.until(lambda: "Breakfast" in _texts(here.messages))
        async with chat_of(shared, "ann") as later:
            assert _texts(later.scheduled.of(CHANNEL)) == ["Dinner"]
        await desk.scheduled.cancel(supper)


async def test_what_happens_during_a_cut_is_there_after_it(shared: Backend) -> None:
    with Proxy(shared.served.port) as proxy:
        async with chat_of(shared, "ann", f"http://127.0.0.1:{proxy.port}") as ann, chat_of(shared, "bob") as bob:
            here, there = await kitchens(ann, bob)
            poll_id = await ann.polls.create("When?", ["Now", "Later"])
            first = await here.send("When?", poll_id=poll_id)
            poll = ann.polls.of(poll_id)
            await poll.ready()
            await ann.threads.begin()
            proxy.cut()
            await there.thread(first).send("Now!")
            await there.thread(first).send("Or in a moment")
            await bob.polls.of(poll_id).vote([poll.options[0].id])
            proxy.mend()
            await poll.changed.until(lambda: poll.options[0].voters == ("bob",))
            await ann.threads.changed.until(lambda: _replies(ann, first["message_id"]) == (2, 2))
            await ann.threads.load()
            assert _replies(ann, first["message_id"]) == (2, 2)


def _replies(chat: Chat, message_id: int) -> tuple[int, int]:
    """Of a thread how many there are, and how many are not read."""
    thread = chat.threads.find(message_id)
    return (thread["thread_info"]["reply_count"], thread["unread_reply_count"]) if thread else (0, 0)


def _texts(messages: Iterable[Mapping[str, Any]]) -> list[str]:
    return [message["message"] for message in messages]
