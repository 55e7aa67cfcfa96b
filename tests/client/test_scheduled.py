"""The order of scheduled messages is that of the server."""

from __future__ import annotations

from typing import cast

from chatd.client import Session
from chatd.client.scheduled import Scheduled
from chatd.client.schema import Publication


def _told(number: int, scheduled_at: int) -> Publication:
    item = {"scheduled_message_id": number, "channel_url": "garden", "scheduled_at": scheduled_at}
    told = {"type": "scheduled_message.updated", "scheduled_message": item | {"scheduled_status": "pending"}}
    return cast("Publication", told)


def test_of_one_moment_the_one_that_was_scheduled_first_is_the_next() -> None:
    scheduled = Scheduled(cast("Session", None))
    for number, scheduled_at in ((5, 1), (3, 2), (3, 1)):
        scheduled.handle(_told(number, scheduled_at))
    assert [item["scheduled_message_id"] for item in scheduled.of("garden")] == [3, 5]
