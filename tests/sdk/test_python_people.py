"""People and channels that the Python client finds, of a real server, and what its person says of themselves."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from chatd.client import Refused, Upload, errors
from tests.sdk.backend import CHANNEL, Backend
from tests.sdk.chats import chat_of, kitchens
from tests.sdk.proxy import Proxy

pytestmark = pytest.mark.slow


async def test_people_are_found_by_any_word_of_their_name(shared: Backend) -> None:
    for user_id, nickname in (("petra", "Zora Okafor"), ("quinn", "Alba Okafor"), ("okapi", "")):
        shared.call("POST", "/users", user_id=user_id, nickname=nickname)
    async with chat_of(shared, "petra") as petra:
        assert [user["user_id"] for user in await petra.people.search(" oka ")] == ["quinn", "okapi"]
        assert (await petra.people.view("quinn"))["nickname"] == "Alba Okafor"
        with pytest.raises(errors.NotFound):
            await petra.people.view("nobody")


async def test_of_many_people_a_hundred_are_found(shared: Backend) -> None:
    for number in range(130):
        shared.call("POST", "/users", user_id=f"crowd{number}", nickname=f"Crowd {number:03}")
    async with chat_of(shared, "crowd7") as seven:
        found = [user["nickname"] for user in await seven.people.search("crowd")]
        assert len(found) >= 100
        assert len(set(found)) == len(found)
        assert found == sorted(found)
        assert "Crowd 007" not in found


async def test_public_channels_are_looked_at_and_joined(shared: Backend) -> None:
    async with chat_of(shared, "ann") as ann, chat_of(shared, "bob") as bob:
        square = await ann.channels.create("Market square", is_public=True)
        locked = await ann.channels.create("Market hall", is_public=True, access_code="sesame")
        await ann.channels.create("Market office")
        await square.send("Apples!")
        await square.send("Pears!")
        await square.metadata.set("topic", "Fruit")
        found = {channel["channel_url"]: channel async for channel in bob.directory.search(" MARKET ")}
        assert found.keys() == {square.url, locked.url}
        assert found[square.url]["metadata"] == {"topic": "Fruit"}
        assert square.url not in bob.channels
        assert [each["message"] for each in await bob.directory.preview(square.url)] == ["Apples!", "Pears!"]
        joined = await bob.directory.join(square.url)
        assert joined is bob.channels[square.url]
        await square.changed.until(lambda: "bob" in square.members)
        with pytest.raises(Refused):
            await bob.directory.join(locked.url)
        assert locked.url not in bob.channels
        assert (await bob.directory.join(locked.url, "sesame")).name == "Market hall"


async def test_of_many_public_channels_all_are_found(shared: Backend) -> None:
    for number in range(31):
        shared.call("POST", "/group_channels", user_ids=["ann"], name=f"Alley {number}", is_public=True)
    async with chat_of(shared, "bob") as bob:
        found = [channel["name"] async for channel in bob.directory.search("alley")]
        assert found == [f"Alley {number}" for number in reversed(range(31))]


async def test_blocks_are_on_all_devices(shared: Backend) -> None:
    shared.call("POST", "/users", user_id="rude", nickname="Rude")
    shared.call("POST", "/users", user_id="loud", nickname="Loud")
    with Proxy(shared.served.port) as proxy:
        async with chat_of(shared, "ann") as phone, chat_of(shared, "ann", f"http://127.0.0.1:{proxy.port}") as desk:
            await phone.blocks.add("rude")
            await desk.blocks.begin()
            assert [user["nickname"] for user in desk.blocks.users] == ["Rude"]
            await phone.blocks.begin()
            await desk.blocks.add("loud")
            await phone.blocks.changed.until(lambda: phone.blocks.has("loud"))
            proxy.cut()
            await phone.blocks.remove("rude")
            proxy.mend()
            await desk.blocks.changed.until(lambda: not desk.blocks.has("rude"))
            assert [user["user_id"] for user in desk.blocks.users] == ["loud"]
            await desk.blocks.remove("loud")
            assert desk.blocks.users == []


async def test_what_a_person_says_of_themselves_is_on_all_devices(shared: Backend) -> None:
    async with chat_of(shared, "ann") as phone, chat_of(shared, "ann") as desk:
        await phone.profile.rename("Ann B")
        assert phone.me["nickname"] == "Ann B"
        await desk.profile.changed.until(lambda: desk.me["nickname"] == "Ann B")
        await phone.profile.set_status("Lunch", "🍣")
        await desk.profile.changed.until(lambda: desk.me["status"]["text"] == "Lunch")
        await desk.profile.set_metadata("city", "Kyoto")
        await phone.profile.changed.until(lambda: phone.me["metadata"] == {"city": "Kyoto"})
        await desk.profile.remove_metadata("city")
        await phone.profile.changed.until(lambda: phone.me["metadata"] == {})
        await desk.profile.prefer_languages("es", "en")
        await phone.profile.changed.until(lambda: phone.me["preferred_languages"] == ["es", "en"])
        await desk.profile.begin()
        assert desk.profile.visible_to == "everybody"
        await phone.profile.show_to("contacts")
        await desk.profile.changed.until(lambda: desk.profile.visible_to == "contacts")
        await phone.profile.show_to("everybody")
        await phone.profile.rename("Ann")


async def test_a_picture(shared: Backend, tmp_path: Path) -> None:
    async with chat_of(shared, "ann") as phone, chat_of(shared, "ann") as desk:
        picture = BytesIO()
        Image.new("RGB", (8, 4), "teal").save(picture, "PNG")
        await phone.profile.set_picture(Upload(picture.getvalue(), "me.png"))
        url = phone.me["profile_url"]
        await desk.profile.changed.until(lambda: desk.me["profile_url"] == url)
        await desk.download(url, tmp_path / "picture")
        with Image.open(tmp_path / "picture") as found:
            assert found.width == found.height
        with pytest.raises(Refused):
            await phone.profile.set_picture(Upload(b"no picture", "me.png"))
        await desk.profile.remove_picture()
        await phone.profile.changed.until(lambda: phone.me["profile_url"] == "")


async def test_after_a_cut_a_person_is_who_they_are_now(shared: Backend) -> None:
    with Proxy(shared.served.port) as proxy:
        async with chat_of(shared, "ann") as phone, chat_of(shared, "ann", f"http://127.0.0.1:{proxy.port}") as desk:
            proxy.cut()
            await phone.profile.rename("Ann C")
            proxy.mend()
            await desk.profile.changed.until(lambda: desk.me["nickname"] == "Ann C")
            await phone.profile.rename("Ann")


async def test_operators_and_members(shared: Backend) -> None:
    async with chat_of(shared, "ann") as ann, chat_of(shared, "bob") as bob:
        hers = await ann.channels.create("Operated", ["bob"])
        his = await bob.channels.find(hers.url)
        assert (hers.is_operator, his.is_operator) == (True, False)
        await ann.membership.promote(hers, "bob")
        await his.changed.until(lambda: his.is_operator)
        await bob.membership.demote(his, "ann")
        await hers.changed.until(lambda: not hers.is_operator)
        await bob.membership.remove(his, "ann")
        await hers.changed.until(lambda: not hers.is_joined)
        assert hers.url not in ann.channels
        await his.changed.until(lambda: list(his.members) == ["bob"])


async def test_members_of_a_large_channel_come_by_pages(shared: Backend) -> None:
    several = [f"many{number}" for number in range(150)]
    for user_id in several:
        shared.call("POST", "/users", user_id=user_id, nickname=user_id)
    url = shared.call("POST", "/group_channels", user_ids=["ann"], name="Large", is_super=True)["channel_url"]
    for at in range(0, 150, 50):
        shared.call("POST", f"/group_channels/{url}/invite", user_ids=several[at : at + 50])
    async with chat_of(shared, "ann") as ann:
        large = await ann.channels.find(url)
        assert (large.member_count, large.has_more_members) == (151, True)
        last = next(user_id for user_id in reversed(several) if user_id not in large.members)
        assert ann.member_search.known(large, last) == []
        await ann.member_search.fetch(large, last)
        assert [member["user_id"] for member in ann.member_search.known(large, last)] == [last]
        while large.has_more_members:
            await ann.membership.load_more(large)
        assert large.members.keys() == {"ann", *several}


async def test_a_message_is_sent_on(shared: Backend) -> None:
    async with chat_of(shared, "ann") as ann:
        (kitchen,) = await kitchens(ann)
        said = await kitchen.send("The recipe", [Upload(b"Hot water", "recipe.txt")])
        diary = await ann.channels.create("Diary")
        await diary.messages.ready()
        sent = await ann.forward(said, diary, "Look:")
        await diary.messages.changed.until(lambda: len(diary.messages) == 2)
        assert [each["message"] for each in diary.messages] == ["Look:", "The recipe"]
        assert (sent["channel_url"], sent["file"]["name"]) == (diary.url, "recipe.txt")
        assert (await ann.forward(sent, kitchen))["channel_url"] == CHANNEL
