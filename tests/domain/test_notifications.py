"""When a user is notified of a message, and what of a channel is counted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.domain.fold.stored import current_message
from chatd.domain.users.notifying import is_quiet, wants_push
from chatd.errors import Forbidden, InvalidValue, OutOfRange
from chatd.model import PushPreference, QuietTime
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World
from tests.domain.histories import USERS
from tests.domain.test_unread import CHANNEL, counts, items, say

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def team(world: World) -> World:
    world.users(*USERS)
    world.client("ann", "channels.create", channel_url=CHANNEL, user_ids=["bob", "cid"])
    return world


def pushed(team: World, message_id: int, user_id: str = "bob", at: int | None = None) -> bool:
    """Whether a user is notified of a message, now or at another time."""

    def ask(txn: Transaction) -> bool:
        txn.now = txn.now if at is None else at
        message = current_message(txn, message_id)
        assert message is not None
        return wants_push(txn, txn.require(tables.USER_IDS, user_id), message.channel, message)

    return team.store.read(team.application, ask)


def prefer(team: World, **params: Any) -> Any:
    return team.client("bob", "users.update_push_preference", **params)


def prefer_here(team: World, **params: Any) -> Any:
    return team.client("bob", "channels.update_push_preference", channel_url=CHANNEL, **params)


# What the user wants, what of the channel, and whether a message comes, and a mention.
TRIGGERS = [
    ("all", "default", True, True),
    ("all", "all", True, True),
    ("all", "mention_only", False, True),
    ("all", "off", False, False),
    ("mention_only", "default", False, True),
    ("mention_only", "all", True, True),
    ("mention_only", "mention_only", False, True),
    ("mention_only", "off", False, False),
    ("off", "default", False, False),
    ("off", "all", False, False),
    ("off", "mention_only", False, False),
    ("off", "off", False, False),
]


@pytest.mark.parametrize(("everywhere", "here", "message", "mention"), TRIGGERS)
def test_a_channel_goes_before_but_for_off(
    team: World, everywhere: str, here: str, message: bool, mention: bool
) -> None:
    assert prefer(team, push_trigger_option=everywhere)["push_trigger_option"] == everywhere
    assert prefer_here(team, push_trigger_option=here)["push_trigger_option"] == here
    assert pushed(team, say(team)) == message
    assert pushed(team, say(team, mentioned_user_ids=["bob"])) == mention
    assert pushed(team, say(team, mention_type="channel")) == mention
    assert pushed(team, say(team, mentioned_user_ids=["cid"])) == message


def test_nobody_is_notified_of_what_is_not_for_them(team: World) -> None:
    team.users("dan")
    first = say(team)
    assert [pushed(team, first, each) for each in ("ann", "bob", "dan")] == [False, True, False]
    assert not pushed(team, say(team, is_silent=True, mentioned_user_ids=["bob"]))
    team.client("bob", "channels.mark_read", channel_url=CHANNEL)
    assert not pushed(team, first)
    second = say(team)
    team.client("bob", "channels.hide", channel_url=CHANNEL, allow_auto_unhide=False)
    assert not pushed(team, second)
    team.client("bob", "channels.unhide", channel_url=CHANNEL)
    assert pushed(team, second)
    team.client("ann", "messages.delete", channel_url=CHANNEL, message_id=second)
    assert not pushed(team, second)
    third = say(team)
    team.backend("users.update", user_id="bob", is_active=False, leave_all_when_deactivated=False)
    assert not pushed(team, third)


def test_replies_come_unless_told_otherwise(team: World) -> None:
    first = say(team)
    reply = say(team, parent_message_id=first)
    assert pushed(team, reply)
    prefer(team, enable_push_for_replies=False)
    assert (pushed(team, first), pushed(team, reply)) == (True, False)
    assert pushed(team, say(team, parent_message_id=first, mentioned_user_ids=["bob"]))


def at(*moment: int, zone: ZoneInfo = BERLIN) -> int:
    return int(datetime(*moment, tzinfo=zone).timestamp() * 1000)  # type: ignore[arg-type]


def test_a_night_without_notifications_is_that_of_the_time_zone(team: World) -> None:
    sent = say(team)
    prefer(team, do_not_disturb=True, start_hour=22, start_min=30, end_hour=7, timezone="Europe/Berlin")
    quiet = [at(2026, 1, 5, 22, 30), at(2026, 1, 6, 6, 59), at(2026, 7, 1, 22, 30)]
    loud = [at(2026, 1, 5, 22, 29), at(2026, 1, 6, 7, 0), at(2026, 7, 1, 22, 0)]
    assert [pushed(team, sent, at=moment) for moment in quiet + loud] == [False] * 3 + [True] * 3
    # It is another moment in winter and in summer.
    assert datetime.fromtimestamp(quiet[0] / 1000, UTC).hour != datetime.fromtimestamp(quiet[2] / 1000, UTC).hour
    prefer(team, do_not_disturb=False)
    assert pushed(team, sent, at=quiet[0])


def test_quiet_times_of_the_week_are_in_the_place_of_those_of_the_day(team: World) -> None:
    sent = say(team)
    weekend = {"start_hour": 20, "end_hour": 6}
    said = prefer(
        team,
        do_not_disturb=True,
        timezone="Europe/Berlin",
        dnd_schedules=[
            {"day_of_week": "sunday", "time_windows": [weekend]},
            {"day_of_week": "saturday", "time_windows": [{"start_hour": 0, "end_hour": 0}]},
        ],
    )
    assert [each["day_of_week"] for each in said["dnd_schedules"]] == ["saturday", "sunday"]
    # 2026-01-04 is a Sunday.
    quiet = [at(2026, 1, 3, 0, 0), at(2026, 1, 3, 23, 59), at(2026, 1, 4, 20, 0), at(2026, 1, 5, 5, 59)]
    loud = [at(2026, 1, 2, 23, 59), at(2026, 1, 4, 0, 0), at(2026, 1, 4, 19, 59), at(2026, 1, 5, 6, 0)]
    assert [pushed(team, sent, at=moment) for moment in quiet + loud] == [False] * 4 + [True] * 4


minutes = st.integers(0, 24 * 60 - 1)


@given(minutes, minutes, st.integers(0, 6), st.integers(0, 14 * 24 * 60))
def test_a_quiet_time_is_as_long_as_it_says(start: int, end: int, day: int, minute: int) -> None:
    """By walking from its beginning to its end."""
    now = minute * 60_000
    length = (end - start) % 1440 or 1440
    daily = PushPreference(do_not_disturb=True, start=start, end=end)
    assert is_quiet(daily, now) == (minute % 1440 in {(start + n) % 1440 for n in range(length)})
    weekly = PushPreference(do_not_disturb=True, weekly=(QuietTime(day, start, end),))
    # 1970-01-01 was a Thursday.
    walked = {(day * 1440 + start + n) % 10080 for n in range(length)}
    assert is_quiet(weekly, now) == ((minute + 3 * 1440) % 10080 in walked)


def test_snoozing_has_a_beginning_and_an_end(team: World) -> None:
    sent = say(team)
    prefer(team, snooze_enabled=True, snooze_start_ts=1000, snooze_end_ts=2000)
    assert [pushed(team, sent, at=moment) for moment in (999, 1000, 1999, 2000)] == [True, False, False, True]
    with pytest.raises(InvalidValue):
        prefer(team, snooze_end_ts=999)
    prefer(team, snooze_enabled=False)
    assert pushed(team, sent, at=1500)


def test_what_makes_no_sense_is_refused(team: World) -> None:
    for params in ({"timezone": "Mars/Olympus"}, {"timezone": "../etc/passwd"}, {"push_trigger_option": "some"}):
        with pytest.raises(InvalidValue):
            prefer(team, **params)
    with pytest.raises(OutOfRange):
        prefer(team, start_hour=24)
    team.users("dan")
    with pytest.raises(Forbidden):
        team.backend("channels.update_push_preference", channel_url=CHANNEL, user_id="dan", enable=False)
    with pytest.raises(Forbidden):
        team.client("ann", "users.view_push_preference", user_id="bob")


def test_preferences_are_told_to_all_own_devices_once(team: World) -> None:
    since = len(team.told)
    for _ in range(2):
        prefer(team, push_trigger_option="mention_only")
        prefer_here(team, enable=False, push_sound="bell")
        team.client("bob", "channels.update_count_preference", channel_url=CHANNEL, count_preference="false")
    number = team.actor("bob").user
    told = team.told[since:]
    assert [(each.user, each.channel) for each in told] == [(number, 0)] * 3
    assert told[0].data["push_preference"] == team.client("bob", "users.view_push_preference")
    assert told[2].data == {
        "type": "channel.preference_changed",
        "channel_url": CHANNEL,
        "push_trigger_option": "off",
        "push_sound": "bell",
        "is_push_enabled": False,
        "count_preference": "off",
    }
    seen = team.client("bob", "channels.view", channel_url=CHANNEL)
    assert (seen["push_trigger_option"], seen["is_push_enabled"], seen["count_preference"]) == ("off", False, "off")
    before = team.client("ann", "users.view_push_preference")
    assert team.client("bob", "users.reset_push_preference") == before


COUNTED = [
    ("all", (2, 1)),
    ("unread_message_count_only", (2, 0)),
    ("unread_mentioned_count_only", (0, 1)),
    ("off", (0, 0)),
]


@pytest.mark.parametrize(("preference", "expected"), COUNTED)
def test_what_is_not_to_be_counted_is_0(team: World, preference: str, expected: tuple[int, int]) -> None:
    params = {"channel_url": CHANNEL, "count_preference": preference}
    assert team.client("bob", "channels.update_count_preference", **params) == {"count_preference": preference}
    say(team)
    say(team, mentioned_user_ids=["bob"])
    assert counts(team, "bob") == expected
    found = items(team, "bob")
    both = (found["group_channel_unread_message_count"], found["group_channel_unread_mention_count"])
    assert both == expected
    assert team.client("bob", "users.unread_message_count")["unread_count"] == expected[0]
    assert team.client("bob", "users.unread_channel_count")["unread_count"] == bool(expected[0])


def test_preferences_of_a_channel_end_with_the_membership(team: World) -> None:
    prefer_here(team, push_trigger_option="off")
    team.client("bob", "channels.hide", channel_url=CHANNEL)
    team.client("bob", "channels.unhide", channel_url=CHANNEL)
    assert team.client("bob", "channels.view_push_preference", channel_url=CHANNEL)["push_trigger_option"] == "off"
    team.client("bob", "channels.leave", channel_url=CHANNEL)
    team.client("ann", "channels.invite", channel_url=CHANNEL, user_ids=["bob"])
    assert team.client("bob", "channels.view_push_preference", channel_url=CHANNEL) == {
        "push_trigger_option": "default",
        "push_sound": "default",
        "enable": True,
    }
