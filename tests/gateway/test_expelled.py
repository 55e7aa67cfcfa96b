"""Open channels in the hub: who was banned from their custom type."""

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
