"""When a person is notified, what is said of a channel, and commands of programs: with a real server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import time as time_of_day
from pathlib import Path

import pytest

from chatd.client import QuietHours, QuietTime, QuietWeek
from tests.program import answering
from tests.sdk.backend import Backend
from tests.sdk.chats import chat_of, kitchens
from tests.sdk.proxy import Proxy
from tests.served import Served

pytestmark = pytest.mark.slow


@pytest.fixture
def program() -> Iterator[str]:
    with answering(lambda text: f"{text}!") as url:
        yield url


@pytest.fixture
def forgetful(tmp_path: Path, program: str) -> Iterator[Backend]:
    """A server of which nobody recovers what they have missed, and which trusts the program."""
    config = tmp_path / "config.toml"
    config.write_text(f'[stream]\nrecovery_limit = 0\n\n[outgoing]\ntrusted = ["{program}"]\n')
    served = Served(tmp_path, config)
    backend = Backend(served)
    backend.people("ann", "bob")
    yield backend
    served.stop()


async def test_notifications_are_the_same_on_all_devices(shared: Backend) -> None:
    async with chat_of(shared, "ann") as phone, chat_of(shared, "ann") as desk, chat_of(shared, "bob") as bob:
        here, there, his = await kitchens(phone, desk, bob)
        await phone.notifications.begin()
        told, changed = desk.notifications, desk.notifications.changed
        await told.begin()
        message = await his.send("Tea?")
        assert (told.trigger, told.paused_until, told.quiet_hours, there.notifications) == ("all", 0, None, "default")
        assert told.wants(there, message)
        for more in ({"is_silent": True}, {"send_push": False}):
            assert not told.wants(there, await his.send("Hush", **more))
        until = int(time.time() * 1000) + 3_600_000
        await phone.notifications.pause(until)
        await changed.until(lambda: told.paused_until == until)
        assert not told.wants(there, message)
        await phone.notifications.resume()
        await changed.until(lambda: told.paused_until == 0)
        night = QuietHours(time_of_day(22), time_of_day(7, 30), "Asia/Tokyo")
        await phone.notifications.keep_quiet(night)
        await changed.until(lambda: told.quiet_hours == night)
        weekend = QuietWeek((QuietTime("saturday", time_of_day(0), time_of_day(0)),), "Asia/Tokyo")
        await phone.notifications.keep_quiet(weekend)
        await changed.until(lambda: (told.quiet_hours, told.quiet_week) == (None, weekend))
        await phone.notifications.keep_quiet(None)
        await changed.until(lambda: told.quiet_week is None)
        await phone.notifications.choose(here, "mention_only")
        await there.changed.until(lambda: there.notifications == "mention_only")
        assert not told.wants(there, message)
        assert told.wants(there, await his.send("Ann?", mention_type="users", mentioned_user_ids=["ann"]))
        await phone.notifications.choose_for_all("off")
        await changed.until(lambda: told.trigger == "off")
        await phone.notifications.choose(here, "default")
        await phone.notifications.choose_for_all("all")


async def test_what_is_said_of_a_channel(shared: Backend) -> None:
    async with chat_of(shared, "ann") as ann, chat_of(shared, "bob") as bob:
        hers = await ann.channels.create("Garden", ["bob"])
        his = await bob.channels.find(hers.url)
        await hers.metadata.set("topic", "Peas")
        await his.metadata.ready()
        assert his.metadata.items == {"topic": "Peas"}
        await hers.metadata.set("topic", "Beans")
        await hers.metadata.set("season", "Spring")
        await his.metadata.changed.until(lambda: his.metadata.items == {"topic": "Beans", "season": "Spring"})
        await hers.metadata.remove("season")
        await his.metadata.changed.until(lambda: his.metadata.items == {"topic": "Beans"})


async def test_what_happens_during_a_cut_is_loaded_after_it(forgetful: Backend) -> None:
    with Proxy(forgetful.served.port) as proxy:
        way = f"http://127.0.0.1:{proxy.port}"
        async with chat_of(forgetful, "ann") as phone, chat_of(forgetful, "ann", way) as desk:
            here = await phone.channels.create("Garden")
            there = await desk.channels.find(here.url)
            await there.metadata.ready()
            for live in (desk.blocks, desk.notifications, desk.profile):
                await live.begin()
            proxy.cut()
            await phone.blocks.add("bob")
            await phone.notifications.choose_for_all("mention_only")
            await phone.profile.show_to("nobody")
            await here.metadata.set("topic", "Peas")
            proxy.mend()
            await there.metadata.changed.until(lambda: there.metadata.items == {"topic": "Peas"})
            await desk.blocks.changed.until(lambda: desk.blocks.has("bob"))
            await desk.notifications.changed.until(lambda: desk.notifications.trigger == "mention_only")
            await desk.profile.changed.until(lambda: desk.profile.visible_to == "nobody")


async def test_after_a_cut_that_nothing_is_recovered_of_a_person_is_who_they_are_now(forgetful: Backend) -> None:
    with Proxy(forgetful.served.port) as proxy:
        way = f"http://127.0.0.1:{proxy.port}"
        async with chat_of(forgetful, "ann") as phone, chat_of(forgetful, "ann", way) as desk:
            proxy.cut()
            await phone.profile.rename("Ann B")
            proxy.mend()
            await desk.profile.changed.until(lambda: desk.me["nickname"] == "Ann B")


async def test_commands_of_programs(forgetful: Backend, program: str) -> None:
    forgetful.call("POST", "/slash_commands", name="dice", url=program, description="Throws", usage_hint="sides")
    async with chat_of(forgetful, "ann") as ann:
        (kitchen,) = await kitchens(ann)
        commands = ann.slash_commands
        assert [(each["name"], each["usage_hint"]) for each in await commands.list()] == [("dice", "sides")]
        assert [await commands.knows(text) for text in ("/dice six", "/dice", "/card", "dice")] == [
            True,
            True,
            False,
            False,
        ]
        assert [commands.may_be(text) for text in ("/card", "/ card", "/card,", "a /card")] == [
            True,
            False,
            False,
            False,
        ]
        answer = await commands.run(kitchen, "/dice six")
        assert (answer["response_type"], answer["text"], answer["message"]) == ("ephemeral", "six!", None)
