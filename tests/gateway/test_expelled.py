"""Open channels in the hub: who was banned from their custom type, or muted in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateway.hall import HALL, Hall
from tests.gateway.test_open_hub import pushes


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    found = Hall(tmp_path / "data", 2)
    yield found
    found.store.close()


async def test_a_ban_from_a_custom_type_ends_subscriptions_to_its_channels(hall: Hall) -> None:
    banned, stays = (hall.client(user) for user in (0, 1))
    for inbox in (banned, stays):
        hall.enter(inbox)
        inbox.take()
    ban = {"banned_list": [{"user_id": hall.users[0], "seconds": 60}]}
    hall.call("type_bans.add", custom_type="other", **ban)
    assert hall.hub.open.count(hall.application, hall.number) == 2
    hall.call("open_channels.update", channel_url=HALL, custom_type="shop")
    banned.take()
    hall.call("type_bans.add", custom_type="shop", **ban)
    assert pushes(banned)[-1] == 2000
    assert hall.hub.open.count(hall.application, hall.number) == 1
    hall.enter(banned)
    assert banned.take()[0]["error"]["code"] == 103


async def test_an_open_channel_that_gets_the_type_loses_who_is_banned_from_it(hall: Hall) -> None:
    banned, stays = (hall.client(user) for user in (0, 1))
    for inbox in (banned, stays):
        hall.enter(inbox)
        inbox.take()
    hall.call("type_bans.add", custom_type="shop", banned_list=[{"user_id": hall.users[0], "seconds": 60}])
    hall.call("open_channels.update", channel_url=HALL, name="Shop")
    assert hall.hub.open.count(hall.application, hall.number) == 2
    hall.call("open_channels.update", channel_url=HALL, custom_type="shop")
    assert pushes(banned)[-1] == 2000
    assert hall.hub.open.count(hall.application, hall.number) == 1


async def test_a_mute_in_a_custom_type_is_told_in_its_channels_where_the_user_is(hall: Hall) -> None:
    muted, other = hall.client(0), hall.client(1)
    for inbox in (muted, hall.client(0), other):
        hall.enter(inbox)
        inbox.take()
    mute = {"user_ids": [hall.call("users.list")["users"][0]["user_id"]]}
    hall.call("open_channels.update", channel_url=HALL, custom_type="shop")
    other.take()

    def heard() -> list[tuple[str, str, str]]:
        told = [each["push"]["pub"]["data"] for each in other.take()]
        return [(each["type"], each["user"]["user_id"], each.get("description", "")) for each in told]

    who = mute["user_ids"][0]
    hall.call("type_mutes.add", custom_type="other", **mute)
    assert heard() == []
    hall.call("type_mutes.add", custom_type="shop", description="loud", **mute)
    assert heard() == [("user.muted", who, "loud")]
    hall.call("mutes.add", channel_url=HALL, user_id=who, seconds=30, description="own")
    hall.call("type_mutes.remove", custom_type="shop", **mute)
    assert heard() == [("user.muted", who, "own"), ("user.muted", who, "own")]
    hall.call("mutes.remove", channel_url=HALL, user_id=who)
    hall.call("type_mutes.add", custom_type="shop", **mute)
    heard()
    hall.call("type_mutes.remove", custom_type="shop", **mute)
    assert heard() == [("user.unmuted", who, "")]
